"""Stages and patterns of wrong pairs, from levels and keys laid out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eyre.resolve import level as lv
from eyre.resolve.error_pattern import PATTERNS, STAGES, patterns_of, shared_keys, stages_of_missed
from eyre.resolve.keys import Keys
from eyre.resolve.model import DOUBTFUL, MostInBlock
from eyre.resolve.weigh import Weighed

KIN = np.zeros((1, lv.PARTS, 3), dtype=np.int32)
SAME = {lv.GIVEN: lv.EXACT, lv.SURNAME: lv.EXACT, lv.BIRTH: lv.EXACT, lv.SEX: lv.EXACT}


def pattern(levels: dict[int, int], *, missed: bool = False) -> str:
    level = np.zeros((1, lv.PARTS), dtype=np.int8)
    level[0, list(levels)] = list(levels.values())
    nothing = np.zeros(1, dtype=np.int32)
    (found,) = patterns_of(
        Weighed(nothing, nothing, np.zeros((1, lv.PARTS), dtype=np.int32), level, KIN), missed=missed
    )
    assert found in PATTERNS
    return found


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (SAME, "other"),
        (SAME | {lv.KINSHIP: lv.HOUSEHOLD}, "household"),
        (SAME | {lv.KINSHIP: lv.TWIN, lv.GIVEN: lv.DIFFERS}, "twin"),
        (SAME | {lv.KINSHIP: lv.NAMESAKE}, "namesake"),
        (SAME | {lv.SURNAME: lv.DIFFERS, lv.GIVEN: lv.DIFFERS}, "surname_differs"),
        (SAME | {lv.GIVEN: lv.DIFFERS, lv.BIRTH: lv.DIFFERS}, "given_name_differs"),
        (SAME | {lv.BIRTH: lv.SAME_YEAR}, "birth_date_differs"),
        (SAME | {lv.BIRTH: lv.SLIP}, "other"),
        ({lv.GIVEN: lv.EXACT, lv.SURNAME: lv.EXACT}, "little_to_compare"),
        ({lv.PRIOR: lv.EXACT}, "little_to_compare"),
    ],
)
def test_a_pair_is_told_by_the_first_thing_that_it_shows(levels: dict[int, int], expected: str) -> None:
    assert pattern(levels) == expected


def test_a_missed_pair_with_two_surnames_is_a_name_change_before_it_is_kin() -> None:
    levels = SAME | {lv.SURNAME: lv.DIFFERS, lv.KINSHIP: lv.HOUSEHOLD}
    assert (pattern(levels), pattern(levels, missed=True)) == ("household", "surname_differs")


def test_a_missed_pair_was_lost_at_the_first_stage_that_lost_it() -> None:
    low, shares, followed = (np.array(each, dtype=bool) for each in ((1, 1, 1, 0), (0, 1, 1, 1), (0, 0, 1, 1)))
    stages = stages_of_missed(low, shares, followed)
    assert stages == ["no_shared_key", "keys_not_followed", "scored_low", "parted"]
    assert set(stages) <= set(STAGES)


KEYS = st.sampled_from([-3, -2, 1, 2, DOUBTFUL + 1, DOUBTFUL + 2])  # those below nought are loose and doubtful


@given(
    st.lists(st.sets(KEYS, max_size=3), min_size=2, max_size=6),
    st.builds(MostInBlock, st.integers(1, 4), st.integers(1, 4), st.integers(0, 4)),
)
def test_shared_keys_are_those_that_both_have_and_few_enough_records(rows: list[set[int]], most: MostInBlock) -> None:
    pairs = [(a, b) for b in range(len(rows)) for a in range(b)]
    flat = [(key, row) for row, own in enumerate(rows) for key in sorted(own, key=lambda each: each % 2**64)]
    key, row = np.array([each[0] for each in flat], np.int64), np.array([each[1] for each in flat], np.int32)
    left, right = (np.array(side, dtype=np.int32) for side in zip(*pairs, strict=True))
    shares, enough = shared_keys(Keys(key, row, np.zeros_like(row)), left, right, most)
    assert shares.tolist() == [bool(rows[a] & rows[b]) for a, b in pairs]
    many = {each: sum(each in own for own in rows) for each in set().union(*rows)}
    assert enough.tolist() == [are_enough(rows[a] & rows[b], many, most) for a, b in pairs]


def are_enough(shared: set[int], many: dict[int, int], most: MostInBlock) -> bool:
    followed = {key for key in shared if many[key] <= (most.loose if key < 0 else most.any)}
    return len(followed) > 1 or any(not key & DOUBTFUL or many[key] <= most.alone for key in followed)
