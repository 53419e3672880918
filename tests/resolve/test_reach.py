"""What two digests allow is never less than what the pair weighs, and of most strangers and kin it is too little."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eyre.model.person import Address, NameKind, Person, PersonName
from eyre.resolve.digest import Digests, digests_of
from eyre.resolve.kernel import kernel
from eyre.resolve.layout import Int32, UInt8
from eyre.resolve.model import Model, default_model
from eyre.resolve.reach import may_reach
from eyre.resolve.weigh import room_for, weigh_pairs
from tests.laws.families import Said, crowded, families
from tests.resolve.invented import ELSEWHERE, HOME, features, person

MODEL = default_model()
QUICK = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@kernel
def _reached(d: Digests, left: Int32, right: Int32, floor: Int32, out: UInt8) -> None:
    for at in range(len(left)):
        out[at] = may_reach(d, d.row[left[at]], d.row[right[at]], floor[at])


def pairs_and_weights(persons: list[Person], model: Model) -> tuple[Digests, Int32, Int32, Int32]:
    """The digests of `persons`, and every two of them, either way round, with their weights."""
    f = features(persons, model)
    left, right = (side.astype(np.int32) for side in np.nonzero(~np.eye(len(persons), dtype=bool)))
    out = room_for(len(left))
    weigh_pairs(f, model.weight_array(), left, right, out)
    return digests_of(f, model.weight_array()), left, right, out.total


def reached(persons: list[Person], model: Model, above: int) -> list[int]:
    """For every two of `persons` whether their digests allow their own weight and `above` more."""
    d, left, right, weight = pairs_and_weights(persons, model)
    found = np.empty(len(left), dtype=np.uint8)
    _reached(d, left, right, weight + np.int32(above), found)
    return [int(each) for each in found]


@QUICK
@given(families(most=8), st.lists(crowded(), max_size=3), st.data())
def test_digests_allow_what_a_pair_weighs(said: Said, more: list[Person], data: st.DataObject) -> None:
    persons = [each.person for each in said.records] + more
    moved = data.draw(st.lists(st.floats(-8, 8), min_size=len(MODEL.weights), max_size=len(MODEL.weights)))
    weights = {name: bits + by for (name, bits), by in zip(MODEL.weights.items(), moved, strict=True)}
    for model in (MODEL, replace(MODEL, weights=weights)):
        assert all(reached(persons, model, 0))


NAMES = ("Ann", "Anne", "Annabella", "A", "Roberta", "Robert", "Bob", "Treborta", "Martha", "Marhta", "Lee")
BORN = ("1971-03-04", "1971-04-03", "1971-03-05", "1917-03-04", "1971-01-01", "1981-03-04", "1960-12-11")
SOCIAL = ("219-09-1234", "219-09-1243", "219-09-1235", "219-90-1234", "", "318-44-9021")


TWO_NAMES = replace(
    person("", "1971-03-04"), names=(PersonName(full="Ada Pringle"), PersonName(full="Ada Lovell", kind=NameKind.ALIAS))
)


@QUICK
@given(
    st.lists(
        st.tuples(
            st.sampled_from(NAMES), st.sampled_from(("", "A", "Ann", "Lee")), st.sampled_from((*NAMES, "de la Cruz")),
            st.sampled_from(BORN), st.sampled_from(SOCIAL), st.sampled_from((None, HOME, ELSEWHERE)),
        ),
        min_size=2,
        max_size=10,
    )
)  # fmt: skip
def test_digests_allow_what_near_misses_weigh(said: list[tuple[str, str, str, str, str, Address | None]]) -> None:
    persons = [
        person(f"{given} {middle} {last}", born, social=social, home=home, phone="602-555-0142")
        for given, middle, last, born, social, home in said
    ]
    assert all(reached(persons, MODEL, 0))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Ada Pringle", "1971-03-04"), person("Boris Unger", "1971-03-04")),
        (person("Ada Pringle", "1971-03-04", home=HOME), person("Boris Pringle", "1944-11-09", home=HOME)),
        (person("Ada Pringle", "1971-03-04", home=HOME), person("Boris Unger", "1971-03-04", home=ELSEWHERE)),
        (person("Mary Smith", "1971-03-04"), person("Mary Smith", "1944-11-09")),
        (TWO_NAMES, person("Boris Unger", "1971-03-04")),
    ],
)
def test_digests_tell_strangers_and_kin(one: Person, other: Person) -> None:
    d, left, right, weight = pairs_and_weights([one, other], MODEL)
    found = np.ones(len(left), dtype=np.uint8)
    _reached(d, left, right, np.zeros(len(left), dtype=np.int32), found)
    assert (weight < 0).all()
    assert not found.any()
