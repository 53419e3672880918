"""The commands of `eyre`.

One file a command. A command's file imports only what its options need (typer, paths); what does the work is imported
inside the function when it runs, so that `eyre --help` stays quick. To add a command, write its file and name it in
`COMMANDS`.
"""

import inspect
from collections.abc import Callable
from typing import Annotated

import typer

from eyre import __version__
from eyre.cli.circuit import circuit_run, circuit_status
from eyre.cli.custody import custody
from eyre.cli.demo import demo
from eyre.cli.evaluate import evaluate
from eyre.cli.find import find
from eyre.cli.how import how
from eyre.cli.import_ import import_
from eyre.cli.judge import judge
from eyre.cli.link import link
from eyre.cli.purge import purge
from eyre.cli.review import review
from eyre.cli.show import show
from eyre.cli.sources import sources_check, sources_list, sources_status
from eyre.cli.sources_issues import sources_accept, sources_issues
from eyre.cli.sources_raw import sources_raw
from eyre.cli.train import train
from eyre.cli.up import up
from eyre.cli.why import why

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
    ("sources status", sources_status),
    ("sources issues", sources_issues),
    ("sources accept", sources_accept),
    ("sources raw", sources_raw),
    ("circuit run", circuit_run),
    ("circuit status", circuit_status),
    ("circuit demo", demo),
    ("import", import_),
    ("find", find),
    ("show", show),
    ("custody", custody),
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

GROUPS = {
    "sources": "Sources: their manifests and what they publish.",
    "circuit": "The circuit: asking sources again and again for what they have to say.",
}
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
