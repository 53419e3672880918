"""A run: one thing said of a record, for as long as nothing else was said."""

from dataclasses import dataclass
from datetime import datetime

from eyre.model.justice import Booking, Case, Charge, Hold, Supervision


@dataclass(frozen=True, slots=True)
class Stay:
    """What a record says beside who it is about. `withdrawn`: the source said that the record is no more (a delete
    message); then nothing else is told."""

    booking: Booking | None = None
    holds: tuple[Hold, ...] = ()
    charges: tuple[Charge, ...] = ()
    case: Case | None = None
    supervision: Supervision | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """`stay` was said at `first`, at `last`, and by every snapshot between that lists the record (instants in UTC).

    Between two runs of a record, and after its last one, no complete look listed it, or it said something else.
    """

    first: datetime
    last: datetime
    stay: Stay
