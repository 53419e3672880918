"""The phases of a long command: shown while they run, and timed."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.status import Status

_MIB = 1 << 20
_WORDS = {
    "load": "Loading",
    "read": "Reading the files",
    "arrange": "Putting columns in order",
    "resolve": "Comparing records and putting persons together (the first run compiles for about 20 s)",
    "answer": "Putting the answer together",
    "write": "Writing",
    "fit": "Counting in pairs and fitting (the first run compiles for about 20 s)",
    "judge": "Comparing with the truth",
    "steps": "Linking with weights part of the way",
    "hold": "Judging by what was held out",
}


class Phases:
    """Shows one line of progress on standard error while it is a terminal; keeps the seconds of each phase."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._current = ""
        self._began = 0.0
        self._status: Status | None = None

    def __enter__(self) -> "Phases":
        if sys.stderr.isatty():
            from rich.console import Console

            self._status = Console(stderr=True).status("")
            self._status.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self._end()
        if self._status is not None:
            self._status.stop()

    def begin(self, phase: str) -> None:
        """The phase before ends, `phase` begins."""
        self._end()
        self._current, self._began = phase, time.perf_counter()
        if self._status is not None:
            self._status.update(_WORDS.get(phase, phase) + " …")

    def _end(self) -> None:
        if self._current:
            spent = time.perf_counter() - self._began
            self.seconds[self._current] = round(self.seconds.get(self._current, 0.0) + spent, 3)
        self._current = ""

    @property
    def peak_mib(self) -> int | None:
        """The most memory that this process has had, in MiB; `None` where the system does not tell."""
        try:
            import resource
        except ImportError:  # Windows
            return None
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most // _MIB if sys.platform == "darwin" else most // 1024
