"""Law L4: the parts add up to the weight that was used, and the steps replay the decision."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given

from eyre.resolve import level as lv
from eyre.resolve.cluster import TRUSTS
from eyre.resolve.explain import explain_pair, explain_person
from eyre.resolve.layout import SCALE
from eyre.resolve.model import Model, default_model
from eyre.resolve.resolve_around import Around, resolve_around
from eyre.resolve.weigh import room_for, weigh_pairs
from tests.laws.families import Said, families
from tests.laws.houses import MemoryHouse, fill
from tests.laws.test_l5_agreement import ALL
from tests.laws.thoroughness import QUICK, THOROUGH

MODELS = {
    "default": default_model(),
    "clipped": replace(default_model(), clip=3.0, conflict=5.0, clash=4.0, floor=-8.0, silence=0.5),
    "components too large": replace(default_model(), most_in_component=3),
}


def resolved(said: Said, model: Model) -> Around:
    with fill(MemoryHouse(model, sighted=True), said).opened(ALL) as opened:
        return resolve_around(list(opened.everybody()), opened, model)


def parts_add_up(found: Around, model: Model) -> None:
    pairs = zip(found.ties.left.tolist(), found.ties.right.tolist(), strict=True)
    used = dict(zip(pairs, found.ties.weight.tolist(), strict=True))
    for a, b in combinations(range(len(found.records)), 2):
        explained = explain_pair(found.features, model, a, b)
        assert sum(part.units for part in explained.parts) == explained.total
        assert [part.key for part in explained.parts] == [name.key for name in lv.PART_NAMES]
        assert used.get((a, b), explained.total) == explained.total
        against = sum(min(part.units, 0) for part in explained.parts if part.key != "prior")
        assert explained.vote == max(explained.total, against - round(model.silence * SCALE))
        assert explain_pair(found.features, model, b, a) == explained


def weight_is_symmetric(found: Around, model: Model) -> None:
    pairs = np.array(list(combinations(range(len(found.records)), 2)), dtype=np.int32).reshape(-1, 2)
    left, right = pairs[:, 0].copy(), pairs[:, 1].copy()
    one, other = room_for(len(pairs), explained=True), room_for(len(pairs), explained=True)
    weigh_pairs(found.features, model.weight_array(), left, right, one)
    weigh_pairs(found.features, model.weight_array(), right, left, other)
    assert one.part.tolist() == other.part.tolist()
    assert one.level.tolist() == other.level.tolist()


def steps_replay(found: Around, model: Model) -> None:
    """The steps of every person, replayed from nothing but the votes and the judgements, end in the person."""
    for row in range(len(found.records)):
        groups = {frozenset([each]) for each in np.flatnonzero(found.person == found.person[row]).tolist()}
        for step in explain_person(found.features, model, found.ties, found.judged, row):
            left, right = frozenset(step.left), frozenset(step.right)
            assert {left, right} <= groups
            assert step.average_bits * SCALE == _standing(found, model, left, right).__floor__()
            assert _may_merge(found, model, left, right)
            groups = groups - {left, right} | {left | right}
        assert len(groups) == 1


def nothing_left_to_merge(found: Around, model: Model) -> None:
    """No two persons of one component may still be merged, unless the component was parted as implausible."""
    if len(found.records) > model.most_in_component:
        return
    persons = [frozenset(np.flatnonzero(found.person == root).tolist()) for root in set(found.person.tolist())]
    for one, other in combinations(persons, 2):
        assert not (_tied(found, one, other) and _may_merge(found, model, one, other))


def _standing(found: Around, model: Model, left: frozenset[int], right: frozenset[int]) -> Fraction:
    """The average of the bounded votes between two groups; and for a part of it, the model's trust, the best vote,
    unless two of their records clash."""
    clip, conflict, clash = (round(bits * SCALE) for bits in (model.clip, model.conflict, model.clash))
    votes = [explain_pair(found.features, model, a, b).vote for a in left for b in right]
    bounded = [min(max(vote, -conflict), clip) for vote in votes]
    trust = Fraction(0 if min(bounded) <= -clash else round(model.trust * TRUSTS), TRUSTS)
    return (1 - trust) * Fraction(sum(bounded), len(bounded)) + trust * max(bounded)


def _may_merge(found: Around, model: Model, left: frozenset[int], right: frozenset[int]) -> bool:
    between = [
        each.verdict
        for each in found.judged
        if (each.left in left and each.right in right) or (each.left in right and each.right in left)
    ]
    if min(between, default=0) < 0:
        return False
    return bool(between) or _standing(found, model, left, right) >= round(model.bar * SCALE)


def _tied(found: Around, one: frozenset[int], other: frozenset[int]) -> bool:
    pairs = zip(found.ties.left.tolist(), found.ties.right.tolist(), strict=True)
    return any((a in one and b in other) or (a in other and b in one) for a, b in pairs)


def explained(said: Said, model: Model) -> None:
    found = resolved(said, model)
    parts_add_up(found, model)
    weight_is_symmetric(found, model)
    steps_replay(found, model)
    nothing_left_to_merge(found, model)


@pytest.mark.parametrize("model", MODELS)
@QUICK
@given(families())
def test_the_parts_are_the_weight_and_the_steps_the_decision(model: str, said: Said) -> None:
    explained(said, MODELS[model])


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
@THOROUGH
@given(families())
def test_the_parts_are_the_weight_and_the_steps_the_decision_at_length(model: str, said: Said) -> None:
    explained(said, MODELS[model])
