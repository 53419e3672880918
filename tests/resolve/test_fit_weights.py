"""Fitting weights: what each part of a pair was made of, what is counted, and how far that moves a weight."""

from dataclasses import replace
from math import log2

import numpy as np
import pytest

from eyre.resolve import level as lv
from eyre.resolve.fit.fit_judged import Verdicts, fit_judged, log_loss
from eyre.resolve.fit.fit_weights import MOST_MOVE, PRIOR_PAIRS, FittedWeight, Tallies, fit_weights
from eyre.resolve.fit.leave_out import PARTS_OF, leave_out, rows_saying
from eyre.resolve.fit.shares import FORMS, SHARES, Kind, counted, tally
from eyre.resolve.fit.used_weights import MANY_SLOTS, NOT_COMPARED, part_of, used_weights
from eyre.resolve.model import default_model
from eyre.resolve.weigh import room_for, weigh_pairs
from eyre.resolve.weights import INDEX, NAMES
from tests.resolve.invented import ELSEWHERE, HOME, features, person

MODEL = default_model()
PEOPLE = [
    person("Marisol Ines Quintero", "1984-03-09", home=HOME, social="512-04-7788", phone="555-301-2210", sex="F"),
    person("Marisol Ines Quintero", "1984-03-09", home=HOME, social="512-04-7788", phone="555-301-2210", sex="F"),
    person("Marisol I Ostrander", "1984-09-03", home=ELSEWHERE, social="512-04-7789", phone="555-301-9999", sex="F"),
    person("M Quintera Jr", "1971-11-30", sex="M"),
    person("Quintero Marisol", "1984-03-19"),
]


def slots(left: int, right: int) -> dict[int, str]:
    """The weight of each part of a pair that one weight made."""
    found = used_weights(features(PEOPLE, MODEL), MODEL, np.array([left], np.int32), np.array([right], np.int32)).slot[
        0
    ]
    return {part: NAMES[at] for part, at in enumerate(found.tolist()) if 0 <= at < len(NAMES)}


@pytest.mark.parametrize(
    ("pair", "told"),
    [
        (
            (0, 1),
            "given_exact middle_exact surname_exact birth_exact sex_same ssn_same address_same phone_same",
        ),
        (
            (0, 2),
            "given_exact middle_initial surname_differs_female birth_swapped sex_same ssn_slip phone_differs",
        ),
        ((0, 3), "given_initial surname_typo birth_differs sex_differs"),
        ((0, 4), "names_swapped birth_slip"),
    ],
)
def test_each_part_tells_the_weight_that_made_it(pair: tuple[int, int], told: str) -> None:
    found = slots(*pair)
    assert set(found.values()) >= set(told.split())
    assert all(part_of(name) == part for part, name in found.items())


def test_probing_leaves_the_weights_as_they_are() -> None:
    some = features(PEOPLE, MODEL)
    left, right = np.array([0, 0, 1], np.int32), np.array([1, 2, 3], np.int32)
    plain = room_for(3)
    weigh_pairs(some, MODEL.weight_array(), left, right, plain)
    assert np.array_equal(used_weights(some, MODEL, left, right).weighed.total, plain.total)


def test_what_is_not_said_is_not_compared() -> None:
    found = used_weights(features(PEOPLE, MODEL), MODEL, np.array([3], np.int32), np.array([4], np.int32)).slot[0]
    assert found[lv.NUMBER] == found[lv.PHONE] == found[lv.ADDRESS] == NOT_COMPARED


@pytest.mark.parametrize("field", list(PARTS_OF))
def test_a_field_that_is_left_out_says_nothing_and_the_others_say_what_they_said(field: str) -> None:
    some = features(PEOPLE, MODEL)
    left, right = np.array([0], np.int32), np.array([1], np.int32)
    before, now = used_weights(some, MODEL, left, right), used_weights(leave_out(some, field), MODEL, left, right)
    parts = list(PARTS_OF[field])
    others = [part for part in range(1, lv.KINSHIP) if part not in parts]
    assert (now.weighed.level[0, parts] == lv.MISSING).all()
    assert (now.weighed.part[0, parts] == 0).all()
    assert np.array_equal(now.slot[0, others], before.slot[0, others])
    assert not rows_saying(leave_out(some, field), field).any()


def test_it_is_known_which_rows_say_a_field() -> None:
    said = {field: rows_saying(features(PEOPLE, MODEL), field).nonzero()[0].tolist() for field in PARTS_OF}
    assert said == {
        "given_name": [0, 1, 2, 3, 4],
        "surname": [0, 1, 2, 3, 4],
        "generation": [3],
        "birth_date": [0, 1, 2, 3, 4],
        "sex": [0, 1, 2, 3],
        "identifier": [0, 1, 2],
        "address": [0, 1, 2],
        "phone": [0, 1, 2],
        "email": [],
    }


def test_there_is_no_such_field() -> None:
    with pytest.raises(ValueError, match="no field `shoe_size`"):
        leave_out(features(PEOPLE, MODEL), "shoe_size")


def test_every_share_is_of_weights_that_are_there_and_of_its_own_part() -> None:
    assert {share.name for share in SHARES} <= set(MODEL.weights)
    assert len({share.name for share in SHARES}) == len(SHARES)
    for share in SHARES:
        assert share.name in share.among
        assert {part_of(name) for name in share.among} == {share.part}


