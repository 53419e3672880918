"""Ties are exactly the pairs that share a key and weigh the floor, whatever is told from digests alone."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eyre.model.person import Person
from eyre.resolve.keys import keys_of
from eyre.resolve.layout import SCALE
from eyre.resolve.marks import marks_of
from eyre.resolve.model import ENOUGH, Model, default_model
from eyre.resolve.postings import postings_of
from eyre.resolve.tie import pairs_of_sample, tie_posted, tie_records
from eyre.resolve.weigh import room_for, weigh_pairs
from tests.laws.families import Said, crowded, families
from tests.resolve.invented import features, person

MODEL = default_model()
QUICK = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def ties_by_hand(persons: list[Person], model: Model, floor: float) -> dict[tuple[int, int], int]:
    """The ties of every two of `persons`, weighed one and all."""
    f = features(persons, model)
    made = keys_of(f, model)
    distinct, many = np.unique(made.key, return_counts=True)
    counts = dict(zip(distinct.tolist(), model.most.counts(distinct, many).tolist(), strict=True))
    keys = [set(made.key[made.row == row].tolist()) for row in range(len(persons))]
    left, right = (side.astype(np.int32) for side in np.triu_indices(len(persons), 1))
    out = room_for(len(left))
    weigh_pairs(f, model.weight_array(), left, right, out)
    weighed = zip(left.tolist(), right.tolist(), out.total.tolist(), strict=True)
    return {
        (i, j): weight
        for i, j, weight in weighed
        if sum(counts[key] for key in keys[i] & keys[j]) >= ENOUGH and weight >= floor * SCALE
    }


def ties_of(persons: list[Person], model: Model, floor: float) -> dict[tuple[int, int], int]:
    """The ties as they are found."""
    f = features(persons, model)
    ties = tie_records(f, model, keys_of(f, model), floor_bits=floor).ties
    again = tie_posted(f, model, postings_of(marks_of(f, model), model.most), floor_bits=floor).ties
    assert all(np.array_equal(one, other) for one, other in zip(ties, again, strict=True))
    return dict(zip(zip(ties.left.tolist(), ties.right.tolist(), strict=True), ties.weight.tolist(), strict=True))


@QUICK
@given(families(most=8), st.lists(crowded(), max_size=3), st.data())
def test_every_pair_that_weighs_the_floor_is_tied(said: Said, more: list[Person], data: st.DataObject) -> None:
    persons = [each.person for each in said.records] + more
    moved = data.draw(st.lists(st.floats(-6, 6), min_size=len(MODEL.weights), max_size=len(MODEL.weights)))
    weights = {name: bits + by for (name, bits), by in zip(MODEL.weights.items(), moved, strict=True)}
    strict = replace(MODEL, weights=weights, most_alone=0, most_in_loose=3)
    for model in (MODEL, strict):
        for floor in (-12.0, 0.0, 6.0):
            assert ties_of(persons, model, floor) == ties_by_hand(persons, model, floor)


@pytest.mark.parametrize(
    "pair",
    [
        ("Quentin Abernathy", "Abernathy Quentin"),
        ("Maria de la Cruz", "Maria Cruz"),
        ("Bartholomew Unger", "Bart Unger"),
        ("Jo Ann Fitzwilliam", "Ann Fitzwilliam"),
        ("Katherine Dimock", "Catherine Dimmock"),
        ("Wu", "Li Wu"),
    ],
)
def test_names_that_are_alike_in_any_way_are_tied(pair: tuple[str, str]) -> None:
    persons = [person(name, "1971-03-04", social="219-09-1234") for name in pair]
    assert ties_of(persons, MODEL, 0.0) == ties_by_hand(persons, MODEL, 0.0)
    assert len(ties_of(persons, MODEL, 0.0)) == 1


def test_a_sample_has_all_pairs_of_its_records() -> None:
    persons = [person(f"{name} Abernathy", "1971-03-04") for name in ("Ada", "Bea", "Cleo", "Dora", "Edda", "Fay")]
    f = features(persons, MODEL)
    sample = pairs_of_sample(postings_of(marks_of(f, MODEL), MODEL.most, sampled=2), MODEL)
    assert sample.rows == 2
    pairs = set(zip(sample.left.tolist(), sample.right.tolist(), sample.ends.tolist(), strict=True))
    assert pairs == {
        (i, j, (i % 3 == 0) + (j % 3 == 0)) for i in range(6) for j in range(i + 1, 6) if not (i % 3 and j % 3)
    }
