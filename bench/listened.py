"""A door on this machine at which the sources of the invented country that send are listened to."""

import hashlib
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bench.country import Country
from eyre.api.address import Address, bind
from eyre.api.door import Door
from eyre.api.metrics import Metrics
from eyre.api.serve import listening
from eyre.bootstrap.circuit import Circuit
from eyre.service.circuit_status import circuit_status
from eyre.service.commit_look import Taken
from eyre.service.known_sources import manifest_of
from eyre.service.tallies import totals
from eyre.sources.manifest import Manifest
from eyre.store.open_store import Store

TOKEN = "invented"  # noqa: S105 # it opens a door to this machine's own bench


def sending(country: Country) -> list[str]:
    """The sources of the country that send."""
    return [source for source, each in country.manifests.items() if each.fetch and each.fetch.scheme == "push"]


def free_port() -> int:
    """A port on this machine that nobody listens at just now."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


@contextmanager
def listened(
    store: Store, country: Country, circuit: Circuit, told: Callable[[Taken, int], None], port: int
) -> Iterator[str]:
    """Listens for every source that sends, as `eyre circuit run --listen` does, at the URL that is given, in which
    `{slug}` stands for the source. `told` hears of each delivery and of its bytes, on the thread that took it."""

    def take(manifest: Manifest, body: bytes) -> Taken:
        taken = circuit.receive(manifest, body)
        told(taken, len(body))
        return taken

    digest = hashlib.sha256(TOKEN.encode()).digest()
    door = Door(
        tokens=dict.fromkeys(sending(country), (digest,)),
        find=lambda source: manifest_of(store, source),
        take=take,
        answers=lambda: True,
        status=lambda: circuit_status(store, now=country.now),
        pulse=circuit.worker.pulse,
        open_hosts=lambda: 0,
        counted=circuit.kept.tally.pushed,
        totals=lambda: totals(store),
    )
    with listening(door, Metrics(), bind(Address("127.0.0.1", port), tokens_given=True)) as url:
        yield f"{url}/sources/{{slug}}/messages"
