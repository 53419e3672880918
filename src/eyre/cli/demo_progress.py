"""Progress of the demonstration, on standard error while that is a terminal."""

import sys
from types import TracebackType

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from eyre.cli.consoles import progress as progress_console

_AFTER_IMPORT = {
    "compile": "Compiling what compares records (once, after installation)",
    "resolve": "Comparing records and putting persons together",
    "explain": "Explaining one person",
}


class DemoProgress:
    """A bar with a step for each source and for each act after that."""

    def __init__(self, sources: int) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=progress_console(), transient=True, disable=not sys.stderr.isatty())
        self._task = self._progress.add_task("Starting a private database", total=sources + len(_AFTER_IMPORT) + 1)

    def __enter__(self) -> "DemoProgress":
        self._progress.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._progress.stop()

    def note(self, act: str, what: str) -> None:
        """The step before is done; `act` begins."""
        self._progress.update(self._task, advance=1, description=_AFTER_IMPORT.get(act, f"Reading: {what}"))
