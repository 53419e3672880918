"""Finding a person: a transient record, weighed like any other, with a lower bar and a ranking."""

from dataclasses import dataclass

import numpy as np

from eyre.errors import InputError
from eyre.ids import format_record_id
from eyre.model.person import Person
from eyre.resolve import level as lv
from eyre.resolve.features_of_few import features_of_persons
from eyre.resolve.keys import keys_of
from eyre.resolve.known_records import KnownRecords
from eyre.resolve.layout import SCALE, Features, Int32
from eyre.resolve.model import Model
from eyre.resolve.neighbourhood import Told, told_of
from eyre.resolve.pack_features import each_record, pack_features
from eyre.resolve.resolve_around import resolve_around
from eyre.resolve.search_keys import search_keys_of
from eyre.resolve.weigh import room_for, weigh_pairs
from eyre.service.person_around import oldest_first
from eyre.service.person_fields import person_fields
from eyre.service.session_neighbourhood import SessionNeighbourhood
from eyre.store.reader import ReaderSession

LEAST_BITS = 0.0
"""Evidence, without the prior, below which a candidate is not shown: it speaks against."""
_QUESTION = -1  # the id of what is asked: no record has it
MOST_CANDIDATES = 20_000
"""Visible records beyond which a question is too wide to rank: a common name and nothing else, in a large store."""


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person that may be meant: `record` matches best, with `bits` of evidence (the prior left out)."""

    person: str
    bits: float
    record: str
    names: tuple[str, ...]
    births: tuple[str, ...]
    sources: tuple[str, ...]
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The persons, best first, at most as many as were asked for; `more` tells that there are others."""

    purpose: str
    persons: tuple[FoundPerson, ...]
    more: bool


def find_person(session: ReaderSession, model: Model, query: Person, *, limit: int = 10) -> Found:
    """The visible persons that `query` may be about. Raises `InputError` when it names nobody, or half the world."""
    near = SessionNeighbourhood(session)
    asked = features_of_persons([query], model.frequencies)
    keys = np.unique(np.concatenate([keys_of(asked, model).key, search_keys_of(asked).key]))
    if not len(keys):
        raise InputError(
            "the question names nobody", remedy="give a given name and a surname, or a birth date, number or telephone"
        )
    candidates = np.unique(session.records_by_keys(keys)[1])
    if len(candidates) > MOST_CANDIDATES:
        raise InputError(
            f"more than {MOST_CANDIDATES} records fit",
            remedy="add a birth date, an address or a number",
            code="EYRE-401",
        )
    ranked = _ranked(near.told(candidates), model, asked)
    persons: list[FoundPerson] = []
    placed: set[int] = set()
    while ranked and len(persons) < limit:
        seeds = [record for record, _ in ranked[:limit]]
        found = resolve_around(seeds, near, model)
        for record, bits in ranked[:limit]:
            if record not in placed and len(persons) < limit:
                members = found.same_person(record)
                placed.update(members)
                persons.append(_described(session, members, record, bits))
        ranked = [each for each in ranked[limit:] if each[0] not in placed]
    more = any(record not in placed for record, _ in ranked)
    return Found(session.view.purpose, tuple(persons), more)


def _ranked(candidates: Told, model: Model, asked: Features) -> list[tuple[int, float]]:
    """Candidates that speak for what is asked, with their evidence in bits; the strongest first, then by id."""
    known = KnownRecords()
    known.add(told_of({_QUESTION: each_record(pack_features(asked))[0]}))
    known.add(candidates)
    bits = _evidence(model, known.features_of(np.arange(len(known.ids))))
    records = candidates.records.tolist()
    kept = [(record, bit) for record, bit in zip(records, bits, strict=True) if bit >= LEAST_BITS]
    return sorted(kept, key=lambda each: (-each[1], each[0]))


def _evidence(model: Model, features: Features) -> list[float]:
    """Of the first row with each of the others."""
    right: Int32 = np.arange(1, len(features.sex), dtype=np.int32)
    out = room_for(len(right), explained=True)
    weigh_pairs(features, model.weight_array(), np.zeros_like(right), right, out)
    units = out.total.astype(np.int64) - out.part[:, lv.PRIOR]
    return [each / SCALE for each in units.tolist()]


def _described(session: ReaderSession, members: list[int], record: int, bits: float) -> FoundPerson:
    said = oldest_first(session.said(members))
    fields = {field.field: tuple(value.text for value in field.values) for field in person_fields(said)}
    return FoundPerson(
        person=format_record_id(said[0].id),
        bits=bits,
        record=format_record_id(record),
        names=fields.get("name", ()),
        births=fields.get("birth", ()),
        sources=tuple(sorted({each.source for each in said})),
        records=tuple(format_record_id(each.id) for each in said),
    )
