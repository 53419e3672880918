"""What the pairs between two groups of records say: their standing, as clustering reckons it, and which to show."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from eyre.resolve import level as lv
from eyre.resolve.cluster import TRUSTS
from eyre.resolve.layout import SCALE, Features, Int32, Int64
from eyre.resolve.model import Model
from eyre.resolve.weigh import Weighed, room_for, weigh_pairs

Groups = tuple[Int32, Int32]
"""The rows of two groups."""

_PAIRS_AT_ONCE = 1 << 20
_NO_COMPARISON = (lv.PRIOR, lv.KINSHIP)


class Telling(NamedTuple):
    """Of the pairs between two groups the one to ask about, `left` < `right`, and the least and the greatest weight of
    any of them in 1/1024 bit."""

    left: int
    right: int
    least: int
    greatest: int


def standings(features: Features, model: Model, groups: Sequence[Groups]) -> Int64:
    """The standing of each two groups (`resolve.cluster`) in 1/1024 bit, rounded down as in a merge tree."""
    conflict, clip, clash = (round(bits * SCALE) for bits in (model.conflict, model.clip, model.clash))
    found = [np.zeros(0, dtype=np.int64)]
    for some in _lots(groups):
        left, right = (np.concatenate(rows) for rows in zip(*map(_between, some), strict=True))
        votes = np.clip(_weighed(features, model, left, right).vote.astype(np.int64), -conflict, clip)
        count = np.array([len(one) * len(other) for one, other in some], dtype=np.int64)
        start = np.cumsum(count) - count
        total, best, worst = (each.reduceat(votes, start) for each in (np.add, np.maximum, np.minimum))
        trust = np.where(worst <= -clash, 0, round(model.trust * TRUSTS))
        found.append((total * (TRUSTS - trust) + best * trust * count) // (TRUSTS * count))
    return np.concatenate(found)


def telling_pair(features: Features, model: Model, groups: Groups) -> Telling:
    """The pair that compares the most, of those the heaviest, of those the first."""
    left, right = _between(groups)
    out = _weighed(features, model, left, right, explained=True)
    compared = np.count_nonzero(np.delete(out.part, _NO_COMPARISON, axis=1), axis=1)
    best = int(np.lexsort((right, left, -out.total.astype(np.int64), -compared))[0])
    return Telling(int(left[best]), int(right[best]), int(out.total.min()), int(out.total.max()))


def _between(groups: Groups) -> Groups:
    """Every pair of a row of the one and a row of the other, the smaller row first."""
    one, other = groups
    left, right = np.repeat(one, len(other)), np.tile(other, len(one))
    return np.minimum(left, right), np.maximum(left, right)


def _weighed(features: Features, model: Model, left: Int32, right: Int32, *, explained: bool = False) -> Weighed:
    out = room_for(len(left), explained=explained)
    weigh_pairs(features, model.weight_array(), left, right, out)
    return out


def _lots(groups: Sequence[Groups]) -> Iterator[Sequence[Groups]]:
    """`groups` in lots of about `_PAIRS_AT_ONCE` pairs of rows."""
    many = np.cumsum([len(one) * len(other) for one, other in groups], dtype=np.int64)
    edges = np.unique([0, *np.flatnonzero(np.diff(many // _PAIRS_AT_ONCE)) + 1, len(groups)]).tolist()
    for first, last in pairwise(edges):
        yield groups[first:last]
