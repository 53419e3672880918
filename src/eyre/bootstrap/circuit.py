"""Wiring a circuit: a worker with everything that its rides need."""

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from eyre.bootstrap.clock import now
from eyre.circuit.breaker import Breaker
from eyre.circuit.keep_tally import KeptTally
from eyre.circuit.receive_push import receive_push
from eyre.circuit.resolve_changed import ChangedRecords
from eyre.circuit.ride_source import Ridden
from eyre.circuit.robots import Robots
from eyre.circuit.tools import Tools
from eyre.circuit.worker import Worker
from eyre.errors import StoreError
from eyre.resolve.model import Model
from eyre.service.commit_look import Taken
from eyre.service.resolve_records import Resolved
from eyre.sources.manifest import Manifest
from eyre.sources.transports.fetch_http import make_client
from eyre.sources.transports.fetch_sftp import SftpKeys
from eyre.store.blobs.sweep_blobs import sweep_blobs
from eyre.store.open_store import Store
from eyre.store.writing import writing

_log = logging.getLogger(__name__)
THREADS = 4
"""Rides at once in one worker: while one waits for its publisher, the others are read."""
PURPOSE = "custody_operations"


@dataclass(frozen=True)
class Told:
    """Who hears of rides, and of the persons of changed records; on the worker's threads."""

    ridden: Callable[[Ridden], None]
    resolved: Callable[[Resolved], None]


@dataclass(frozen=True)
class Rides:
    """What is ridden: sources by id, the instant of the ride, the keys for servers that are asked by SFTP, and the
    clock by which files in folders are as old as they are."""

    manifests: Mapping[str, Manifest]
    clock: Callable[[], datetime] = now
    sftp_keys: SftpKeys | None = None
    files_clock: Callable[[], datetime] = now


@dataclass(frozen=True)
class Circuit:
    """A worker that is ready to `run`, what takes in what sources send, what all of it comes to, and the records that
    wait to be resolved."""

    worker: Worker
    receive: Callable[[Manifest, bytes], Taken]
    kept: KeptTally
    changed: ChangedRecords


@contextmanager
def open_circuit(store: Store, model: Model, rides: Rides, told: Told, *, resolving: bool = True) -> Iterator[Circuit]:
    """A circuit whose connections are closed, and whose waiting records are resolved, at the end. Raw deliveries that
    nobody names are swept meanwhile. Without `resolving` records only wait, until their resolution is started: for a
    first load, whose persons are made quicker all at once."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    kept = KeptTally(store, name)

    def resolved(batch: Resolved) -> None:
        kept.tally.resolved(batch)
        told.resolved(batch)

    changed = ChangedRecords(store, model, PURPOSE, resolved)

    def ridden(ride: Ridden) -> None:
        kept.tally.ridden(ride)
        for taken in ride.taken:
            changed.add(taken.records)
        told.ridden(ride)

    with make_client(THREADS) as client:
        known = Breaker(), Robots(), rides.clock, rides.files_clock, rides.sftp_keys
        tools = Tools(store, model, rides.manifests, client, *known)
        enough = threading.Event()
        sweeping = threading.Thread(target=_sweep, args=(store, enough), name="sweeping")
        sweeping.start()
        if resolving:
            changed.start()
        kept.start()
        try:
            worker = Worker(tools, name, THREADS, ridden)
            yield Circuit(worker, partial(receive_push, tools, changed), kept, changed)
        finally:
            enough.set()
            changed.finish()
            kept.finish()
            sweeping.join()


def _sweep(store: Store, enough: threading.Event) -> None:
    """A worker works all the same where this fails."""
    if store.blobs is None:
        _log.warning("raw deliveries are not kept: EYRE_BLOB_DIR names no directory for them")
        return
    try:
        with writing(store) as writer:
            swept = sweep_blobs(writer, store.blobs, now=now(), enough=enough.is_set)
    except (StoreError, OSError) as error:
        _log.warning("raw deliveries that nobody names could not be swept: %s", error)
        return
    _log.info("%d unfinished and %d unnamed raw deliveries were swept", swept.drafts, swept.unnamed)
