"""What is believed to have happened by one record: a function of what was said of it and of the looks at its source."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from eyre.custody.court_events import court_events
from eyre.custody.custody_events import custody_events
from eyre.custody.held_back import is_held_back
from eyre.custody.lay_out import lay_out
from eyre.custody.look import Look
from eyre.custody.look_line import LookLine, look_line
from eyre.custody.rule import CustodyRule
from eyre.custody.run import Run
from eyre.custody.stays import History, court_part, custody_part, stays_of, supervision_part
from eyre.custody.supervision_events import supervision_events
from eyre.model.custody_event import Basis, CustodyEvent, EventKind, Interval

_BY_LOOKS = {Basis.SIGHTING, Basis.INFERRED_DROP_OFF, Basis.SEALED_OR_EXPUNGED, Basis.SOURCE_GAP, Basis.UNKNOWN}


def events_of(
    record: int, runs: Sequence[Run], looks: Sequence[Look] | LookLine, rule: CustodyRule
) -> tuple[CustodyEvent, ...]:
    """The events of a record, in order of when they had happened at the latest; none twice.

    `runs` and `looks` may come in any order, repeated or in pieces. `looks` are all of the source, or at least those
    from `confidence.LOOKS_BEFORE` complete ones before the first run on; give a `look_line` to ask about many records.
    A withdrawn record has one event, that it was withdrawn; one that is told again later begins anew then.
    """
    line = look_line(looks)
    laid = lay_out(runs, line)
    if not laid or is_held_back(laid, line):
        return ()
    if laid[-1].stay.withdrawn:
        return (_sealed(record, laid[-1]),)
    history = history_of(record, laid, line, rule)
    once: dict[int, CustodyEvent] = {}
    for event in (_as_old_as(each, history.line, rule.lag) for each in _events(history)):
        if event.id not in once or event.concluded_from < once[event.id].concluded_from:
            once[event.id] = event
    return tuple(sorted(once.values(), key=_order))


def _as_old_as(event: CustodyEvent, line: LookLine, lag: timedelta) -> CustodyEvent:
    """The event, if it rests on looks, as early as it may have been when what they show was `lag` old, or had stood
    still."""
    earliest = line.surely_true_at(event.during.earliest) - lag
    if event.basis not in _BY_LOOKS or earliest == event.during.earliest:
        return event
    return replace(event, during=Interval(earliest, event.during.latest))


def history_of(record: int, laid: Sequence[Run], line: LookLine, rule: CustodyRule) -> History:
    """What counts of runs that are laid out and do not end in a withdrawal: those after the last one."""
    withdrawn = max((at for at, run in enumerate(laid) if run.stay.withdrawn), default=-1)
    since = laid[withdrawn].last if withdrawn >= 0 else None
    return History(record, tuple(laid[withdrawn + 1 :]), line, rule, since)


def _events(history: History) -> Iterator[CustodyEvent]:
    if (custody := custody_part(history)) is not None:
        for stay in stays_of(custody):
            yield from custody_events(stay)
    if (court := court_part(history)) is not None:
        yield from court_events(court)
    if (supervision := supervision_part(history)) is not None:
        yield from supervision_events(supervision)


def _sealed(record: int, withdrawn: Run) -> CustodyEvent:
    """The one event of a withdrawn record: it tells when it was withdrawn, and nothing of what had been said."""
    during = Interval(withdrawn.first, withdrawn.first)
    return CustodyEvent(record, EventKind.SEALED, during, Basis.SEALED_OR_EXPUNGED, 1.0, "withdrawn", withdrawn.first)


def _order(event: CustodyEvent) -> tuple[object, ...]:
    return event.during.latest, event.during.earliest, event.kind.value, event.detail, event.id
