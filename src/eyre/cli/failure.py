"""How a command that cannot do what was asked says so, and the code with which it ends."""

import json
import sys
import traceback
from enum import IntEnum

from eyre.errors import (
    ConfigError,
    EyreError,
    InputError,
    NotFoundError,
    SourceError,
    StoreError,
    ViewError,
    fault_text,
)

TRACE = "EYRE_TRACE"
"""The setting that shows the trace of an unexpected error."""


class ExitCode(IntEnum):
    """What a process ends with. Documented in docs/reference/exit-codes.md."""

    DONE = 0
    UNEXPECTED = 1
    USAGE = 2
    INPUT = 3
    STORE = 4
    NOT_FOUND = 5
    REFUSED = 6
    WORSE = 7
    INTERRUPTED = 130


_CODE_OF_KIND: tuple[tuple[type[EyreError], ExitCode], ...] = (
    (InputError, ExitCode.INPUT),
    (SourceError, ExitCode.INPUT),
    (StoreError, ExitCode.STORE),
    (ConfigError, ExitCode.STORE),
    (NotFoundError, ExitCode.NOT_FOUND),
    (ViewError, ExitCode.REFUSED),
)


_CODE_OF_CODE = {"EYRE-410": ExitCode.WORSE}
"""Errors that end otherwise than their kind does."""


def exit_code(error: EyreError) -> ExitCode:
    """The exit code of an error: its own, or its kind's."""
    if error.code in _CODE_OF_CODE:
        return _CODE_OF_CODE[error.code]
    return next((code for kind, code in _CODE_OF_KIND if isinstance(error, kind)), ExitCode.UNEXPECTED)


def show_error(code: str, message: str, remedy: str, *, as_json: bool) -> None:
    """On standard error: `error EYRE-400: message`, then the remedy; or one JSON object."""
    if as_json:
        print(json.dumps({"error": {"code": code, "message": message, "remedy": remedy}}), file=sys.stderr)
        return
    import typer  # what goes well does without

    typer.secho(f"error {code}: {message}", fg="red", err=True)
    if remedy:
        typer.secho(f"  {remedy}", err=True)


def show_unexpected(error: Exception, *, as_json: bool, with_trace: bool) -> None:
    """A fault in Eyre. What the exception says is left out, for it may hold personal data; a trace shows it."""
    if with_trace:
        traceback.print_exception(error)
    show_error(
        EyreError.code,
        fault_text(error),
        f"please report it; {TRACE}=1 shows the trace, which may hold personal data",
        as_json=as_json,
    )
