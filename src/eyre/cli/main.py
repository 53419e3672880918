"""`eyre`: the terminal's door."""

import atexit
import os
import sys
from collections.abc import Sequence

from eyre.cli.failure import TRACE, ExitCode, exit_code, show_error, show_unexpected
from eyre.cli.link_rows import link_rows
from eyre.cli.plain_link import plain_link
from eyre.errors import EyreError, InputError


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
    if options := plain_link(arguments):
        link_rows(options)
        return ExitCode.DONE
    from eyre.cli.commands import app

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
