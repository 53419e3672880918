"""Pairs within groups, against all combinations."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from eyre.resolve.group_pairs import GroupPairs, pairs_within


def found(labels: list[int], most: int) -> tuple[list[tuple[int, int]], GroupPairs]:
    rows = np.arange(len(labels), dtype=np.int32) * 2  # rows need not follow each other
    pairs = pairs_within(np.array(labels, dtype=np.int64), rows, most)
    return sorted(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)), pairs


@given(st.lists(st.integers(0, 4), max_size=15))
def test_every_pair_of_a_group_is_there_once(labels: list[int]) -> None:
    pairs, told = found(labels, 1_000)
    assert pairs == [(2 * a, 2 * b) for a, b in combinations(range(len(labels)), 2) if labels[a] == labels[b]]
    assert told.whole


def test_where_there_are_too_many_the_smallest_groups_are_kept() -> None:
    pairs, told = found([7, 7, 7, 7, 3, 3, 5, 5], 3)
    assert pairs == [(8, 10), (12, 14)]
    assert not told.whole
