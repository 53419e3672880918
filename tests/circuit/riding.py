"""A circuit in a test: a store, sources on its schedule, a clock that a test moves."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from eyre.circuit.breaker import Breaker
from eyre.circuit.ride_source import Ridden
from eyre.circuit.robots import Robots
from eyre.circuit.tools import Tools
from eyre.circuit.worker import Worker
from eyre.model.ride import RideState
from eyre.service.ride_board import put_on_schedule, schedule_states
from eyre.sources.manifest import Manifest
from eyre.sources.transports.fetch_http import make_client
from eyre.store.open_store import Store
from tests.service.rosters import MODEL, NOON

EVERY = timedelta(minutes=15)


@dataclass
class Circuit:
    """Rides `manifests` at `now`."""

    store: Store
    tools: Tools
    ridden: list[Ridden] = field(default_factory=list)
    now: datetime = NOON

    def ride(self, name: str = "w") -> list[Ridden]:
        """Rides what is due, once, and gives how each ride ended."""
        before = len(self.ridden)
        Worker(self.tools, name, 2, self.ridden.append).ride_all_due()
        return self.ridden[before:]

    def after(self, time: timedelta = EVERY) -> list[Ridden]:
        """Time passes; then as `ride`."""
        self.now += time
        return self.ride()

    def state(self, source: str) -> RideState:
        """The source's row of the schedule."""
        return next(state for state in schedule_states(self.store) if state.source == source)


@contextmanager
def circuit(store: Store, *manifests: Manifest) -> Iterator[Circuit]:
    """A circuit of `manifests`, all due at noon."""
    put_on_schedule(store, [(each, EVERY, NOON) for each in manifests])
    with make_client(4) as client:
        by_source = {each.id: each for each in manifests}
        tools = Tools(store, MODEL, by_source, client, Breaker(), Robots(), lambda: made.now, lambda: datetime.now(UTC))
        made = Circuit(store, tools)
        yield made
