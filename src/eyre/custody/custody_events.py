"""The events of one stay in a jail or prison."""

from collections.abc import Iterator

from eyre.custody.booked import begin_events
from eyre.custody.changed import change_events
from eyre.custody.gone import gone_event, reappearances
from eyre.custody.stays import History, booking_of
from eyre.custody.told_end import corrections_of_end, end_event, moment_of_end, told_ends
from eyre.model.custody_event import CustodyEvent, EventKind


def custody_events(history: History) -> Iterator[CustodyEvent]:
    """Everything that `history`, which is of one stay, lets conclude."""
    told = tuple(booking_of(run).booked_at for run in history.runs)
    begin = list(begin_events(history, told, EventKind.BOOKED, "booked_at", moment_of_end(history)))
    yield from begin
    yield from change_events(history)
    yield from corrections_of_end(history)
    yield from reappearances(history, [end is not None for end in told_ends(history)])
    ended = end_event(history, begin[-1].during) or gone_event(history, EventKind.RELEASED)
    if ended is not None:
        yield ended
