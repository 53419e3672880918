"""The custody of a person, across sources: each stay once, with everybody who tells of it, and what else happened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from eyre.custody.stay_word import StayWord, stay_words
from eyre.custody.timeline import TimelineStay, person_timeline
from eyre.ids import format_record_id
from eyre.model.custody_event import CustodyEvent, Interval
from eyre.model.field_group import FieldGroup
from eyre.model.record import RecordClass
from eyre.resolve.model import Model
from eyre.service.person_around import around, oldest_first
from eyre.service.show_person import Freshness
from eyre.store.freshness import last_deliveries
from eyre.store.open_store import Store
from eyre.store.reader import ReaderSession
from eyre.store.reader_events import visible_events
from eyre.store.said_record import SaidRecord

_HELD = (RecordClass.CUSTODY, RecordClass.CORRECTIONS)


@dataclass(frozen=True, slots=True)
class StayTold:
    """What one source says of a stay: when it began and ended, and how each is known."""

    source: str
    record: str
    facility: str
    began: Interval
    began_basis: str
    ended: Interval | None
    ended_basis: str
    ended_kind: str
    confidence: float


@dataclass(frozen=True, slots=True)
class StayShown:
    """One stay: its state and as of when, when it began and ended (several intervals where sources disagree), where it
    was, and each source's word."""

    state: str
    as_of: datetime | None
    disagree: bool
    facilities: tuple[str, ...]
    began: tuple[Interval, ...]
    ended: tuple[Interval, ...]
    told: tuple[StayTold, ...]


@dataclass(frozen=True, slots=True)
class EventShown:
    """An event of a record, with the source that it rests on."""

    kind: str
    during: Interval
    basis: str
    confidence: float
    detail: str
    source: str
    record: str
    concluded_from: datetime


@dataclass(frozen=True, slots=True)
class PersonCustody:
    """`person` is the id of the oldest visible record. Stays and events are the latest first; `freshness` tells when
    each source last gave a complete delivery."""

    person: str
    purpose: str
    stays: tuple[StayShown, ...]
    events: tuple[EventShown, ...]
    freshness: tuple[Freshness, ...]


def custody_person(session: ReaderSession, model: Model, record: int, store: Store) -> PersonCustody:
    """The custody of the person that `record` is of. Raises `NotFoundError` for what the view does not show."""
    found = around(session, model, record)
    said = oldest_first(session.said(found.same_person(record)))
    events = visible_events(session, [each.id for each in said])
    sources = sorted({each.source for each in said})
    with store.writer.connection() as writer:
        complete = last_deliveries(writer, sources)
    fresh: dict[str, datetime | None] = {source: complete.get(source) for source in sources}
    source_of = {each.id: each.source for each in said}
    return PersonCustody(
        person=format_record_id(said[0].id),
        purpose=session.view.purpose,
        stays=tuple(map(_stay, person_timeline(_words(said, events), fresh))),
        events=tuple(_event(event, source_of) for event in reversed(events)),
        freshness=tuple(Freshness(source, at) for source, at in fresh.items()),
    )


def _words(said: Sequence[SaidRecord], events: Sequence[CustodyEvent]) -> list[StayWord]:
    words: list[StayWord] = []
    for each in said:
        if each.record_class in _HELD:
            booking = each.parts.get(FieldGroup.CUSTODY, {}).get("booking", {})
            own = [event for event in events if event.record == each.id]
            words += stay_words(each.source, booking.get("facility") or each.source, own)
    return words


def _stay(stay: TimelineStay) -> StayShown:
    return StayShown(
        state=stay.state.value,
        as_of=stay.as_of,
        disagree=stay.disagree,
        facilities=stay.facilities,
        began=stay.began,
        ended=stay.ended,
        told=tuple(map(_told, stay.words)),
    )


def _told(word: StayWord) -> StayTold:
    over = word.ended or word.gone
    return StayTold(
        source=word.source,
        record=format_record_id(word.record),
        facility=word.facility,
        began=word.began.during,
        began_basis=word.began.basis.value,
        ended=word.left,
        ended_basis=over.basis.value if over else "",
        ended_kind=over.kind.value if over else "",
        confidence=over.confidence if over else word.began.confidence,
    )


def _event(event: CustodyEvent, source_of: Mapping[int, str]) -> EventShown:
    return EventShown(
        kind=event.kind.value,
        during=event.during,
        basis=event.basis.value,
        confidence=event.confidence,
        detail=event.detail,
        source=source_of[event.record],
        record=format_record_id(event.record),
        concluded_from=event.concluded_from,
    )
