"""Which words of several sources are about one stay."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from eyre.custody.stay_word import StayWord, same_facility
from eyre.model.custody_event import Basis, EventKind, Interval

ON_THE_WAY = timedelta(days=2)
"""Somebody whose transfer was told may be listed at the other end so much later: transports go overnight and rest, and
a reception centre books the next morning. An assumption."""


def group_stays(words: Iterable[StayWord]) -> list[list[StayWord]]:
    """The words of each stay, each group in order of its beginnings.

    Words of different sources are about one stay that overlap in time and agree on the facility, and words are that
    are links of a transfer. One that restates others joins the stay with which it shares the most time.
    """
    ordered = sorted(set(words), key=_order)
    groups = _linked([word for word in ordered if not word.restates])
    left = []
    for word in ordered:
        if word.restates and not _joined(word, groups):
            left.append(word)
    groups += _linked(left)
    return sorted((sorted(group, key=_order) for group in groups), key=lambda group: _order(group[0]))


def is_transfer(one: StayWord, other: StayWord) -> bool:
    """Whether `other` is where the person of `one` went: a told transfer, and a booking elsewhere soon after it; or a
    row that was gone without a word between the same instants between which the other came."""
    left = one.left
    if left is None or same_facility(one, other):
        return False
    came = other.began.during
    if other.began.basis is Basis.UNKNOWN:
        came = Interval(came.latest, came.latest)
    if one.ended is not None and one.ended.kind is EventKind.TRANSFERRED:
        return left.earliest <= came.latest and came.earliest <= left.latest + ON_THE_WAY
    untold = one.gone is not None or (one.ended is not None and one.ended.basis is Basis.INFERRED_DROP_OFF)
    return untold and left.earliest <= came.latest and came.earliest <= left.latest


def shared_time(one: StayWord, other: StayWord) -> timedelta | None:
    """The time that both may have been held in; `None` if there is none, the longest there is while both are open."""
    (from_one, to_one), (from_other, to_other) = one.span, other.span
    start = max(from_one, from_other)
    ends = [end for end in (to_one, to_other) if end is not None]
    if not ends:
        return timedelta.max
    return min(ends) - start if start <= min(ends) else None


def _linked(words: Sequence[StayWord]) -> list[list[StayWord]]:
    groups: list[list[StayWord]] = []
    for word in words:
        touched = [group for group in groups if any(_is_one_stay(word, each) for each in group)]
        groups = [group for group in groups if group not in touched]
        groups.append([word, *(each for group in touched for each in group)])
    return groups


def _is_one_stay(one: StayWord, other: StayWord) -> bool:
    if is_transfer(one, other) or is_transfer(other, one):
        return True
    return one.source != other.source and same_facility(one, other) and shared_time(one, other) is not None


def _joined(word: StayWord, groups: list[list[StayWord]]) -> bool:
    """Whether a word that restates others found its stay; it is put there."""
    times = [_shared_most(word, group) for group in groups]
    most = max((time for time in times if time is not None), default=None)
    if most is None:
        return False
    groups[times.index(most)].append(word)
    return True


def _shared_most(word: StayWord, group: Sequence[StayWord]) -> timedelta | None:
    times = [time for each in group if not each.restates and (time := shared_time(word, each)) is not None]
    return max(times, default=None)


def _order(word: StayWord) -> tuple[datetime, datetime, str, int, int]:
    return word.began.during.latest, word.began.during.earliest, word.source, word.record, word.began.id
