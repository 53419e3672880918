"""One stay in the words of one record, so that those of several sources can be laid side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from eyre.model.custody_event import Basis, CustodyEvent, EventKind, Interval
from eyre.normalise.text import fold

Span: TypeAlias = tuple[datetime, datetime | None]
"""From when to when somebody may have been held; open at the end while they are."""

TOLD_SINCE = "told under another identity"
"""The detail of a correction by which a stay is told of another record since."""
TOLD_BEFORE = "told before under another identity"
"""The detail of a correction by which a record tells on the stay of another one; it tells when that stay began."""
_ENDS = {EventKind.RELEASED, EventKind.TRANSFERRED, EventKind.MOVED_TO_SUPERVISION}


@dataclass(frozen=True, slots=True)
class StayWord:
    """What one record says of one stay: `began` is the event of the booking, and either `ended` that of the end or
    `gone` that of its disappearance.

    `restates` marks a source that passes on what others keep: a victim-notification service, a state's list of county
    jails. `facility` is where the record says the person is, or was last; empty if it does not.
    """

    source: str
    record: int
    facility: str
    began: CustodyEvent
    ended: CustodyEvent | None = None
    gone: CustodyEvent | None = None
    restates: bool = False

    @property
    def left(self) -> Interval | None:
        """When the person left, or the row did; `None` while it is there."""
        over = self.ended or self.gone
        return over.during if over is not None else None

    @property
    def span(self) -> Span:
        """From when to when they may have been held. A beginning that nobody saw counts from the first sighting."""
        seen = self.began.basis is not Basis.UNKNOWN
        left = self.left
        return (
            self.began.during.earliest if seen else self.began.during.latest,
            left.latest if left is not None else None,
        )


def stay_words(
    source: str, facility: str, events: Iterable[CustodyEvent], restates: bool = False
) -> tuple[StayWord, ...]:
    """The stays that the events of one record tell of, in order: the first beginning with the first end, and so on, for
    each stay but the last has one. A record that was withdrawn tells of none, and one whose stay is told under another
    identity since tells of that no more."""
    ordered = sorted(events, key=lambda event: (event.during.latest, event.during.earliest))
    begins = [event for event in ordered if begins_stay(event)]
    ends: list[CustodyEvent | None] = [event for event in ordered if _ends(event)]
    ends += [None] * (len(begins) - len(ends))
    return tuple(
        StayWord(
            source,
            began.record,
            facility,
            began,
            ended=end if end is not None and end.kind is not EventKind.DISAPPEARED else None,
            gone=end if end is not None and end.kind is EventKind.DISAPPEARED else None,
            restates=restates,
        )
        for began, end in zip(begins, ends, strict=False)
        if end is None or end.detail != TOLD_SINCE
    )


def begins_stay(event: CustodyEvent) -> bool:
    """Whether it tells when a stay began: a booking, or one that was told before under another identity."""
    return event.kind is EventKind.BOOKED or (event.kind is EventKind.CORRECTED and event.detail == TOLD_BEFORE)


def same_facility(one: StayWord, other: StayWord) -> bool:
    """Whether both name one facility; one that names none may mean any."""
    names = fold(one.facility), fold(other.facility)
    return not all(names) or names[0] == names[1]


def _ends(event: CustodyEvent) -> bool:
    """Whether it ends a stay; a row that moved on to another facility goes on."""
    if event.kind is EventKind.TRANSFERRED:
        return event.basis is not Basis.TRANSFERRED
    if event.kind is EventKind.CORRECTED:
        return event.detail == TOLD_SINCE
    return event.kind in _ENDS or event.kind is EventKind.DISAPPEARED
