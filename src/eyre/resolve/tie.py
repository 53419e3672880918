"""Ties: pairs of records that share a blocking key and weigh at least the floor.

Marks (`resolve.marks`) are sorted, so that the records of one key are neighbours. Their pairs are looked at as they are
met, never all listed: a pair whose digests show that it cannot reach the floor goes no further. What is left is
weighed, each pair once however many keys it shares. Shares of keys are dealt to threads; each kernel is without the
interpreter's lock.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from eyre.resolve.digest import Digests, digests_of
from eyre.resolve.each_once import each_once
from eyre.resolve.in_threads import in_threads
from eyre.resolve.kernel import kernel
from eyre.resolve.keys import Keys
from eyre.resolve.layout import SCALE, Features, Int8, Int32, Int64, UInt64, units, word
from eyre.resolve.marks import Marks, marks_of_keys
from eyre.resolve.model import Model
from eyre.resolve.reach import reach
from eyre.resolve.weigh import room_for, weigh_pairs

HISTOGRAM_BITS = 64
"""Weights are counted from -64 to 64 bits ..."""
HISTOGRAM_STEPS = 8
"""... in eighths of a bit; what lies beyond is counted at the ends."""

_STEPS = 2 * HISTOGRAM_BITS * HISTOGRAM_STEPS
_PAIRS_AT_ONCE = 1 << 16
_ROOM = 1 << 18
_BEYOND = 1 << 60


class Ties(NamedTuple):
    """Pairs that tie rows into components: `left` < `right` and the match weight in 1/1024 bit."""

    left: Int32
    right: Int32
    weight: Int32


class Tied(NamedTuple):
    """Ties, and of all the pairs that were weighed how many lie in each step of weight (see `HISTOGRAM_STEPS`).
    `capped_keys`: keys that were not followed because too many of the records at hand share them."""

    ties: Ties
    histogram: Int64
    capped_keys: int


class Sample(NamedTuple):
    """Every candidate pair of some records with any others: `left` < `right`, and how many of a pair's two records
    belong to the sample; `rows`: how many records the sample has."""

    left: Int32
    right: Int32
    ends: Int8
    rows: int


class _Search(NamedTuple):
    """What is looked for: pairs of which one row is a multiple of `step`, under keys of not more than `most_in_block`
    records."""

    shift: int
    most_in_block: int
    step: int
    floor: int


def tie_records(features: Features, model: Model, keys: Keys, *, floor_bits: float) -> Tied:
    """Weigh every pair of rows under one of `keys`, and keep those of at least `floor_bits`."""
    return tie_marked(features, model, marks_of_keys(keys, len(features.sex)), floor_bits=floor_bits)


def tie_marked(features: Features, model: Model, marks: Marks, *, floor_bits: float) -> Tied:
    """As `tie_records`, with the keys as marks."""
    weights = model.weight_array()
    floor = round(floor_bits * SCALE)
    search = _Search(marks.shift, model.most_in_block, 1, floor)
    met, capped = _met(marks, search, digests_of(features, weights))

    def weigh(rows: tuple[int, int]) -> tuple[Ties, Int64]:
        left, right = _pairs_among(met, rows)
        out = room_for(len(left))
        weigh_pairs(features, weights, left, right, out)
        step = np.clip(out.total.astype(np.int64) * HISTOGRAM_STEPS // SCALE + _STEPS // 2, 0, _STEPS - 1)
        enough = out.total >= floor
        counts = np.bincount(step, minlength=_STEPS).astype(np.int64)
        return Ties(left[enough], right[enough], out.total[enough]), counts

    found = in_threads(weigh, _ranges(met, marks.rows))
    ties = Ties(*(np.concatenate([each[0][at] for each in found] or [np.zeros(0, np.int32)]) for at in range(3)))
    histogram = np.sum([each[1] for each in found] or [np.zeros(_STEPS, dtype=np.int64)], axis=0)
    return Tied(ties, histogram, capped)


def pairs_of_sample(features: Features, model: Model, marks: Marks, rows: int) -> Sample:
    """The candidate pairs of about so many records, evenly taken."""
    step = max(marks.rows // max(rows, 1), 1)
    search = _Search(marks.shift, model.most_in_block, step, -_BEYOND)
    met, _ = _met(marks, search, digests_of(features, model.weight_array()))
    left, right = _pairs_among(met, (0, marks.rows))
    ends = (left % step == 0).astype(np.int8) + (right % step == 0).astype(np.int8)
    return Sample(left, right, ends, -(-marks.rows // step))


def _met(marks: Marks, search: _Search, digests: Digests) -> tuple[list[UInt64], int]:
    """The pairs under one key, but for those whose digests cannot reach the floor, in lots; and how many keys were not
    followed. A pair is one number, `left << 32 | right`; a lot ascends and has no pair twice."""

    def look(share: UInt64) -> tuple[list[UInt64], int]:
        state = np.zeros(3, dtype=np.int64)
        lots = []
        while state[0] < len(share):
            out = np.empty(_ROOM, dtype=np.uint64)
            lots.append(_distinct(out[: _list_pairs(share, search, digests, state, out)]))
        return lots, int(state[2])

    looked = in_threads(look, marks.shares)
    return [lot for lots, _ in looked for lot in lots], sum(capped for _, capped in looked)


def _ranges(lots: list[UInt64], rows: int) -> list[tuple[int, int]]:
    """Ranges of left rows with about as many pairs each."""
    many = max(sum(map(len, lots)) // _PAIRS_AT_ONCE, 1)
    edges = np.unique(np.linspace(0, rows, many + 1).astype(np.int64)).tolist()
    return list(pairwise(edges))


def _pairs_among(lots: list[UInt64], rows: tuple[int, int]) -> tuple[Int32, Int32]:
    """The distinct pairs whose left row is in a range, ascending."""
    edges = np.array(rows, dtype=np.uint64) << np.uint64(32)
    slices = [lot[slice(*np.searchsorted(lot, edges).tolist())] for lot in lots]
    pairs = _distinct(np.concatenate([np.zeros(0, dtype=np.uint64), *slices]))
    return (pairs >> np.uint64(32)).astype(np.int32), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int32)


def _distinct(pairs: UInt64) -> UInt64:
    """Ascending, each pair once."""
    pairs.sort()
    return each_once(pairs)


@kernel
def _list_pairs(marks: UInt64, search: _Search, digests: Digests, state: Int64, out: UInt64) -> int:
    """Fill `out` with pairs, from where `state` says that the last call ended: the mark to go on from, the end of its
    run (0 for one not begun), and how many runs were too long so far. Returns how many pairs there are."""
    shift = word(search.shift)
    low = (word(1) << shift) - word(1)
    met = 0
    a = state[0]
    end = state[1]
    while a < len(marks):
        if end == 0:
            end = a + 1
            key = marks[a] >> shift
            while end < len(marks) and marks[end] >> shift == key:
                end += 1
            if end - a > search.most_in_block:
                state[2] += 1
                a = end
        while a < end:
            if len(out) - met < end - a:
                state[0], state[1] = a, end
                return met
            i = units(marks[a] & low)
            mine = i % search.step == 0
            for b in range(a + 1, end):
                j = units(marks[b] & low)
                if i == j or not (mine or j % search.step == 0):
                    continue
                if reach(digests, i, j) >= search.floor:
                    out[met] = word(i) << word(32) | word(j)
                    met += 1
            a += 1
        end = 0
    state[0], state[1] = a, 0
    return met
