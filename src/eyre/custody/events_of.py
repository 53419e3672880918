"""What is believed to have happened by one record: a function of what was said of it and of the looks at its source."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from eyre.custody.court_events import court_events
from eyre.custody.custody_events import custody_events
from eyre.custody.lay_out import lay_out
from eyre.custody.look import Look
from eyre.custody.look_line import LookLine, look_line
from eyre.custody.rule import CustodyRule
from eyre.custody.run import Run
from eyre.custody.stays import History, stays_of, tells_case, tells_custody, tells_supervision
from eyre.custody.supervision_events import supervision_events
from eyre.model.custody_event import Basis, CustodyEvent, EventKind, Interval


def events_of(
    record: int, runs: Sequence[Run], looks: Sequence[Look] | LookLine, rule: CustodyRule
) -> tuple[CustodyEvent, ...]:
    """The events of a record, in order of when they had happened at the latest; none twice.

    `runs` and `looks` may come in any order, repeated or in pieces. `looks` are all of the source, or at least those
    from `confidence.LOOKS_BEFORE` complete ones before the first run on; give a `look_line` to ask about many records.
    A withdrawn record has one event, that it was withdrawn; one that is told again later begins anew then.
    """
    laid = lay_out(runs, look_line(looks))
    if not laid:
        return ()
    if laid[-1].stay.withdrawn:
        return (_sealed(record, laid[-1]),)
    history = history_of(record, laid, look_line(looks), rule)
    return tuple(sorted(set(_events(history)), key=_order))


def history_of(record: int, laid: Sequence[Run], line: LookLine, rule: CustodyRule) -> History:
    """What counts of runs that are laid out and do not end in a withdrawal: those after the last one."""
    withdrawn = max((at for at, run in enumerate(laid) if run.stay.withdrawn), default=-1)
    since = laid[withdrawn].last if withdrawn >= 0 else None
    return History(record, tuple(laid[withdrawn + 1 :]), line, rule, since)


def _events(history: History) -> Iterator[CustodyEvent]:
    if tells_custody(history):
        for stay in stays_of(history):
            yield from custody_events(stay)
    if tells_case(history):
        yield from court_events(_without_charges(history) if tells_custody(history) else history)
    if tells_supervision(history):
        yield from supervision_events(history)


def _without_charges(history: History) -> History:
    """Where a record tells of a booking and of a case, its charges are the booking's, and told of once."""
    runs = tuple(replace(run, stay=replace(run.stay, charges=())) for run in history.runs)
    return replace(history, runs=runs)


def _sealed(record: int, withdrawn: Run) -> CustodyEvent:
    """The one event of a withdrawn record: it tells when it was withdrawn, and nothing of what had been said."""
    during = Interval(withdrawn.first, withdrawn.first)
    return CustodyEvent(record, EventKind.SEALED, during, Basis.SEALED_OR_EXPUNGED, 1.0, "withdrawn", withdrawn.first)


def _order(event: CustodyEvent) -> tuple[object, ...]:
    return event.during.latest, event.during.earliest, event.kind.value, event.detail, event.id
