"""The one tree of errors.

::

    EyreError
    ├── ConfigError        the installation is set up wrongly            EYRE-1xx
    ├── StoreError         the database cannot be had or trusted         EYRE-2xx
    ├── SourceError        a manifest or a whole delivery is unusable    EYRE-3xx
    ├── InputError         a person's command or file is unusable        EYRE-4xx
    ├── ViewError          the view does not allow it                    EYRE-5xx
    └── NotFoundError      no such thing under this view                 EYRE-6xx

A message is lower case, without a final period, names the place and the remedy, shows the offending value in
backticks, and never holds personal data. What a *row* gets wrong is no exception but an issue (`model.issue`).
"""

import traceback
from pathlib import Path


class EyreError(Exception):
    """Base of every error that Eyre raises on purpose.

    `code` is stable across versions and is what documentation and machines refer to. `remedy` says what to do.
    """

    code = "EYRE-000"

    def __init__(self, message: str, *, remedy: str = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        return f"{self.message}: {self.remedy}" if self.remedy else self.message


class ConfigError(EyreError):
    """The installation is set up wrongly: a setting, an extra, a file permission."""

    code = "EYRE-100"


class StoreError(EyreError):
    """The database cannot be started, reached or trusted."""

    code = "EYRE-200"


class SourceError(EyreError):
    """A manifest or a whole delivery is unusable, so that no row of it can be taken."""

    code = "EYRE-300"


class InputError(EyreError):
    """What a person typed, or the file that they named, cannot be used."""

    code = "EYRE-400"


class ViewError(EyreError):
    """The view under which the question was asked does not allow it, or could not be established."""

    code = "EYRE-500"


class NotFoundError(EyreError):
    """No such thing is visible under this view; says nothing about other views."""

    code = "EYRE-600"


def fault_text(error: BaseException) -> str:
    """A fault in Eyre without its own words, which may hold personal data: its kind, and where it was raised."""
    steps = fault_steps(error)
    return f"unexpected {type(error).__name__}{f' at {steps[-1]}' if steps else ''}"


def fault_steps(error: BaseException) -> tuple[str, ...]:
    """The places, file and line, by which a fault was reached; the last is where it was raised."""
    steps = traceback.extract_tb(error.__traceback__)
    return tuple(f"{Path(step.filename).name}:{step.lineno}" for step in steps)
