"""Sources as Hypothesis draws them: snapshots whole and broken, messages, and rules, of a few records."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from eyre.custody.look import LookFacts
from eyre.custody.note_message import note_message
from eyre.custody.note_snapshot import note_snapshot
from eyre.custody.rule import CustodyRule
from eyre.custody.run import Stay
from eyre.custody.seen import Message, Seen, Snapshot
from eyre.model.justice import Booking, Case, Charge, Supervision
from eyre.model.record import RecordClass
from eyre.model.release_signal import ReleaseSignal
from tests.custody.story import UTC_ZONE

START = datetime(2026, 3, 1, 10, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
RECORDS = (1, 2, 3)
THEFT = Charge(description="THEFT", bond_type="cash", bond_amount="500")
STAYS = (
    Stay(Booking(booking_number="B1", status="in custody")),
    Stay(Booking(booking_number="B1", status="in custody", facility="Azure Jail"), charges=(THEFT,)),
    Stay(Booking(booking_number="B1", booked_at="2026-03-01T09:50:00Z", facility="Cinder Jail")),
    Stay(Booking(booking_number="B1", booked_at="2026-03-01T09:20:00Z")),
    Stay(Booking(booking_number="B1", status="released", release_reason="bond")),
    Stay(Booking(booking_number="B1", released_at="2026-03-01T10:50:00Z")),
    Stay(Booking(booking_number="B1", released_at="2026-03-01", release_reason="transferred")),
    Stay(Booking(booking_number="B1", released_at="2026-03-02T18:00:00Z")),
    Stay(Booking(booking_number="B2", booked_at="2026-03-01T11:20:00Z")),
    Stay(Booking(booking_number="B2")),
    Stay(),
    Stay(case=Case(docket_number="24-1", status="open", filed_on="2026-02-27"), charges=(THEFT,)),
    Stay(case=Case(docket_number="24-1", status="closed")),
    Stay(supervision=Supervision("S1", status="active")),
    Stay(supervision=Supervision("S1", status="ended", ends_on="2026-03-01")),
)
WITHDRAWN = Stay(withdrawn=True)


@dataclass(frozen=True)
class Made:
    """A source's rule, and everything that it said."""

    rule: CustodyRule
    snapshots: tuple[Snapshot, ...]
    messages: tuple[Message, ...]


def rules() -> st.SearchStrategy[CustodyRule]:
    return st.builds(
        CustodyRule,
        kind=st.sampled_from((RecordClass.CUSTODY, RecordClass.CUSTODY, *RecordClass)),
        release=st.sampled_from((ReleaseSignal.DROP_OFF, ReleaseSignal.DROP_OFF, *ReleaseSignal)),
        zone=st.just(UTC_ZONE),
        confirm=st.integers(1, 3),
        list_cap=st.sampled_from((None, 120)),
    )


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    at = START + draw(st.integers(0, 12)) * QUARTER
    rows = draw(st.dictionaries(st.sampled_from(RECORDS), st.sampled_from(STAYS[:4] * 3 + STAYS), max_size=3))
    broken = draw(st.integers(0, 5))
    facts = LookFacts(
        at,
        100 + len(rows) if broken != 1 else 20,
        declared_total=105 if broken == 2 else None,
        ended_early=broken == 3,
        repeats=broken == 4,
    )
    return Snapshot(facts, rows)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    at = START + draw(st.integers(0, 36)) * QUARTER / 3
    return Message(at, draw(st.sampled_from(RECORDS)), draw(st.sampled_from((*STAYS, WITHDRAWN))))


@st.composite
def made_sources(draw: st.DrawFn) -> Made:
    return Made(
        draw(rules()),
        tuple(draw(st.lists(snapshots(), max_size=12))),
        tuple(draw(st.lists(messages(), max_size=4))),
    )


def noted(seen: Seen, said: Snapshot | Message) -> Seen:
    """What was seen, with one snapshot or message more."""
    if isinstance(said, Message):
        return note_message(seen, said.at, said.record, said.stay)
    return note_snapshot(seen, said.facts, said.rows)


def instant_of(said: Snapshot | Message) -> datetime:
    return said.at if isinstance(said, Message) else said.facts.at
