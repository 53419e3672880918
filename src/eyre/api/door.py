"""What the door hands requests on to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from eyre.circuit.worker import Pulse
from eyre.service.circuit_status import CircuitStatus
from eyre.service.commit_look import Taken
from eyre.service.tallies import Totals
from eyre.sources.manifest import Manifest

Tokens = Mapping[str, tuple[bytes, ...]]
"""By source, the SHA-256 of each token with which it may send."""


@dataclass(frozen=True)
class Door:
    """`find` gives a source's manifest as it is registered, `take` takes a delivery in and returns once it is
    committed; both raise `StoreError`. `answers` tells whether the store does; `pulse` and `open_hosts` (how many hosts
    are left alone) are of the worker in this process, `status` and `totals` (what all processes did) of the whole
    store. `counted` is told of each answer to a sender: its status, what was taken, and how many bytes came."""

    tokens: Tokens
    find: Callable[[str], Manifest | None]
    take: Callable[[Manifest, bytes], Taken]
    answers: Callable[[], bool]
    status: Callable[[], CircuitStatus]
    pulse: Callable[[], Pulse]
    open_hosts: Callable[[], int]
    counted: Callable[[int, Taken | None, int], None]
    totals: Callable[[], Totals]
