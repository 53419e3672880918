"""A door that listens on a real socket, with a real store behind it, and a jail that sends messages."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx2
import pytest

from eyre.api.address import Address, bind
from eyre.bootstrap.circuit import Rides, Told, open_circuit
from eyre.bootstrap.open_house import House
from eyre.cli.circuit_listening import Listens, answering
from eyre.resolve.model import default_model
from eyre.service.register import register_manifest
from eyre.service.resolve_records import Resolved
from eyre.sources.catalogue import shipped_source
from eyre.sources.manifest import Manifest
from eyre.store.open_store import Store

JAIL = "oz_port_wren_jail"
TOKEN = "an invented token"
FOLDER = shipped_source(JAIL)
INPUT = (FOLDER.path / "golden/input.xml").read_bytes()
ADDED = INPUT.count(b"<bk:BookingMessage>")


def jail(name: str = JAIL, **told: object) -> Manifest:
    """The jail's manifest, with what is `told` in place of what ships."""
    body = FOLDER.manifest.model_dump(mode="json", exclude_defaults=True) | {"id": name, "fetch": {"url": "push:"}}
    return Manifest.model_validate_json(json.dumps(body | told))


@dataclass
class Served:
    """A running door: where it is, and what came of changed records."""

    url: str
    store: Store
    resolved: list[Resolved]

    def send(self, body: bytes | Iterator[bytes], source: str = JAIL, token: str = TOKEN) -> httpx2.Response:
        headers = {"authorization": f"Bearer {token}"}
        return httpx2.post(f"{self.url}/sources/{source}/messages", content=body, headers=headers, timeout=120)

    def get(self, path: str) -> httpx2.Response:
        return httpx2.get(f"{self.url}{path}", timeout=10)


@contextmanager
def serve(store: Store, *sources: Manifest) -> Iterator[Served]:
    """A door with a token for each of `sources`, which are registered."""
    digest = hashlib.sha256(TOKEN.encode()).digest()
    for manifest in sources:
        register_manifest(store, manifest)
    resolved: list[Resolved] = []
    tokens = {each.id: (digest,) for each in sources} | {"not_registered": (digest,)}
    listens = Listens(bind(Address("127.0.0.1", 0), tokens_given=True), tokens)
    with open_circuit(store, default_model(), Rides({}), Told(lambda _: None, resolved.append)) as circuit:
        riding = threading.Thread(target=circuit.worker.run)
        riding.start()
        try:
            with answering(listens, House(store, None, ""), circuit) as url:
                yield Served(url, store, resolved)
        finally:
            circuit.worker.stop.set()
            riding.join()


@pytest.fixture
def served(store: Store) -> Iterator[Served]:
    with serve(store, jail()) as door:
        yield door
