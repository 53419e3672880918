"""What people are asked: the doubts of a view are those of its definition, nothing hidden shows in them, and what a
judgement is said to change is what it changes."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given

from eyre.model.judgement import Judgement, Verdict
from eyre.model.view import View, view_of
from eyre.resolve.cluster import TRUSTS
from eyre.resolve.explain import explain_pair, explain_person
from eyre.resolve.judged import DIFFERENT, SAME
from eyre.resolve.keys import keys_of
from eyre.resolve.layout import SCALE, Features
from eyre.resolve.model import Model, default_model
from eyre.resolve.resolve_around import Around, resolve_around
from eyre.resolve.review.doubts import DOUBT_BITS, doubts_of, groups_of, resolve_for_review
from eyre.resolve.review.effect import effect_of
from tests.laws.answers import groups_around
from tests.laws.families import CLASSES, START, Said, families, views
from tests.laws.houses import MemoryHouse, Opened, fill, only_visible
from tests.laws.thoroughness import QUICK, THOROUGH

MODEL = default_model()
MODELS = {
    "default": MODEL,
    "clipped, a high bar": replace(MODEL, clip=3.0, conflict=5.0, clash=4.0, floor=-8.0, bar=1.5, silence=0.5),
}
MOST_JUDGED = 4
ALL = view_of("test", CLASSES.values())
Doubts = dict[tuple[frozenset[int], frozenset[int], bool], int]
"""What each doubt hangs on, by the ids of its two groups and whether they are together."""


def everything(opened: Opened, model: Model) -> Around:
    return resolve_around(list(opened.everybody()), opened, model)


def doubts_in(found: Around, model: Model) -> Doubts:
    """The doubts that review finds."""
    resolved = resolve_for_review(found.features, model, found.judged)
    assert resolved.person.tolist() == found.person.tolist()
    doubts = doubts_of(resolved, model, found.judged)
    told: Doubts = {}
    for at in range(len(doubts.left)):
        one, other = (found.records[rows] for rows in groups_of(resolved, doubts, at))
        assert (len(one), len(other)) == (doubts.left_size[at], doubts.right_size[at])
        assert (min(one), min(other)) == tuple(found.records[[doubts.left[at], doubts.right[at]]])
        told[frozenset(one.tolist()), frozenset(other.tolist()), bool(doubts.together[at])] = int(doubts.units[at])
    assert len(told) == len(doubts.left)
    return told


def by_definition(found: Around, model: Model) -> Doubts:
    """Merges and refusals near the bar that no judgement settles, from explanations alone."""
    persons = {frozenset(np.flatnonzero(found.person == root).tolist()) for root in found.person.tolist()}
    told: Doubts = {}
    for person in persons:
        for step in explain_person(found.features, model, found.ties, found.judged, min(person)):
            left, right = sorted((frozenset(step.left), frozenset(step.right)), key=min)
            if SAME not in _verdicts(found, left, right):
                told[left, right, True] = round(step.average_bits * SCALE)
    keyed = _sharing_a_key(found.features, model)
    for one, other in combinations(sorted(persons, key=min), 2):
        weights = [
            explain_pair(found.features, model, a, b).total
            for a in one
            for b in other
            if (min(a, b), max(a, b)) in keyed
        ]
        near = max(weights, default=-(1 << 30))
        if near >= round((model.floor - DOUBT_BITS) * SCALE) and DIFFERENT not in _verdicts(found, one, other):
            told[one, other, False] = min(near, _standing(found, model, one, other))
    ids = found.records.tolist()
    return {
        (frozenset(ids[row] for row in left), frozenset(ids[row] for row in right), together): units
        for (left, right, together), units in told.items()
        if abs(units - round(model.bar * SCALE)) <= DOUBT_BITS * SCALE
    }


def _verdicts(found: Around, one: frozenset[int], other: frozenset[int]) -> set[int]:
    between = {(min(a, b), max(a, b)) for a in one for b in other}
    return {each.verdict for each in found.judged if (each.left, each.right) in between}


def _sharing_a_key(features: Features, model: Model) -> set[tuple[int, int]]:
    made = keys_of(features, model)
    rows_of: dict[int, set[int]] = {}
    for key, row in zip(made.key.tolist(), made.row.tolist(), strict=True):
        rows_of.setdefault(key, set()).add(row)
    return {pair for rows in rows_of.values() for pair in combinations(sorted(rows), 2)}


def _standing(found: Around, model: Model, one: frozenset[int], other: frozenset[int]) -> int:
    clip, conflict, clash = (round(bits * SCALE) for bits in (model.clip, model.conflict, model.clash))
    votes = [explain_pair(found.features, model, a, b).vote for a in one for b in other]
    bounded = [min(max(vote, -conflict), clip) for vote in votes]
    trust = Fraction(0 if min(bounded) <= -clash else round(model.trust * TRUSTS), TRUSTS)
    return ((1 - trust) * Fraction(sum(bounded), len(bounded)) + trust * max(bounded)).__floor__()


def doubts_are_those_of_the_definition(said: Said, model: Model) -> None:
    with fill(MemoryHouse(model), said).opened(ALL) as opened:
        found = everything(opened, model)
    assert doubts_in(found, model) == by_definition(found, model)


def nothing_hidden_shows(said: Said, view: View) -> None:
    with fill(MemoryHouse(MODEL), said).opened(view) as narrow:
        told = doubts_in(everything(narrow, MODEL), MODEL)
    with fill(MemoryHouse(MODEL), only_visible(said, view)).opened(ALL) as whole:
        assert told == doubts_in(everything(whole, MODEL), MODEL)


def what_is_foreseen_happens(said: Said, model: Model) -> None:
    """A few pairs judged anew, either way: the persons around them, before and after."""
    house = MemoryHouse(model)
    fill(house, said)
    with house.opened(ALL) as opened:
        before = groups_around(everything(opened, model))
        pairs = list(combinations(sorted(opened.everybody()), 2))
    for at, (left, right) in enumerate(pairs[:: len(pairs) // MOST_JUDGED + 1]):
        verdict = (Verdict.SAME, Verdict.DIFFERENT)[at % 2]
        with house.opened(ALL) as opened:
            found = resolve_around([left, right], opened, model)
        foreseen = effect_of(found, model, left, right, SAME if verdict is Verdict.SAME else DIFFERENT)
        judgement = Judgement(left, right, verdict, "clerk", "saw both", START + timedelta(days=1))
        with replace(house, judged={*house.judged, judgement}).opened(ALL) as opened:
            after = groups_around(everything(opened, model))
        assert {frozenset(each) for each in foreseen.before} == before - after
        assert {frozenset(each) for each in foreseen.after} == after - before


@pytest.mark.parametrize("model", MODELS)
@QUICK
@given(families())
def test_doubts_are_those_of_the_definition(model: str, said: Said) -> None:
    doubts_are_those_of_the_definition(said, MODELS[model])


@QUICK
@given(families(), views())
def test_nothing_hidden_shows_in_what_is_asked(said: Said, view: View) -> None:
    nothing_hidden_shows(said, view)


@QUICK
@given(families(most=8))
def test_what_a_judgement_is_said_to_change_is_what_it_changes(said: Said) -> None:
    what_is_foreseen_happens(said, MODEL)


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
@THOROUGH
@given(families())
def test_doubts_are_those_of_the_definition_at_length(model: str, said: Said) -> None:
    doubts_are_those_of_the_definition(said, MODELS[model])


@pytest.mark.slow
@THOROUGH
@given(families(), views())
def test_nothing_hidden_shows_in_what_is_asked_at_length(said: Said, view: View) -> None:
    nothing_hidden_shows(said, view)


@pytest.mark.slow
@THOROUGH
@given(families(most=8))
def test_what_a_judgement_is_said_to_change_is_what_it_changes_at_length(said: Said) -> None:
    what_is_foreseen_happens(said, MODEL)
