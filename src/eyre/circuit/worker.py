"""A worker: claims what is due, rides it on several threads, keeps its leases alive, and stops when it is told to.

Any number of workers may run against one store, on any number of machines. One that dies or hangs loses its leases, and
what it had not committed never was.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

from eyre.circuit.give_back_memory import Memory
from eyre.circuit.ride_source import Ridden, ride_source
from eyre.circuit.tools import Tools
from eyre.errors import StoreError, fault_steps, fault_text
from eyre.model.ride import Claim
from eyre.service.ride_board import LEASE, claim, soonest, stay_alive

_log = logging.getLogger(__name__)
_LOOK_AGAIN = timedelta(seconds=1)
"""A worker that has nothing to do looks at the schedule once a second: somebody else may have put a source on it."""
_STORE_GONE = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Pulse:
    """Seconds since a worker's loop last moved, and since its last heartbeat reached the store."""

    still_for: float
    beaten_before: float


@dataclass
class Worker:
    """`name` is unique among workers; `threads` rides are made at once; `told` hears of each, on its thread. A source
    that was claimed is the worker's for `lease`, and longer as long as the worker lives."""

    tools: Tools
    name: str
    threads: int
    told: Callable[[Ridden], None]
    lease: timedelta = LEASE
    _held: dict[str, Claim] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _free: threading.Semaphore = field(init=False)
    _memory: Memory = field(default_factory=Memory)
    _moved_at: float = field(default_factory=time.monotonic)
    _beaten_at: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self._free = threading.Semaphore(self.threads)

    @property
    def stop(self) -> threading.Event:
        """Set it, and the worker ends its rides and stops."""
        return self.tools.stop

    def run(self) -> None:
        """Rides until `stop` is set; rides under way are then ended."""
        with self._beating(), ThreadPoolExecutor(self.threads, thread_name_prefix=self.name) as pool:
            while not self.stop.is_set():
                self._moved_at = time.monotonic()
                try:
                    idle = self._ride_some(pool)
                except StoreError as error:
                    _log.warning("the store does not answer, trying again: %s", error.message)
                    idle = _STORE_GONE
                if idle > timedelta(0):
                    self.stop.wait(idle.total_seconds())

    def pulse(self) -> Pulse:
        """Whether it lives."""
        at = time.monotonic()
        return Pulse(at - self._moved_at, at - self._beaten_at)

    def ride_all_due(self) -> int:
        """Rides what is due now, until nothing is; tells how many rides that were. For a clock that is stepped."""
        ridden = 0
        with self._beating(), ThreadPoolExecutor(self.threads, thread_name_prefix=self.name) as pool:
            while claims := self._claimed(self.threads * 4):
                rides = [pool.submit(self._ride, each) for each in claims]
                ridden += sum(ride.result() is not None for ride in rides)
        return ridden

    def _ride_some(self, pool: ThreadPoolExecutor) -> timedelta:
        """Claims as many sources as threads have nothing to do. Gives how long to wait before the next look."""
        if not self._free.acquire(timeout=_LOOK_AGAIN.total_seconds()):
            return timedelta(0)  # every thread has a ride that takes long
        room = 1
        while self._free.acquire(blocking=False):
            room += 1
        claims: list[Claim] = []
        try:
            claims = self._claimed(room)
        finally:
            if room > len(claims):
                self._free.release(room - len(claims))
        for each in claims:
            pool.submit(self._ride, each).add_done_callback(self._freed)
        if claims:
            return timedelta(0)
        due = soonest(self.tools.store)
        ahead = _LOOK_AGAIN if due is None else due - self.tools.clock()
        return max(min(ahead, _LOOK_AGAIN), timedelta(milliseconds=10))

    def _claimed(self, most: int) -> list[Claim]:
        claims = claim(self.tools.store, self.name, now=self.tools.clock(), most=most, lease=self.lease)
        with self._lock:
            self._held.update((each.source, each) for each in claims)
        return claims

    def _ride(self, each: Claim) -> Ridden | None:
        try:
            began = time.monotonic()
            ridden = replace(ride_source(self.tools, each), seconds=time.monotonic() - began)
            self.told(ridden)
            self._memory.used(ridden.bytes_read)
            return ridden
        except StoreError as error:
            _log.error("the ride of `%s` could not even be given back: %s", each.source, error)
            return None
        except Exception as error:  # noqa: BLE001 # a fault of ours ends one ride, not the worker; its lease runs out
            where = " > ".join(fault_steps(error))
            _log.error("the ride of `%s` failed: %s, reached by %s", each.source, fault_text(error), where)
            return None
        finally:
            with self._lock:
                self._held.pop(each.source, None)

    def _freed(self, _: "Future[Ridden | None]") -> None:
        self._free.release()

    @contextmanager
    def _beating(self) -> Iterator[None]:
        """Keeps what is held alive meanwhile, to the end of the last ride."""
        ended = threading.Event()
        beating = threading.Thread(target=self._beat, args=(ended,), name=f"{self.name} heartbeat", daemon=True)
        beating.start()
        try:
            yield
        finally:
            ended.set()
            beating.join()

    def _beat(self, ended: threading.Event) -> None:
        while not ended.wait(self.lease.total_seconds() / 4):
            with self._lock:
                held = list(self._held.values())
            try:
                stay_alive(self.tools.store, self.name, held, lease=self.lease)
                self._beaten_at = time.monotonic()
            except StoreError as error:
                _log.warning("the heartbeat did not reach the store: %s", error.message)
