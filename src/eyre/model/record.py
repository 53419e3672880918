"""A record: what one source said about one person, and the parts that it is kept in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from eyre.model.justice import Booking, Case, Charge, Hold, Supervision
from eyre.model.person import Person


class RecordClass(StrEnum):
    """What kind of record it is; with the source's terms it makes the terms class that a view allows or not."""

    CUSTODY = "custody"
    CORRECTIONS = "corrections"
    COURT = "court"
    SUPERVISION = "supervision"
    PUBLIC = "public"


class Operation(StrEnum):
    """What a delivery does to the record that it names (NIEM message operation codes)."""

    PUT = "put"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Record:
    """One source's word on one person, at one instant.

    `key` is the source's own name for the record, built from the manifest's identity keys; `as_of` is the instant, in
    UTC, for which the source says it; `place` is where in its delivery it stands (`row 17`, `line 40`), so that the raw
    text can be found again. A `DELETE` needs only source, key, class and instant.
    """

    source: str
    key: str
    record_class: RecordClass
    as_of: datetime
    person: Person = Person()
    booking: Booking | None = None
    holds: tuple[Hold, ...] = ()
    charges: tuple[Charge, ...] = ()
    case: Case | None = None
    supervision: Supervision | None = None
    operation: Operation = Operation.PUT
    place: str = ""
