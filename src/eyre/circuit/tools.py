"""What a ride is made with: everything that a worker's rides share."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import httpx2

from eyre.circuit.breaker import Breaker
from eyre.circuit.robots import Robots
from eyre.resolve.model import Model
from eyre.sources.manifest import Manifest
from eyre.sources.transports.fetch_sftp import SftpKeys
from eyre.store.open_store import Store


@dataclass(frozen=True)
class Tools:
    """`manifests` by source; `clock` gives the instant of the ride (UTC), which in a simulation is not the machine's;
    `machine_clock` the machine's own, by which files are as old as they are. When `stop` is set, rides wait for nothing
    any more."""

    store: Store
    model: Model
    manifests: Mapping[str, Manifest]
    client: httpx2.Client
    breaker: Breaker
    robots: Robots
    clock: Callable[[], datetime]
    machine_clock: Callable[[], datetime]
    sftp_keys: SftpKeys | None = None
    stop: threading.Event = field(default_factory=threading.Event)
