"""Putting the persons of changed records together, some records at a time."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from eyre.errors import EyreError
from eyre.resolve.model import Model
from eyre.service.resolve_records import Resolved, resolve_records
from eyre.store.open_store import Store
from eyre.store.writing import StoreGoneError

_log = logging.getLogger(__name__)
MOST_AT_ONCE = 1_000
GATHERED_FOR = 0.2
"""Seconds that a batch waits for more: a person hears of an event a fifth of a second later, and the store is asked
a fifth as often."""
_STORE_GONE = 2.0  # seconds


@dataclass
class ChangedRecords:
    """Gathers records that say something new and resolves them under the view of `purpose`; `told` hears of each
    batch."""

    store: Store
    model: Model
    purpose: str
    told: Callable[[Resolved], None]
    _waiting: "queue.SimpleQueue[int]" = field(default_factory=queue.SimpleQueue)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def add(self, records: tuple[int, ...]) -> None:
        """Takes records that say something new."""
        for record in records:
            self._waiting.put(record)

    def forget(self) -> None:
        """Drops what waits: its persons were put together otherwise."""
        while True:
            try:
                self._waiting.get_nowait()
            except queue.Empty:
                return

    def start(self) -> None:
        """Resolves on a thread of its own until `finish`."""
        self._thread = threading.Thread(target=self._run, name="resolving", daemon=True)
        self._thread.start()

    def finish(self) -> None:
        """Resolves what still waits, and ends."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not (self._stop.is_set() and self._waiting.empty()):
            batch = self._gathered()
            if not batch:
                continue
            try:
                self.told(resolve_records(self.store, self.model, self.purpose, sorted(batch)))
            except StoreGoneError as error:
                if self._stop.is_set():
                    _log.warning("%d changed records were not resolved: %s", len(batch), error.message)
                    return
                _log.warning("changed records are resolved when the store is back: %s", error.message)
                self.add(tuple(batch))
                self._stop.wait(_STORE_GONE)
            except EyreError as error:
                _log.warning("changed records were not resolved: %s", error.message)

    def _gathered(self) -> set[int]:
        until = time.monotonic() + GATHERED_FOR
        batch: set[int] = set()
        while len(batch) < MOST_AT_ONCE and (left := until - time.monotonic()) > 0:
            try:
                batch.add(self._waiting.get(timeout=left))
            except queue.Empty:
                break
        return batch
