"""What is told while the demonstration runs, and to whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol

from eyre.service.circuit_status import CircuitStatus
from eyre.service.demo import Seen
from eyre.service.joined_person import JoinedPerson
from eyre.service.newest_events import NewEvent
from eyre.sources.manifest import Manifest


@dataclass
class Counts:
    """Rides, those in trouble, and deliveries that were sent; rows that were looked at; events that came to be believed
    and ceased to be; records that said something new while time ran, the persons that they are of, and how many of
    these were known before."""

    rides: int = 0
    trouble: int = 0
    sent: int = 0
    rows: int = 0
    noted: int = 0
    withdrawn: int = 0
    records: int = 0
    persons: int = 0
    known: int = 0


@dataclass(frozen=True)
class Tick:
    """What is new at the instant `at` of the invented time, `left` seconds before the end."""

    at: datetime
    left: float
    status: CircuitStatus
    counts: Counts
    events: Sequence[NewEvent]
    joined: Sequence[JoinedPerson]


class Teller(Protocol):
    """Shows the demonstration while it runs: on a terminal, as lines, or as data."""

    def __enter__(self) -> "Teller": ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...

    def begin(self, act: str) -> None:
        """What is being done from now on."""

    def looked(self, manifests: Mapping[str, Manifest], seen: Seen, status: CircuitStatus) -> None:
        """Every source was looked at for the first time; time begins to run."""

    def tick(self, tick: Tick) -> None:
        """What is new."""
