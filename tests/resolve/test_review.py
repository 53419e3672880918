"""Which doubts come first, and which pair of theirs is shown."""

from dataclasses import replace

import numpy as np
import pytest

from eyre.model.person import Person
from eyre.resolve.explain import explain_pair
from eyre.resolve.layout import SCALE
from eyre.resolve.model import default_model
from eyre.resolve.review.doubts import Doubts, doubts_of, resolve_for_review
from eyre.resolve.review.rank import OPEN_CUSTODY, best_first, probability, uncertainty, worth
from eyre.resolve.review.standing import standings, telling_pair
from eyre.resolve.tie import Ties
from tests.resolve.invented import ELSEWHERE, HOME, features, person

MODEL = default_model()


def doubts(*rows: tuple[int, int, int, int, float]) -> Doubts:
    """Of left, right, their sizes, and the bits that each hangs on."""
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    units = np.round(columns[4] * SCALE).astype(np.int64)
    return Doubts._make([*columns[:4], columns[4] >= 0, units, np.arange(len(rows))])


def test_even_odds_are_the_least_certain_and_both_sides_alike() -> None:
    units = np.array([0, SCALE, -SCALE, 6 * SCALE, -6 * SCALE])
    assert probability(units).tolist() == pytest.approx([1 / 2, 2 / 3, 1 / 3, 64 / 65, 1 / 65])
    found = uncertainty(units)
    assert found[0] == 1.0
    assert found[1] == pytest.approx(found[2])
    assert found[3] == pytest.approx(found[4])
    assert 0.1 < found[3] < 0.2


def test_what_is_asked_first_is_uncertain_and_matters_and_equals_come_by_their_rows() -> None:
    some = doubts((4, 9, 1, 1, 0.0), (3, 5, 1, 1, 0.0), (0, 8, 3, 2, 2.0), (1, 2, 1, 1, -5.0), (3, 4, 1, 1, 0.0))
    assert best_first(some, worth(some)).tolist() == [2, 4, 1, 0, 3]
    held = np.array([True, False, False, False, False])
    assert worth(some, held)[0] == OPEN_CUSTODY * worth(some)[0]
    assert best_first(some, worth(some, held)).tolist() == [2, 0, 4, 1, 3]


def test_the_pair_that_compares_the_most_is_shown_and_of_those_the_heaviest() -> None:
    said = [
        person("Robert Hayes", "1971-02-14"),
        person("Bob Hayes", "1971-02-14", home=HOME, sex="M"),
        person("Robert Hayes", "1971-02-17", home=HOME, sex="M"),
        person("Robert Hayes", "1971-02-14", home=ELSEWHERE, sex="M"),
    ]
    f = features(said, MODEL)
    found = telling_pair(f, MODEL, (np.array([0, 2], dtype=np.int32), np.array([1, 3], dtype=np.int32)))
    weights = {(a, b): explain_pair(f, MODEL, a, b).total for a, b in ((0, 1), (0, 3), (1, 2), (2, 3))}
    assert (found.left, found.right) == max(((1, 2), (2, 3)), key=lambda pair: weights[pair])
    assert (found.least, found.greatest) == (min(weights.values()), max(weights.values()))


def test_the_standing_of_single_records_is_the_vote_of_their_pair() -> None:
    said = [
        person("Robert Hayes", "1971-02-14", home=HOME),
        person("Marquis Hayes", "1971-02-14", home=HOME),
        person(""),
    ]
    f = features(said, MODEL)
    one = [np.array([row], dtype=np.int32) for row in range(3)]
    votes = [explain_pair(f, MODEL, a, b).vote for a, b in ((0, 1), (0, 2), (1, 2))]
    assert standings(f, MODEL, [(one[0], one[1]), (one[2], one[0]), (one[1], one[2])]).tolist() == votes


def test_where_there_is_nobody_or_nothing_near_there_is_no_doubt() -> None:
    for said in ([], [person("Robert Hayes", "1971-02-14"), person("Xiomara Zwickel", "1983-11-05")]):
        f = features(said, MODEL)
        resolved = resolve_for_review(f, MODEL, [])
        assert len(doubts_of(resolved, MODEL, []).left) == 0


@pytest.mark.parametrize("weight", [-1000, -3000])
def test_two_persons_that_say_nothing_to_each_other_are_no_nearer_than_their_heaviest_pair(weight: int) -> None:
    """Silence votes higher than it weighs, for in a group it is no conflict; but it brings nobody together."""
    resolved = resolve_for_review(features([Person(), Person()], MODEL), MODEL, [])
    one, other = (np.array([row], dtype=np.int32) for row in (0, 1))
    near = replace(resolved, near=Ties(one, other, np.array([weight], dtype=np.int32)))
    assert doubts_of(near, MODEL, []).units.tolist() == [min(weight, -round(MODEL.silence * SCALE))]
