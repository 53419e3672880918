"""A person: everything that the records of one say, under a view."""

from dataclasses import dataclass
from datetime import datetime

from eyre.ids import format_record_id
from eyre.resolve.model import Model
from eyre.service.person_around import around, oldest_first
from eyre.service.person_fields import PersonField, person_fields
from eyre.service.timeline import TimelineLine, timeline
from eyre.store.freshness import last_deliveries
from eyre.store.open_store import Store
from eyre.store.reader import ReaderSession


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """One of a person's records; instants in UTC."""

    record: str
    source: str
    record_class: str
    first_said_at: datetime
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Freshness:
    """The instant for which a source last gave a complete delivery; `None` if it never did."""

    source: str
    complete_as_of: datetime | None


@dataclass(frozen=True, slots=True)
class PersonProfile:
    """`person` is the id of the oldest visible record; any record's id leads here. `cut` tells that the records around
    were too many to follow all."""

    person: str
    purpose: str
    records: tuple[PersonRecord, ...]
    fields: tuple[PersonField, ...]
    timeline: tuple[TimelineLine, ...]
    freshness: tuple[Freshness, ...]
    cut: bool


def show_person(session: ReaderSession, model: Model, record: int, store: Store) -> PersonProfile:
    """The person that `record` is of. Raises `NotFoundError` for a record that the view does not show."""
    found = around(session, model, record)
    said = oldest_first(session.said(found.same_person(record)))
    sources = sorted({each.source for each in said})
    with store.writer.connection() as writer:
        complete = last_deliveries(writer, sources)
    return PersonProfile(
        person=format_record_id(said[0].id),
        purpose=session.view.purpose,
        records=tuple(
            PersonRecord(format_record_id(each.id), each.source, each.record_class, each.first_said_at, each.as_of)
            for each in said
        ),
        fields=person_fields(said),
        timeline=timeline(said),
        freshness=tuple(Freshness(source, complete.get(source)) for source in sources),
        cut=found.cut,
    )
