"""A record goes into parts and comes back as it was; a part that is masked tells nothing."""

import json
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from hypothesis import given
from hypothesis import strategies as st

from eyre.model.field_group import ALL_GROUPS, PERSON_GROUPS, FieldGroup
from eyre.model.justice import Booking, Case, Charge, Hold, Supervision
from eyre.model.parts import person_from_parts, record_from_parts, record_to_parts
from eyre.model.person import IDENTIFIER_TYPES, Address, Birth, BirthBasis, Identifier, NameKind, Person, PersonName
from eyre.model.record import Record, RecordClass

T = TypeVar("T")
texts = st.text(max_size=8)
said = st.text(min_size=1, max_size=8)
days = st.dates(min_value=date(1900, 1, 1), max_value=date(2030, 1, 1))


def births() -> st.SearchStrategy[Birth]:
    return st.builds(
        lambda ends, basis, said_as: Birth(min(ends), max(ends), basis, said_as),
        st.tuples(days, days),
        st.sampled_from(BirthBasis),
        texts,
    )


def names() -> st.SearchStrategy[PersonName]:
    return st.builds(PersonName, texts, texts, said, texts, texts, st.sampled_from(NameKind))


def some(each: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(each, max_size=2).map(tuple)


persons = st.builds(
    Person,
    names=some(names()),
    births=some(births()),
    sexes=some(said),
    identifiers=some(st.builds(Identifier, st.sampled_from(sorted(IDENTIFIER_TYPES)), said, texts)),
    addresses=some(st.builds(Address, *[texts] * 6, said)),
    phones=some(said),
    emails=some(said),
)
records = st.builds(
    Record,
    source=said,
    key=said,
    record_class=st.sampled_from(RecordClass),
    as_of=st.datetimes(timezones=st.just(UTC)),
    person=persons,
    booking=st.none() | st.builds(Booking, said, *[texts] * 9),
    holds=some(st.builds(Hold, said, texts)),
    charges=some(st.builds(Charge, said, *[texts] * 9)),
    case=st.none() | st.builds(Case, said, *[texts] * 6),
    supervision=st.none() | st.builds(Supervision, said, *[texts] * 5),
)


def back(record: Record, visible: FieldGroup = ALL_GROUPS) -> Record:
    parts = {group: body for group, body in record_to_parts(record).items() if group & visible}
    return record_from_parts(record.source, record.key, record.record_class, record.as_of, parts)


@given(records)
def test_a_record_comes_back_as_it_was(record: Record) -> None:
    assert back(record) == record


@given(records)
def test_parts_survive_json(record: Record) -> None:
    parts = record_to_parts(record)
    read = {FieldGroup(int(group)): body for group, body in json.loads(json.dumps(parts)).items()}
    assert read == parts
    assert person_from_parts(read) == record.person


def empties(body: Any) -> list[Any]:
    """Everything in a body that says nothing."""
    if body in ("", None, [], {}):
        return [body]
    within = body.values() if isinstance(body, dict) else body if isinstance(body, list) else []
    return [found for each in within for found in empties(each)]


@given(records)
def test_nothing_empty_is_kept(record: Record) -> None:
    assert empties({group.name: body for group, body in record_to_parts(record).items()} or "said nothing") == []


@given(records, st.integers(min_value=0, max_value=1023).map(FieldGroup))
def test_a_masked_part_tells_nothing(record: Record, visible: FieldGroup) -> None:
    seen = back(record, visible)
    assert set(record_to_parts(seen)) == {group for group in record_to_parts(record) if group & visible}
    if not visible & PERSON_GROUPS:
        assert seen.person == Person()


def test_what_is_not_said_has_no_part() -> None:
    silent = Record("oz-rill-jail", "17", RecordClass.CUSTODY, datetime(2026, 11, 23, tzinfo=UTC))
    assert record_to_parts(silent) == {}
