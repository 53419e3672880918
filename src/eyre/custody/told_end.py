"""The end of a stay in its source's own words, and what was taken back of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from eyre.custody.changed import corrected
from eyre.custody.release_words import Meaning, meaning_of_reason, says_released
from eyre.custody.stays import History, booking_of
from eyre.custody.told_moment import not_after, refines, told_interval
from eyre.model.custody_event import Basis, CustodyEvent, Interval

AHEAD = timedelta(days=1)
"""A release told further ahead than this is a plan, whatever the field is called: nothing follows from it before its
day. Less is a clock that is wrong, or a day that is not over."""


@dataclass(frozen=True, slots=True)
class ToldEnd:
    """A release as one run tells it: `moment` is `None` when only the status says so."""

    moment: Interval | None
    meaning: Meaning


def told_ends(history: History) -> tuple[ToldEnd | None, ...]:
    """What each run says of the end; `None` while it tells none, or only a plan."""
    return tuple(_told_end(history, at) for at in range(len(history.runs)))


def is_planned(history: History, at: int) -> bool:
    """Whether the release that a run tells lay too far ahead for as long as it was told."""
    moment = told_interval(booking_of(history.runs[at]).released_at, history.rule.zone)
    return moment is not None and moment.earliest - AHEAD > history.stood_until(at)


def _told_end(history: History, at: int) -> ToldEnd | None:
    booking = booking_of(history.runs[at])
    moment = None if is_planned(history, at) else told_interval(booking.released_at, history.rule.zone)
    if moment is None and not says_released(booking.status):
        return None
    return ToldEnd(moment, meaning_of_reason(booking.release_reason))


def end_event(history: History, began: Interval) -> CustodyEvent | None:
    """The release by the last word on it, in so far as that has not been taken back; `began` is when the stay did."""
    start, ends = _standing(history)
    if not ends:
        return None
    first_said = history.runs[start].first
    place = next((at for at in reversed(range(len(ends))) if ends[at].meaning.detail), len(ends) - 1)
    meaning = ends[place].meaning
    since = next(at for at, end in enumerate(ends) if end.meaning == meaning)
    moment = moment_of_end(history)
    if moment.during is None:
        earliest = history.runs[start - 1].last if start else min(began.earliest, first_said)
        during = Interval(earliest, first_said)
        return _event(history, meaning, during, Basis.SIGHTING, history.runs[start + since].first)
    concluded = max(moment.known, history.runs[start + since].first)
    return _event(history, meaning, moment.during, Basis.EXPLICIT, concluded)


@dataclass(frozen=True, slots=True)
class MomentOfEnd:
    """When a stay ended as told, and since when that is `known`; `during` is `None` while no moment stands."""

    during: Interval | None
    known: datetime


def moment_of_end(history: History) -> MomentOfEnd:
    """The instant or day of the release, by the last word on it that was not taken back."""
    start, ends = _standing(history)
    moment = next((end.moment for end in reversed(ends) if end.moment is not None), None)
    if moment is None:
        return MomentOfEnd(None, history.runs[_taken_back(told_ends(history))].first)
    said = next(history.runs[start + at].first for at, end in enumerate(ends) if end.moment == moment)
    return MomentOfEnd(not_after(moment, said), _followed(history, moment, said))


def corrections_of_end(history: History) -> Iterator[CustodyEvent]:
    """One correction each time that a told end was taken back or told otherwise."""
    held: ToldEnd | None = None
    for at, (run, end) in enumerate(zip(history.runs, told_ends(history), strict=True)):
        if held is not None and (field := _corrected_field(held, end)):
            yield corrected(history, history.runs[at - 1], run, field)
        held = _with_what_stands(end, held) if end is not None and held is not None else end


def _standing(history: History) -> tuple[int, list[ToldEnd]]:
    """What the last runs tell of an end, back to the first of them that tells one, and that one's place."""
    ends: list[ToldEnd] = []
    for end in reversed(told_ends(history)):
        if end is None:
            break
        ends.append(end)
    return len(history.runs) - len(ends), ends[::-1]


def _taken_back(ends: Sequence[ToldEnd | None]) -> int:
    """The run by which the last moment told had been taken back; the first one if none was ever told."""
    told = [at for at, end in enumerate(ends) if end is not None and end.moment is not None]
    return ends.index(None, told[-1]) if told else 0


def _with_what_stands(end: ToldEnd, held: ToldEnd) -> ToldEnd:
    """A told end with what it leaves out and an earlier word had told: leaving out takes nothing back."""
    return ToldEnd(end.moment or held.moment, end.meaning if end.meaning.detail else held.meaning)


def _corrected_field(held: ToldEnd, now: ToldEnd | None) -> str:
    """Which field told otherwise than before; empty if it told the same, or more exactly."""
    if now is None:
        return "released_at" if held.moment is not None else "status"
    if held.moment is not None and now.moment is not None and not refines(held.moment, now.moment):
        return "released_at"
    if held.meaning.detail and now.meaning.detail and held.meaning.kind is not now.meaning.kind:
        return "release_reason"
    return ""


def _followed(history: History, moment: Interval, said: datetime) -> datetime:
    """When a told moment became more than a plan: as it was told, or at the first look that was near enough to it."""
    due = moment.earliest - AHEAD
    if said >= due:
        return said
    ends = [at for run in history.runs for at in (run.first, run.last)]
    known = (*history.line.every_between(said, None), *ends, history.stood_until(len(history.runs) - 1))
    return min(at for at in known if at >= due)


def _event(history: History, meaning: Meaning, during: Interval, basis: Basis, concluded: datetime) -> CustodyEvent:
    return CustodyEvent(history.record, meaning.kind, during, basis, 1.0, meaning.detail, concluded)
