"""The events of one court case."""

from collections.abc import Iterator

from eyre.custody.booked import begin_events
from eyre.custody.changed import charges_told, has_charges_of_stay
from eyre.custody.compare_charges import compare_charges
from eyre.custody.gone import gone_event, reappearances
from eyre.custody.rule import CustodyRule
from eyre.custody.run import Run
from eyre.custody.stays import History
from eyre.model.custody_event import Basis, CustodyEvent, EventKind, Interval
from eyre.model.justice import Case
from eyre.normalise.text import fold


def court_events(history: History) -> Iterator[CustodyEvent]:
    """The filing, and one change each time that the status, or what became of a charge, is told otherwise.

    A case that is gone says nothing, unless its source declares drop-off; then it has disappeared: a case does not end
    by that.
    """
    told = tuple(_case(run).filed_on for run in history.runs)
    yield from begin_events(history, told, EventKind.CASE_FILED, "filed_on")
    for earlier, later, _ in history.gaps():
        if detail := _changes(earlier, later, history.rule):
            during = Interval(earlier.last, later.first)
            yield CustodyEvent(history.record, EventKind.CASE_CHANGED, during, Basis.SIGHTING, 1.0, detail, later.first)
    yield from reappearances(history, [False] * len(history.runs))
    gone = gone_event(history, EventKind.DISAPPEARED)
    if gone is not None:
        yield gone


def _changes(earlier: Run, later: Run, rule: CustodyRule) -> str:
    """What changed in a case, in words that are no person's data."""
    one, other = fold(_case(earlier).status), fold(_case(later).status)
    told = ["status"] * bool(other and one != other)
    if has_charges_of_stay(earlier, later, rule):
        return ", ".join(told)
    change = compare_charges(earlier.stay.charges, later.stay.charges)
    told += [f"disposition of {change.disposed}"] * bool(change.disposed)
    told += [f"severity of {change.graded}"] * bool(change.graded)
    told += [f"charges {charges_told(change)}"] * bool(change.added or change.dropped)
    return ", ".join(told)


def _case(run: Run) -> Case:
    return run.stay.case or Case()
