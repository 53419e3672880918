"""When a stay began, as told or as seen, and what was corrected of it."""

from collections.abc import Iterator
from datetime import datetime

from eyre.custody.changed import corrected
from eyre.custody.confidence import BOOKED_BETWEEN, LISTED_BEFORE, THERE_ALREADY
from eyre.custody.stays import History
from eyre.custody.told_end import MomentOfEnd
from eyre.custody.told_moment import not_after, refines, told_interval
from eyre.model.custody_event import Basis, CustodyEvent, EventKind, Interval

ALREADY_THERE = "already there when first heard of"
"""The detail of a beginning that no complete look precedes, so that it is no news."""


def begin_events(
    history: History, told: tuple[str, ...], kind: EventKind, field: str, ended: MomentOfEnd | None = None
) -> Iterator[CustodyEvent]:
    """One beginning, by the last that was told of it, and a correction each time that it was told otherwise.

    `told` is what each run says of it, `field` that field's name, `ended` the end, which a beginning that is only seen
    does not follow. A source that stops telling it has taken nothing back.
    """
    first = history.runs[0].first
    held: Interval | None = None
    concluded = first
    for at, (run, text) in enumerate(zip(history.runs, told, strict=True)):
        said = told_interval(text, history.rule.zone)
        if said is None or said == held:
            continue
        if held is not None and not refines(held, said):
            yield corrected(history, history.runs[at - 1], run, field)
        held, concluded = said, run.first
    if held is not None:
        during = not_after(held, first)
        yield CustodyEvent(history.record, kind, during, Basis.EXPLICIT, 1.0, "", concluded)
    else:
        yield _seen_begin(history, kind, ended)


def _seen_begin(history: History, kind: EventKind, ended: MomentOfEnd | None) -> CustodyEvent:
    first = history.runs[0].first
    latest, known = first, ended.known if ended is not None else first
    if ended is not None and ended.during is not None:
        latest = min(first, ended.during.latest)
    before = _surely_before(history)
    if before is not None and before <= latest:
        during = Interval(before, latest)
        return CustodyEvent(history.record, kind, during, Basis.SIGHTING, BOOKED_BETWEEN, "", known)
    during = Interval(latest - LISTED_BEFORE, latest)
    return CustodyEvent(history.record, kind, during, Basis.UNKNOWN, THERE_ALREADY, ALREADY_THERE, known)


def _surely_before(history: History) -> datetime | None:
    """The last instant before the first sighting at which the stay had not begun, if one is known."""
    known = (history.since, history.line.complete_before(history.runs[0].first))
    return max((at for at in known if at is not None), default=None)
