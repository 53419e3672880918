"""Wiring a circuit: a worker with everything that its rides need."""

import os
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from eyre.bootstrap.clock import now
from eyre.bootstrap.open_house import House
from eyre.circuit.breaker import Breaker
from eyre.circuit.resolve_changed import ChangedRecords
from eyre.circuit.ride_source import Ridden
from eyre.circuit.tools import Tools
from eyre.circuit.worker import Worker
from eyre.resolve.model import Model
from eyre.service.resolve_records import Resolved
from eyre.sources.manifest import Manifest
from eyre.sources.transports.fetch_http import make_client
from eyre.sources.transports.fetch_sftp import SftpKeys

THREADS = 4
"""Rides at once in one worker: while one waits for its publisher, the others are read."""
PURPOSE = "custody_operations"


@dataclass(frozen=True)
class Told:
    """Who hears of rides, and of the persons of changed records; on the worker's threads."""

    ridden: Callable[[Ridden], None]
    resolved: Callable[[Resolved], None]


@contextmanager
def circuit_worker(
    house: House,
    model: Model,
    manifests: Mapping[str, Manifest],
    told: Told,
    *,
    clock: Callable[[], datetime] = now,
    sftp_keys: SftpKeys | None = None,
) -> Iterator[Worker]:
    """A worker that is ready to `run`; its connections are closed and what waits is resolved at the end."""
    changed = ChangedRecords(house.store, model, PURPOSE, told.resolved)

    def ridden(ride: Ridden) -> None:
        if ride.taken is not None:
            changed.add(ride.taken.records)
        told.ridden(ride)

    with make_client(THREADS) as client:
        tools = Tools(house.store, model, manifests, client, Breaker(), clock, now, sftp_keys)
        changed.start()
        try:
            yield Worker(tools, f"{socket.gethostname()}:{os.getpid()}", THREADS, ridden)
        finally:
            changed.finish()
