"""The stays of a person, each once, whoever tells of it; what the sources disagree on is shown, not settled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from eyre.custody.group_stays import group_stays, shared_time
from eyre.custody.stay_word import StayWord, same_facility
from eyre.model.custody_event import EventKind, Interval
from eyre.normalise.text import fold

RESTATED_LATE = timedelta(days=1)
"""A source that passes on what others say may be so late with it before it disagrees."""


class CustodyState(StrEnum):
    """What a stay has come to, as of an instant."""

    IN_CUSTODY = "in_custody"
    RELEASED = "released"
    DISAPPEARED = "disappeared"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TimelineStay:
    """One stay: `words` are all that is said of it, `facilities` where it was, in order.

    `began` and `ended` hold one interval where it lies in what every source says; otherwise what each says, and
    `disagree` is set. `as_of` is the latest instant for which a source that `state` rests on spoke; `None` if it is not
    known.
    """

    words: tuple[StayWord, ...]
    facilities: tuple[str, ...]
    began: tuple[Interval, ...]
    ended: tuple[Interval, ...]
    state: CustodyState
    as_of: datetime | None
    disagree: bool


def person_timeline(words: Iterable[StayWord], fresh: Mapping[str, datetime | None]) -> tuple[TimelineStay, ...]:
    """The stays of one person by the words of all their records, the latest first.

    `fresh` is when each source last gave a complete delivery (UTC).
    """
    stays = [_joint(group, fresh) for group in group_stays(words)]
    return tuple(sorted(stays, key=lambda stay: stay.began[-1].latest, reverse=True))


def _joint(group: Sequence[StayWord], fresh: Mapping[str, datetime | None]) -> TimelineStay:
    keepers = [word for word in group if not word.restates] or list(group)
    came, stayed = keepers[0], max(keepers, key=_stayed)
    first = [word for word in group if _is_of_leg(word, came)]
    last = [word for word in group if _is_of_leg(word, stayed)]
    began = _agreed([word.began.during for word in first])
    ended = _agreed([word.left for word in last if word.left is not None])
    state, contested = _state([word for word in keepers if word in last], fresh)
    asked = [at for word in keepers if word in last and (at := fresh.get(word.source)) is not None]
    return TimelineStay(
        words=tuple(group),
        facilities=_facilities(keepers),
        began=began,
        ended=ended,
        state=state,
        as_of=max(asked, default=None),
        disagree=len(began) > 1 or len(ended) > 1 or contested or _restated_otherwise(group, ended, fresh),
    )


def _is_of_leg(word: StayWord, keeper: StayWord) -> bool:
    """Whether a word is about the same time in the same place; one that restates others may call the place anything."""
    if word is keeper:
        return True
    return (word.restates or same_facility(word, keeper)) and shared_time(word, keeper) is not None


def _stayed(word: StayWord) -> tuple[bool, datetime, datetime]:
    """Who tells of the latest place sorts last."""
    left = word.left
    return left is None, word.began.during.latest, left.latest if left is not None else word.began.during.latest


def _agreed(intervals: Sequence[Interval]) -> tuple[Interval, ...]:
    """What lies in all of them, or each different one."""
    if not intervals:
        return ()
    earliest = max(each.earliest for each in intervals)
    latest = min(each.latest for each in intervals)
    if earliest <= latest:
        return (Interval(earliest, latest),)
    return tuple(sorted(set(intervals), key=lambda each: (each.latest, each.earliest)))


def _state(last: Sequence[StayWord], fresh: Mapping[str, datetime | None]) -> tuple[CustodyState, bool]:
    """What those say who keep the person last, and whether they contradict one another: one that lists the person after
    another told the end. It counts as in custody only by a source of which it is known when it spoke."""
    listed = max(_listed_at(last, fresh), default=None)
    ends = [word.ended for word in last if word.ended is not None]
    gone = [word.gone for word in last if word.gone is not None]
    left = max((event.during.latest for event in ends or gone), default=None)
    if left is None:
        return (CustodyState.IN_CUSTODY if listed is not None else CustodyState.UNKNOWN), False
    contested = listed is not None and listed > left
    if ends:
        moved = all(event.kind is EventKind.TRANSFERRED for event in ends)
        return (CustodyState.UNKNOWN if contested or moved else CustodyState.RELEASED), contested
    return (CustodyState.IN_CUSTODY if contested else CustodyState.DISAPPEARED), contested


def _restated_otherwise(
    group: Sequence[StayWord], ended: Sequence[Interval], fresh: Mapping[str, datetime | None]
) -> bool:
    """Whether a source that restates others still lists whom they told to have left, later than it may be late."""
    if not ended:
        return False
    due = max(each.latest for each in ended) + RESTATED_LATE
    return any(at > due for at in _listed_at([word for word in group if word.restates], fresh))


def _listed_at(words: Sequence[StayWord], fresh: Mapping[str, datetime | None]) -> list[datetime]:
    """When those who still list the person last spoke, as far as that is known."""
    spoke = [fresh.get(word.source) for word in words if word.left is None]
    return [at for at in spoke if at is not None]


def _facilities(keepers: Sequence[StayWord]) -> tuple[str, ...]:
    """Each facility once, as first named, in order."""
    named: dict[str, str] = {}
    for word in keepers:
        if word.facility:
            named.setdefault(fold(word.facility), word.facility)
    return tuple(named.values())
