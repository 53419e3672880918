"""The network's door of a circuit that runs in this process."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from eyre.api.address import bind, read_address
from eyre.api.door import Door
from eyre.api.metrics import Metrics
from eyre.api.serve import listening
from eyre.bootstrap.circuit import Circuit
from eyre.bootstrap.clock import now
from eyre.bootstrap.open_house import House, still_runs
from eyre.bootstrap.push_tokens import push_tokens
from eyre.service.circuit_status import CircuitStatus, circuit_status
from eyre.service.known_sources import manifest_of
from eyre.service.tallies import Totals, totals
from eyre.sources.manifest import Manifest

_ANSWERS_WITHIN = 2.0
"""Seconds: a sender whom the store keeps waiting for longer is better told to come again."""


@dataclass(frozen=True)
class Listens:
    """A socket that listens, and who may send."""

    at: socket.socket
    tokens: Mapping[str, tuple[bytes, ...]]


def prepare(written: str, data_dir: Path | None) -> Listens:
    """Listens at `HOST:PORT`; whoever connects waits until `answering`. Raises `InputError` and `ConfigError`."""
    address = read_address(written)
    tokens = push_tokens(data_dir)
    return Listens(bind(address, tokens_given=tokens is not None), tokens if tokens is not None else {})


@contextmanager
def answering(listens: Listens, house: House, circuit: Circuit) -> Iterator[str]:
    """Answers for as long as it is open, at the URL that is given."""
    store, worker = house.store, circuit.worker

    def find(source: str) -> Manifest | None:
        return manifest_of(store, source, within=_ANSWERS_WITHIN)

    def status() -> CircuitStatus:
        return circuit_status(store, now=now())

    def open_hosts() -> int:
        return len(worker.tools.breaker.open_hosts(worker.tools.clock()))

    def all_did() -> Totals:
        circuit.kept.keep()
        return totals(store)

    door = Door(
        tokens=listens.tokens,
        find=find,
        take=circuit.receive,
        answers=partial(still_runs, house),
        status=status,
        pulse=worker.pulse,
        open_hosts=open_hosts,
        counted=circuit.kept.tally.pushed,
        totals=all_did,
    )
    with listening(door, Metrics(), listens.at) as url:
        yield url
