"""What is compared of a few persons is, to the byte, what is compared of them among many."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from eyre.model.person import IDENTIFIER_TYPES, Address, Birth, BirthBasis, Identifier, Person, PersonName
from eyre.normalise.address import NOWHERE
from eyre.resolve.features_of_few import features_of_few
from eyre.resolve.frequency import Frequencies
from eyre.resolve.keys import keys_of
from eyre.resolve.model import Model, default_model
from eyre.resolve.pack_features import each_record, pack_features
from eyre.resolve.search_keys import search_keys_of
from eyre.resolve.text_hash import hash_text, hash_texts
from tests.laws.families import Said, crowded, families
from tests.laws.thoroughness import QUICK
from tests.resolve.invented import features
from tests.resolve.test_texts import CASED, HARD, JOINED, PHONES

MODEL = default_model()
SHELTER = replace(
    MODEL,
    frequencies=replace(
        MODEL.frequencies,
        street={"n main st": 0.001, "quarry ridge rd": 0.0001},
        postal={"85901": 0.01},
        city={"azure": 0.1},
        address={"120 n main st": 0.01, "4417 quarry ridge rd": 0.02},
        january_first=0.05,
    ),
)
TEXTS = st.just("") | CASED | JOINED | PHONES | st.sampled_from(HARD) | st.text(max_size=30)
DAYS = st.dates(date(1890, 1, 1), date(2020, 12, 31)) | st.just(date(1990, 1, 1))
BIRTHS = st.builds(
    lambda one, other, said, basis: Birth(min(one, other), max(one, other), basis, said),
    DAYS,
    DAYS,
    st.sampled_from(["", "1990-02-30", "19900231", "1990"]),
    st.sampled_from(BirthBasis),
) | DAYS.map(lambda day: Birth(day, day, BirthBasis.DATE, str(day)))
ADDRESSES = st.builds(Address, *[TEXTS] * len(NOWHERE), TEXTS)
PERSONS = st.builds(
    Person,
    st.lists(st.builds(PersonName, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS), max_size=3).map(tuple),
    st.lists(BIRTHS, max_size=2).map(tuple),
    st.lists(TEXTS | st.sampled_from(["M", "f", "male"]), max_size=2).map(tuple),
    st.lists(st.builds(Identifier, st.sampled_from(list(IDENTIFIER_TYPES)), TEXTS, TEXTS), max_size=3).map(tuple),
    st.lists(ADDRESSES, max_size=2).map(tuple),
    st.lists(TEXTS, max_size=2).map(tuple),
    st.lists(TEXTS, max_size=2).map(tuple),
)


def same_of(persons: Sequence[Person], frequencies: Frequencies) -> None:
    few, many = features_of_few(persons, frequencies), features(persons, replace(MODEL, frequencies=frequencies))
    assert each_record(pack_features(few)) == each_record(pack_features(many))
    for made in (lambda of: keys_of(of, MODEL), search_keys_of):
        assert [column.tolist() for column in made(few)] == [column.tolist() for column in made(many)]


@QUICK
@given(st.lists(PERSONS, max_size=4), st.sampled_from([MODEL, SHELTER]))
def test_whatever_is_said(persons: list[Person], model: Model) -> None:
    same_of(persons, model.frequencies)


@QUICK
@given(st.lists(crowded(), max_size=2), families(), st.sampled_from([MODEL, SHELTER]))
def test_of_families(persons: list[Person], said: Said, model: Model) -> None:
    same_of(persons + [each.person for each in said.records], model.frequencies)


@given(st.text())
def test_a_text_alone_has_the_same_hash(text: str) -> None:
    assert hash_text(text) == hash_texts([text])[0]
