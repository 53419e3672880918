"""Small histories of one record, written as a line of looks and messages, and the events that follow as lines.

    `10:00 in, 10:15 in!, 10:30 -, 10:45 -~, 2T11:00 +out`

A time of 1 March 2026 in UTC (or of another day), and what was said of the record then: a name of a stay or `-` for
nothing; `!` marks a look that ended early, `~` an older copy, `+` a message. Other rows make each look 50 rows long.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from eyre.custody.events_of import events_of
from eyre.custody.judge_looks import judge_looks
from eyre.custody.look import Look, LookFacts
from eyre.custody.note_message import note_message
from eyre.custody.note_snapshot import note_snapshot
from eyre.custody.rule import CustodyRule
from eyre.custody.run import Run, Stay
from eyre.custody.seen import Seen
from eyre.model.custody_event import CustodyEvent, Interval
from eyre.model.justice import Booking, Charge
from eyre.model.record import RecordClass
from eyre.model.release_signal import ReleaseSignal

RECORD = 7
OTHERS = 50
UTC_ZONE = ZoneInfo("UTC")

DROP_OFF = CustodyRule(RecordClass.CUSTODY, ReleaseSignal.DROP_OFF, UTC_ZONE)
EXPLICIT = CustodyRule(RecordClass.CUSTODY, ReleaseSignal.EXPLICIT, UTC_ZONE)
WINDOW = CustodyRule(RecordClass.CUSTODY, ReleaseSignal.WINDOW, UTC_ZONE, window=timedelta(days=2))
PROJECTED = CustodyRule(RecordClass.CUSTODY, ReleaseSignal.PROJECTED_ONLY, UTC_ZONE)
PUSHED = CustodyRule(RecordClass.CUSTODY, ReleaseSignal.PUSH_DELETE, UTC_ZONE)

HELD = Stay(Booking(booking_number="B1", facility="Azure County Jail", status="in custody"))


def booked(charges: tuple[Charge, ...] = (), **told: str) -> Stay:
    """A stay under booking B1 unless another number is told."""
    return Stay(Booking(**{"booking_number": "B1", **told}), charges=charges)


def at(text: str) -> datetime:
    """`10:15` on 1 March 2026, `4T10:15` on the 4th."""
    day, _, time = text.rpartition("T")
    hour, minute = map(int, time.split(":"))
    return datetime(2026, 3, int(day or 1), hour, minute, tzinfo=UTC)


def seen(line: str, stays: Mapping[str, Stay]) -> Seen:
    """What a source was seen to say."""
    gathered = Seen()
    for word in line.split(","):
        time, said = word.split()
        stay = stays.get(said.strip("!~+"))
        if said.startswith("+"):
            assert stay is not None
            gathered = note_message(gathered, at(time), RECORD, stay)
            continue
        assert stay is not None or said.startswith("-"), said
        facts = LookFacts(at(time), OTHERS, ended_early="!" in said, repeats="~" in said)
        gathered = note_snapshot(gathered, facts, {RECORD: stay} if stay is not None else {})
    return gathered


def looks_of(gathered: Seen, rule: CustodyRule) -> tuple[Look, ...]:
    return judge_looks(gathered.facts, rule)


def runs_and_looks(
    rule: CustodyRule, line: str, stays: Mapping[str, Stay] | None = None
) -> tuple[tuple[Run, ...], tuple[Look, ...]]:
    gathered = seen(line, {"in": HELD, **(stays or {})})
    return gathered.runs_of(RECORD), looks_of(gathered, rule)


def story(rule: CustodyRule, line: str, **stays: Stay) -> list[str]:
    """The events that follow, each as `kind, interval, basis, detail`; `in` is a stay that is always known."""
    runs, looks = runs_and_looks(rule, line, stays)
    return [told(event) for event in events_of(RECORD, runs, looks, rule)]


def events(rule: CustodyRule, line: str, **stays: Stay) -> tuple[CustodyEvent, ...]:
    """As `story`, as values."""
    runs, looks = runs_and_looks(rule, line, stays)
    return events_of(RECORD, runs, looks, rule)


def told(event: CustodyEvent) -> str:
    """One event as a line."""
    line = f"{event.kind.value} {span(event.during)} {event.basis.value}"
    return f"{line}: {event.detail}" if event.detail else line


def span(during: Interval) -> str:
    """An interval as it is written in `story`; one instant as one time."""
    ends = [instant(during.earliest), instant(during.latest)]
    return ends[0] if during.earliest == during.latest else "..".join(ends)


def instant(moment: datetime) -> str:
    """As `at` reads it; a time that is not whole minutes is shown to the second."""
    if (moment.year, moment.month) != (2026, 3):
        return moment.strftime("%Y-%m-%dT%H:%M")
    time = moment.strftime("%H:%M:%S" if moment.second else "%H:%M")
    return time if moment.day == 1 else f"{moment.day}T{time}"
