"""Who a record that has just come turns out to be: the records of other sources that are of the same person."""

from dataclasses import dataclass

from eyre.ids import format_record_id
from eyre.model.field_group import FieldGroup
from eyre.resolve.explain import explain_pair
from eyre.resolve.model import Model
from eyre.resolve.resolve_around import Around
from eyre.service.person_around import around
from eyre.service.value_text import name_text
from eyre.store.reader import ReaderSession
from eyre.store.said_record import SaidRecord


@dataclass(frozen=True, slots=True)
class JoinedPerson:
    """A `record` of one source and the `other` record of another that speaks the most for their being of one person:
    what each calls them, and the weight of the pair. `sources` are those of all records of that person."""

    record: str
    source: str
    name: str
    other: str
    other_source: str
    other_name: str
    bits: float
    probability: float
    sources: tuple[str, ...]


def joined_person(session: ReaderSession, model: Model, record: int) -> JoinedPerson | None:
    """The person of `record` where other sources know them too. Raises `NotFoundError` for a record that the view does
    not show."""
    found = around(session, model, record)
    members = found.same_person(record)
    if len(members) == 1:
        return None
    said = session.said(members, FieldGroup.NAME)
    mine = said[record]
    others = [each for each in said.values() if each.source != mine.source]
    if not others:
        return None
    bits, probability, other = max(_weighed(found, model, record, each) for each in others)
    return JoinedPerson(
        record=format_record_id(record),
        source=mine.source,
        name=_name(mine),
        other=format_record_id(other),
        other_source=said[other].source,
        other_name=_name(said[other]),
        bits=bits,
        probability=probability,
        sources=tuple(sorted({each.source for each in said.values()})),
    )


def _weighed(found: Around, model: Model, record: int, other: SaidRecord) -> tuple[float, float, int]:
    explained = explain_pair(found.features, model, found.row_of(record), found.row_of(other.id))
    return explained.bits, explained.probability, other.id


def _name(said: SaidRecord) -> str:
    """The first name that it says; empty where the view does not show names."""
    names = said.parts.get(FieldGroup.NAME, {}).get("names", [])
    return name_text(names[0]) if names else ""
