"""The weight of a pair: of what was said, not of the order in which it was said."""

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eyre.model.person import Address, Person
from eyre.resolve.layout import Features
from eyre.resolve.model import default_model
from eyre.resolve.weigh import room_for, weigh_pairs
from tests.laws.families import crowded
from tests.resolve.invented import ELSEWHERE, HOME, features, person

MODEL = default_model()
QUICK = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def weights(f: Features, left: list[int], right: list[int]) -> list[list[int]]:
    """Part by part, and the total, of pairs of rows."""
    out = room_for(len(left), explained=True)
    rows = np.array(left, dtype=np.int32), np.array(right, dtype=np.int32)
    weigh_pairs(f, MODEL.weight_array(), *rows, out)
    rows_of_parts = zip(out.part.tolist(), out.total.tolist(), out.vote.tolist(), strict=True)
    return [[*parts, total, vote] for parts, total, vote in rows_of_parts]


@st.composite
def reordered(draw: st.DrawFn, someone: Person) -> Person:
    """The same record, with its values in another order."""
    return replace(
        someone,
        names=tuple(draw(st.permutations(someone.names))),
        births=tuple(draw(st.permutations(someone.births))),
        identifiers=tuple(draw(st.permutations(someone.identifiers))),
        addresses=tuple(draw(st.permutations(someone.addresses))),
        phones=tuple(draw(st.permutations(someone.phones))),
    )


@QUICK
@given(crowded(), crowded())
def test_the_weight_of_two_is_the_same_either_way(one: Person, other: Person) -> None:
    there, back = weights(features([one, other], MODEL), [0, 1], [1, 0])
    assert there == back


@QUICK
@given(st.data(), crowded(), crowded())
def test_the_order_of_a_records_values_does_not_matter(data: st.DataObject, one: Person, other: Person) -> None:
    again = data.draw(reordered(one))
    plain, moved = weights(features([one, other, again], MODEL), [0, 2], [1, 1])
    assert plain == moved


def test_an_address_that_cannot_be_compared_hides_none_that_can() -> None:
    street, city = Address(house_number="12", street="Elm St"), Address(city="Azure")
    one, many = Person(addresses=(HOME,)), Person(addresses=(Address(full="HOMELESS"), street, city, ELSEWHERE))
    back = Person(addresses=many.addresses[::-1])
    found = weights(features([one, many, back, Person(addresses=(city,))], MODEL), [0, 0, 0], [1, 2, 3])
    assert found[0] == found[1] == found[2]


def test_of_two_birth_dates_as_far_off_the_nearer_tells_a_generation() -> None:
    one, near, far = (person("Robert Hayes", born) for born in ("1996-05-03", "1983-11-05", "1971-02-14"))
    both, back = (replace(one, births=(*a.births, *b.births)) for a, b in ((near, far), (far, near)))
    found = weights(features([one, both, back], MODEL), [0, 0], [1, 2])
    assert found[0] == found[1]


@QUICK
@given(st.lists(crowded(), min_size=2, max_size=5))
def test_the_weight_of_two_does_not_depend_on_who_else_is_there(persons: list[Person]) -> None:
    alone = weights(features(persons[:2], MODEL), [0], [1])
    among = weights(features(persons[::-1], MODEL), [len(persons) - 1], [len(persons) - 2])
    assert alone == among


@QUICK
@given(crowded())
def test_nothing_said_weighs_no_more_than_the_prior(someone: Person) -> None:
    (found,) = weights(features([someone, Person()], MODEL), [0], [1])
    assert found[1:-2] == [0] * len(found[1:-2])
