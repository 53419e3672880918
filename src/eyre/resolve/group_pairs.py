"""Pairs of records that one grouping puts together: the raw material of errors."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from eyre.resolve.layout import Int32, Int64


class GroupPairs(NamedTuple):
    """Pairs of rows of one group, `left` < `right`. `whole`: whether they are all of them."""

    left: Int32
    right: Int32
    whole: bool


def pairs_within(label: Int64, rows: Int32, most: int) -> GroupPairs:
    """The pairs of `rows` (ascending) that have one label (`label[k]` is that of `rows[k]`).

    Where there are more than `most`, the smallest groups' pairs, so that one monstrous group hides no other.
    """
    order = np.argsort(label, kind="stable")
    _, start, sizes = np.unique(label[order], return_index=True, return_counts=True)
    by_size = np.argsort(sizes, kind="stable")
    pairs = np.cumsum(sizes[by_size].astype(np.int64) * (sizes[by_size] - 1) // 2)
    kept = by_size[pairs <= most]
    within = np.zeros(len(label), dtype=np.int64)  # at each place of `order`, how many of its group come after
    place = _ranges(start[kept], sizes[kept])
    within[place] = np.repeat(start[kept] + sizes[kept], sizes[kept]) - place - 1
    left = np.repeat(np.arange(len(label)), within)
    right = _ranges(np.arange(1, len(label) + 1), within)
    return GroupPairs(rows[order[left]], rows[order[right]], len(kept) == len(sizes))


def _ranges(start: NDArray[np.integer[Any]], length: NDArray[np.integer[Any]]) -> Int64:
    """`start[k], start[k] + 1, ...`, `length[k]` of them, for each `k`."""
    before = np.cumsum(length) - length
    ranges: Int64 = np.arange(int(length.sum()), dtype=np.int64) + np.repeat(start - before, length)
    return ranges
