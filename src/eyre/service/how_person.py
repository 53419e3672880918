"""How the records of a person came together: the steps of clustering, as a merge tree."""

from dataclasses import dataclass

from eyre.ids import format_record_id
from eyre.model.field_group import FieldGroup
from eyre.resolve.explain import explain_person
from eyre.resolve.model import Model
from eyre.service.person_around import around, oldest_first
from eyre.service.value_text import name_text
from eyre.store.reader import ReaderSession
from eyre.store.said_record import SaidRecord


@dataclass(frozen=True, slots=True)
class Leaf:
    """A record: its source and the name that it says."""

    record: str
    source: str
    name: str


@dataclass(frozen=True, slots=True)
class Step:
    """Two groups of records became one: the records of each, and the evidence between them in bits."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    average_bits: float


@dataclass(frozen=True, slots=True)
class How:
    """`steps` in the order in which they were made; the last one made the person. A lone record has none."""

    person: str
    purpose: str
    model: str
    leaves: tuple[Leaf, ...]
    steps: tuple[Step, ...]


def how_person(session: ReaderSession, model: Model, record: int) -> How:
    """How the person of `record` came together. Raises `NotFoundError` for a record that the view does not show."""
    found = around(session, model, record)
    said = oldest_first(session.said(found.same_person(record), FieldGroup.NAME))
    names = [format_record_id(int(each)) for each in found.records]
    steps = explain_person(found.features, model, found.ties, found.judged, found.row_of(record))
    return How(
        person=format_record_id(said[0].id),
        purpose=session.view.purpose,
        model=model.label,
        leaves=tuple(Leaf(format_record_id(each.id), each.source, _name(each)) for each in said),
        steps=tuple(
            Step(tuple(names[row] for row in step.left), tuple(names[row] for row in step.right), step.average_bits)
            for step in steps
        ),
    )


def _name(said: SaidRecord) -> str:
    names = said.parts.get(FieldGroup.NAME, {}).get("names", [])
    return name_text(names[0]) if names else ""
