"""What a row says otherwise than before: charges, bonds, the facility. Housing and custody level are no events."""

from collections.abc import Iterator

from eyre.custody.compare_charges import ChargeChange, compare_charges
from eyre.custody.rule import CustodyRule
from eyre.custody.run import Run
from eyre.custody.stays import History, booking_of, tells_custody
from eyre.model.custody_event import Basis, CustodyEvent, EventKind, Interval
from eyre.normalise.text import fold


def change_events(history: History) -> Iterator[CustodyEvent]:
    """Changes of charges and bonds, transfers within the record, and a number that was corrected."""
    for earlier, later, _ in history.gaps():
        if not has_charges_of_stay(earlier, later, history.rule):
            continue
        change = compare_charges(earlier.stay.charges, later.stay.charges)
        if change.added or change.dropped or change.graded or change.disposed:
            yield _changed(history, earlier, later, EventKind.CHARGES_CHANGED, _charges_detail(change))
        if change.raised or change.lowered or change.rebonded:
            yield _changed(history, earlier, later, EventKind.BOND_CHANGED, _bonds_detail(change))
    for earlier, later, one, other in _told_otherwise(history, "facility"):
        during = Interval(earlier.last, later.first)
        detail = f"from {one} to {other}"
        yield CustodyEvent(history.record, EventKind.TRANSFERRED, during, Basis.TRANSFERRED, 1.0, detail, later.first)
    for earlier, later, _, _ in _told_otherwise(history, "booking_number"):
        yield corrected(history, earlier, later, "booking_number")


def has_charges_of_stay(earlier: Run, later: Run, rule: CustodyRule) -> bool:
    """Whether a change of charges between two runs is the stay's; of a case without a booking it is the case's."""
    return tells_custody(earlier, rule) or tells_custody(later, rule)


def corrected(history: History, earlier: Run, later: Run, field: str) -> CustodyEvent:
    """A field that was told otherwise from `later` on, though what it tells of cannot have changed."""
    during = _between(history, earlier, later)
    return CustodyEvent(history.record, EventKind.CORRECTED, during, Basis.EXPLICIT, 1.0, field, later.first)


def charges_told(change: ChargeChange) -> str:
    """How many charges came and went, as an event tells it."""
    return f"added {change.added}, dropped {change.dropped}"


def _told_otherwise(history: History, field: str) -> Iterator[tuple[Run, Run, str, str]]:
    """Each run that tells a field otherwise than it was last told, with the run before it and both texts."""
    held = ""
    before = history.runs[0]
    for run in history.runs:
        text = str(getattr(booking_of(run), field)).strip()
        if text and held and fold(text) != fold(held):
            yield before, run, held, text
        held = text or held
        before = run


def _changed(history: History, earlier: Run, later: Run, kind: EventKind, detail: str) -> CustodyEvent:
    during = _between(history, earlier, later)
    return CustodyEvent(history.record, kind, during, Basis.SIGHTING, 1.0, detail, later.first)


def _between(history: History, earlier: Run, later: Run) -> Interval:
    """When a run's words came to be others: since its last look, or since its own page was last read."""
    seen = earlier.last - earlier.first
    return Interval(earlier.last - min(seen, history.rule.unread), later.first)


def _charges_detail(change: ChargeChange) -> str:
    told = [charges_told(change)]
    told += [f"severity of {change.graded}"] * bool(change.graded)
    told += [f"disposition of {change.disposed}"] * bool(change.disposed)
    return ", ".join(told)


def _bonds_detail(change: ChargeChange) -> str:
    return f"raised {change.raised}, lowered {change.lowered}, other {change.rebonded}"
