"""What is believed to have happened, by one source's word: computed from what was said, never said itself."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    """What happened. The names are stored and documented: never rename one."""

    BOOKED = "booked"
    RELEASED = "released"
    TRANSFERRED = "transferred"
    MOVED_TO_SUPERVISION = "moved_to_supervision"
    CHARGES_CHANGED = "charges_changed"
    BOND_CHANGED = "bond_changed"
    DISAPPEARED = "disappeared"
    REAPPEARED = "reappeared"
    CORRECTED = "corrected"
    SEALED = "sealed"
    CASE_FILED = "case_filed"
    CASE_CHANGED = "case_changed"
    SUPERVISION_BEGAN = "supervision_began"
    SUPERVISION_CHANGED = "supervision_changed"
    SUPERVISION_ENDED = "supervision_ended"


class Basis(StrEnum):
    """On what an event's instant rests."""

    EXPLICIT = "explicit"
    PROJECTED = "projected"
    INFERRED_DROP_OFF = "inferred_drop_off"
    TRANSFERRED = "transferred"
    MOVED_TO_SUPERVISION = "moved_to_supervision"
    SEALED_OR_EXPUNGED = "sealed_or_expunged"
    SOURCE_GAP = "source_gap"
    SIGHTING = "sighting"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Interval:
    """The instants (UTC) between which something happened, both possible: `earliest` <= `latest`."""

    earliest: datetime
    latest: datetime

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError("an interval ends before it begins")


@dataclass(frozen=True, slots=True)
class CustodyEvent:
    """One thing that happened to the person whom `record` is about.

    `confidence` is a probability; 1.0 is a source's own word. `detail` tells what is no person's data: the names of the
    fields that changed, a facility, a reason's category. `concluded_from` is the instant (UTC) of the delivery after
    which it could be known.
    """

    record: int
    kind: EventKind
    during: Interval
    basis: Basis
    confidence: float
    detail: str
    concluded_from: datetime

    @property
    def id(self) -> int:
        """A positive 63-bit number made of everything but `concluded_from`, so that the same belief, reached in another
        order of deliveries, is the same event."""
        said = "\0".join(
            (
                str(self.record),
                self.kind.value,
                self.during.earliest.isoformat(),
                self.during.latest.isoformat(),
                self.basis.value,
                repr(self.confidence),
                self.detail,
            )
        )
        return int.from_bytes(hashlib.blake2b(said.encode(), digest_size=8, person=b"eyre-event").digest(), "big") >> 1
