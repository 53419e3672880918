"""`eyre`: the terminal's door.

One file a command. A command's file imports only what its options need (typer, paths); what does the work is imported
inside the function when it runs, so that `eyre --help` stays quick. To add a command, write its file and name it in
`COMMANDS`.
"""

import atexit
import inspect
import os
import sys
from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from eyre import __version__
from eyre.cli.demo import demo
from eyre.cli.evaluate import evaluate
from eyre.cli.failure import TRACE, ExitCode, exit_code, show_error, show_unexpected
from eyre.cli.find import find
from eyre.cli.how import how
from eyre.cli.import_ import import_
from eyre.cli.judge import judge
from eyre.cli.link import link
from eyre.cli.purge import purge
from eyre.cli.review import review
from eyre.cli.show import show
from eyre.cli.sources import sources_check, sources_list
from eyre.cli.train import train
from eyre.cli.up import up
from eyre.cli.why import why
from eyre.errors import EyreError, InputError

app = typer.Typer(
    name="eyre",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # its traces show the values of variables, which may be about people
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

COMMANDS: tuple[tuple[str, Callable[..., None]], ...] = (
    ("demo", demo),
    ("up", up),
    ("sources check", sources_check),
    ("sources list", sources_list),
    ("import", import_),
    ("find", find),
    ("show", show),
    ("why", why),
    ("how", how),
    ("judge", judge),
    ("review", review),
    ("purge", purge),
    ("link", link),
    ("evaluate", evaluate),
    ("train", train),
)
"""Each command's name and function, in the order in which help shows them. A name of two words is a command of a group,
`sources check`."""

GROUPS = {"sources": "Sources: their manifests and what they publish."}
"""What help says of each group that has commands."""


def _flowed(text: str) -> str:
    """A docstring for a terminal of any width: a paragraph's lines joined, indented ones (examples) left alone."""
    paragraphs = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(each if each.startswith(" ") else " ".join(each.split()) for each in paragraphs)


def _register() -> None:
    groups = {"": app}
    for name, command in COMMANDS:
        group, _, own = name.rpartition(" ")
        if group not in groups:
            groups[group] = typer.Typer(no_args_is_help=True, help=GROUPS[group])
            app.add_typer(groups[group], name=group)
        groups[group].command(own, help=_flowed(command.__doc__ or ""))(command)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"eyre {__version__}")
        raise typer.Exit()


@app.callback(
    epilog="Exit codes: 0 done, 1 unexpected, 2 usage, 3 input, 4 store or settings, 5 not found, "
    "6 refused by the view, 7 a worse fit, 130 interrupted. A command's own help has examples: eyre COMMAND --help"
)
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """One view of a person from disconnected public and justice records, under the law that wrote each record."""


_register()


def run_with(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    as_json = "--json" in arguments
    try:
        return _invoke(list(arguments), as_json=as_json)
    except EyreError as error:
        show_error(error.code, error.message, error.remedy, as_json=as_json)
        return exit_code(error)
    except KeyboardInterrupt:
        show_error(InputError.code, "interrupted", "", as_json=as_json)
        return ExitCode.INTERRUPTED
    except BrokenPipeError:  # whoever read the output has gone, as `head` does
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - nothing more can be said there
        return ExitCode.UNEXPECTED
    except Exception as error:  # noqa: BLE001 - the last place that can say it without showing personal data
        show_unexpected(error, as_json=as_json, with_trace=bool(os.environ.get(TRACE)))
        return ExitCode.UNEXPECTED


def _invoke(arguments: list[str], *, as_json: bool) -> int:
    """Typer shows usage errors itself, but not as data."""
    try:
        ended = app(arguments, prog_name="eyre", standalone_mode=not as_json)
        return ended if isinstance(ended, int) else ExitCode.DONE
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else ExitCode.DONE
    except Exception as error:
        if not hasattr(error, "format_message"):  # what typer calls a usage error, whichever version it is of
            raise
        show_error(InputError.code, error.format_message(), "see `--help` of the command", as_json=True)
        return ExitCode.USAGE


def run() -> None:
    """The entry point of the command `eyre`."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy would start its threads, and here nobody needs them
    code = run_with(sys.argv[1:])
    if sys.argv[1:2] == ["link"]:
        _leave(code)
    sys.exit(code)


def _leave(code: int) -> None:
    """End at once: to free one by one all that was made of a million records takes a fifth of a second, and the system
    does it at a stroke. Returns if something could not be written, which the interpreter then tells."""
    try:
        atexit._run_exitfuncs()  # there is no public name for what `os._exit` leaves out
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # nobody reads it, or it is closed
        return
    os._exit(code)
