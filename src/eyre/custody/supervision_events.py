"""The events of one term of probation or parole."""

from collections.abc import Iterator

from eyre.custody.booked import begin_events
from eyre.custody.changed import corrected
from eyre.custody.gone import gone_event, reappearances
from eyre.custody.release_words import says_ended
from eyre.custody.run import Run
from eyre.custody.stays import History
from eyre.custody.told_moment import not_after, told_interval
from eyre.model.custody_event import Basis, CustodyEvent, EventKind, Interval
from eyre.model.justice import Supervision
from eyre.normalise.text import fold

_FIELDS = ("kind", "agency", "status")


def supervision_events(history: History) -> Iterator[CustodyEvent]:
    """Its beginning, its changes, and its end when its status says so: the day on which it is to end is a plan.

    One that is gone has ended only where its source declares drop-off.
    """
    told = tuple(_supervision(run).started_on for run in history.runs)
    begin = list(begin_events(history, told, EventKind.SUPERVISION_BEGAN, "started_on"))
    yield from begin
    for earlier, later, _ in history.gaps():
        if has_ended(earlier) and not has_ended(later):
            yield corrected(history, earlier, later, "status")
        elif detail := _changes(earlier, later):
            yield _event(history, EventKind.SUPERVISION_CHANGED, Interval(earlier.last, later.first), detail)
    yield from reappearances(history, [has_ended(run) for run in history.runs])
    if has_ended(history.runs[-1]):
        yield _told_end(history, begin[-1].during)
    elif gone := gone_event(history, EventKind.SUPERVISION_ENDED):
        yield gone


def _told_end(history: History, began: Interval) -> CustodyEvent:
    """The end by its status, between two sightings; or on the day that was first told along with it, for a day that was
    told before was a plan."""
    start = len(history.runs)
    while start and has_ended(history.runs[start - 1]):
        start -= 1
    first = history.runs[start].first
    planned = _supervision(history.runs[start - 1]).ends_on if start else ""
    told = _supervision(history.runs[start]).ends_on
    day = told_interval(told, history.rule.zone) if told != planned else None
    if day is not None and day.earliest <= first:
        during = not_after(day, first)
        return CustodyEvent(history.record, EventKind.SUPERVISION_ENDED, during, Basis.EXPLICIT, 1.0, "", first)
    earliest = history.runs[start - 1].last if start else min(began.earliest, first)
    return _event(history, EventKind.SUPERVISION_ENDED, Interval(earliest, first), "")


def _changes(earlier: Run, later: Run) -> str:
    """The fields that a later run tells otherwise; that it ended is no change but an end."""
    one, other = _supervision(earlier), _supervision(later)
    changed = [field for field in _FIELDS if _differs(getattr(one, field), getattr(other, field))]
    if has_ended(later) and "status" in changed:
        changed.remove("status")
    return ", ".join(changed)


def _differs(one: str, other: str) -> bool:
    return bool(one and other) and fold(one) != fold(other)


def has_ended(run: Run) -> bool:
    """Whether a run says that the supervision is over."""
    return says_ended(_supervision(run).status)


def _supervision(run: Run) -> Supervision:
    return run.stay.supervision or Supervision()


def _event(history: History, kind: EventKind, during: Interval, detail: str) -> CustodyEvent:
    return CustodyEvent(history.record, kind, during, Basis.SIGHTING, 1.0, detail, during.latest)
