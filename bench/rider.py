"""A worker in a process of its own, to be killed, stopped and starved at any moment by whoever started it.

It is the product's own `Worker.run`, on a clock that is told to it. Imported by the process that riders are forked from
(`bench.rider_warmed`), so that one is at work within a fraction of a second.
"""

import logging
import os
import signal
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from eyre.circuit.breaker import Breaker
from eyre.circuit.ride_source import Ridden
from eyre.circuit.robots import Robots
from eyre.circuit.tools import Tools
from eyre.circuit.worker import Worker
from eyre.errors import EyreError
from eyre.resolve.model import default_model
from eyre.service.known_sources import manifests_on_schedule
from eyre.sources.transports.fetch_http import make_client
from eyre.store.blobs.blob_files import Blobs
from eyre.store.open_store import StoreSettings, open_for_a_while


@dataclass(frozen=True)
class Orders:
    """Where to ride: the owner's connection string, where raw deliveries are kept, and for how long (seconds) a source
    stays with a rider that is not heard of; since when the riders' clock shows `now`."""

    store: str
    blobs: Path
    lease: float
    threads: int
    now: datetime


def ride(orders: Orders, hears: Connection, says: Connection) -> None:
    """Rides what is due at the instant that is heard last, until nobody is there to be heard. Says `ready`, how each
    ride ended, and what it logs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    telling = _Telling(says)
    logging.getLogger("eyre").addHandler(_Said(telling))
    logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)  # it tells of each try to connect
    clock = _Clock(orders.now)
    try:
        settings = StoreSettings(orders.store, blobs=Blobs(orders.blobs))
        with open_for_a_while(settings) as store, make_client(orders.threads) as client:
            manifests = manifests_on_schedule(store)
            tools = Tools(
                store, default_model(), manifests, client, _Patient(), Robots(), clock.read, lambda: datetime.now(UTC)
            )
            lease = timedelta(seconds=orders.lease)
            worker = Worker(tools, str(os.getpid()), orders.threads, telling.ridden, lease=lease)
            threading.Thread(target=clock.follow, args=(hears, worker.stop), daemon=True).start()
            telling.say("ready", "")
            worker.run()
    except EyreError as error:
        telling.say("ended", error.message)
        os._exit(3)


class _Patient(Breaker):
    """The clock stands still within a step, by which a breaker that opens would never close again."""

    def note(self, host: str, now: datetime, *, failed: bool) -> None:
        """Takes no notice."""


@dataclass
class _Clock:
    now: datetime

    def read(self) -> datetime:
        return self.now

    def follow(self, hears: Connection, stop: threading.Event) -> None:
        try:
            while True:
                self.now = hears.recv()
        except (EOFError, OSError):
            stop.set()


@dataclass
class _Telling:
    says: Connection
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ridden(self, ridden: Ridden) -> None:
        self.say(ridden.end.value, ridden.trouble.partition(":")[0])

    def say(self, what: str, why: str) -> None:
        with self._lock:
            try:
                self.says.send((what, why))
            except OSError:
                return  # nobody listens any more


class _Said(logging.Handler):
    def __init__(self, telling: _Telling) -> None:
        super().__init__(logging.WARNING)
        self.telling = telling

    def emit(self, record: logging.LogRecord) -> None:
        self.telling.say("log", record.getMessage())
