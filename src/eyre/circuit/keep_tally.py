"""Writing down what this process did, now and then, so that the store knows what all of them did."""

import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from eyre.circuit.tally import Tally
from eyre.errors import StoreError
from eyre.service.tallies import forget_old_tallies, keep_counts
from eyre.store.open_store import Store

_log = logging.getLogger(__name__)
_EVERY = 5.0
"""Seconds between two writings, where something was done."""
_BEAT = 30.0
"""Seconds after which it is written in any case: the process lives."""


@dataclass
class KeptTally:
    """What the process `worker` did. Its name in the store is its own even if another process bears the same: numbers
    never shrink."""

    store: Store
    worker: str
    tally: Tally = field(default_factory=Tally)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _kept: dict[str, float] | None = None
    _elsewhere: dict[str, float] = field(default_factory=dict)
    _kept_at: float = float("-inf")
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.worker = f"{self.worker} {secrets.token_hex(4)}"

    def start(self) -> None:
        """Writes from now on, on a thread of its own, until `finish`."""
        self._thread = threading.Thread(target=self._run, name="tally", daemon=True)
        self._thread.start()

    def finish(self) -> None:
        """Writes down the rest."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def keep(self) -> None:
        """Writes down what was done since the last time. Raises `StoreError`; then it is written the next time."""
        with self._turn:
            every = self.tally.counts()
            counts = {name: many - self._elsewhere.get(name, 0.0) for name, many in every.items()}
            if counts == self._kept and time.monotonic() - self._kept_at < _BEAT:
                return
            written = keep_counts(self.store, self.worker, counts, self._kept)
            self._elsewhere = {name: many - written.get(name, 0.0) for name, many in every.items()}
            self._kept, self._kept_at = dict(written), time.monotonic()

    def _run(self) -> None:
        self._tried(lambda: forget_old_tallies(self.store))
        while not self._stop.wait(_EVERY):
            self._tried(self.keep)
        self._tried(self.keep)

    def _tried(self, what: Callable[[], None]) -> None:
        try:
            what()
        except StoreError as error:
            _log.warning("what was done could not be written down yet: %s", error.message)