def test_a_level_is_counted_among_the_pairs_that_could_show_it() -> None:
    some = features(PEOPLE, MODEL)
    left, right = np.array([0, 0, 0], np.int32), np.array([1, 2, 3], np.int32)
    counts = tally(some, used_weights(some, MODEL, left, right), left, right)
    share = {each.name: each for each in SHARES}
    assert counted(counts, share["given_exact"]) == (2, 2)  # the initial could not have been the whole name
    assert counted(counts, share["given_initial"]) == (1, 1)
    assert counted(counts, share["birth_exact"]) == (1, 3)
    assert counted(counts, share["surname_differs_female"]) == (1, 3)
    assert counted(counts, share["surname_differs"]) == (0, 0)
    halves = tally(some, used_weights(some, MODEL, left, right), left, right, np.full(3, 0.5))
    assert np.array_equal(halves * 2, counts)


def tallies(of: dict[str, tuple[float, float]]) -> Tallies:
    """Counts of one person's pairs and of strangers', by weight, of women without addresses."""
    matched, random = np.zeros((MANY_SLOTS, FORMS)), np.zeros((MANY_SLOTS, FORMS))
    for name, (one, two) in of.items():
        matched[INDEX[name], 1], random[INDEX[name], 1] = one, two
    return Tallies(matched, random, np.zeros_like(matched))


def fitted(of: dict[str, tuple[float, float]]) -> dict[str, FittedWeight]:
    return {each.name: each for each in fit_weights(MODEL, tallies(of))}


def test_with_many_pairs_a_weight_is_that_of_the_counts() -> None:
    found = fitted({"sex_same": (970_000, 500_000), "sex_differs": (30_000, 500_000)})
    assert found["sex_same"].after == pytest.approx(log2(0.97 / 0.5), abs=0.01)
    assert found["sex_differs"].after == pytest.approx(log2(0.03 / 0.5), abs=0.01)
    names = fitted({"given_exact": (700_000, 10), "given_typo": (300_000, 0)})
    assert names["given_exact"].after == pytest.approx(log2(0.7), abs=0.01)
    assert names["given_typo"].after == pytest.approx(log2(0.3), abs=0.01)


def test_with_few_pairs_a_weight_hardly_moves() -> None:
    found = fitted({"given_exact": (0, 0), "given_typo": (3, 0)})["given_exact"]
    assert -0.1 < found.after - found.before < 0
    assert found.m == pytest.approx(PRIOR_PAIRS * 2.0**found.before / (PRIOR_PAIRS + 3))


def test_what_was_not_counted_stays() -> None:
    assert fitted({}) == {}
    assert "given_close" not in fitted({"given_close": (50, 3), "given_exact": (50, 10)})  # u of three pairs


def test_no_weight_moves_beyond_the_bound() -> None:
    found = fitted({"sex_same": (0, 500_000), "sex_differs": (1_000_000, 500_000)})
    assert found["sex_same"].before - found["sex_same"].after == MOST_MOVE
    assert found["sex_differs"].after - found["sex_differs"].before == MOST_MOVE


def test_an_identifier_keeps_how_rare_it_is() -> None:
    found = fitted({"ssn_same": (800_000, 0), "ssn_differs": (200_000, 1_000_000)})
    m = 1 - 2.0 ** MODEL.weights["ssn_differs"]
    assert found["ssn_same"].after == pytest.approx(MODEL.weights["ssn_same"] + log2(0.8 / m), abs=0.01)
    assert found["ssn_same"].u is None
    assert {share.kind for share in SHARES if share.name.endswith("_same")} > {Kind.REST}


def test_pairs_that_share_a_key_count_a_little_for_u() -> None:
    of = tallies({"sex_same": (9_000, 50_000), "sex_differs": (1_000, 50_000)})
    of.blocked[INDEX["sex_same"], 1] = 1_000
    found = {each.name: each for each in fit_weights(MODEL, of)}
    assert found["sex_same"].u == pytest.approx(0.5 + 0.1 * (1.0 - 0.5))


def verdicts(same: bool, many: int) -> Verdicts:
    return Verdicts(np.zeros(many, np.int32), np.full(many, 2, np.int32), np.full(many, same))


def test_judgements_move_what_their_pairs_showed_the_further_the_more_there_are() -> None:
    some = features(PEOPLE, MODEL)
    model = replace(MODEL, duplicates=2.0, population=1e12)
    few, many = ({each.name: each for each in fit_judged(some, model, verdicts(True, count))} for count in (1, 30))
    assert few.keys() == many.keys() == set(slots(0, 2).values())
    assert 0 < few["given_exact"].after - few["given_exact"].before <= many["given_exact"].after + 0.25
    assert sum(each.after - each.before for each in many.values()) > sum(
        each.after - each.before for each in few.values()
    )
    assert (few["given_exact"].matched, many["given_exact"].matched_of) == (1, 30)


def test_judgements_that_only_say_what_is_known_move_nothing() -> None:
    sure = Verdicts(np.array([0], np.int32), np.array([1], np.int32), np.array([True]))
    assert all(each.after == each.before for each in fit_judged(features(PEOPLE, MODEL), MODEL, sure))
    none = Verdicts(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, bool))
    assert fit_judged(features(PEOPLE, MODEL), MODEL, none) == ()


def test_log_loss_is_a_bit_for_who_knows_nothing() -> None:
    same = np.array([True, False])
    assert log_loss(np.zeros(2), same) == 1.0
    assert log_loss(np.array([20.0, -20.0]), same) == pytest.approx(0, abs=1e-5)
    assert log_loss(np.array([-3.0, -3.0]), same) > 1.0
