"""Ties: pairs of records that share a blocking key and weigh at least the floor.

Marks (`resolve.marks`) are sorted, so that the records of one key are neighbours. Their pairs are looked at as they are
met, never all listed: a pair whose digests show that it cannot reach the floor goes no further. What is left is
weighed, each pair once however many keys it shares. Shares of keys are dealt to threads; each kernel is without the
interpreter's lock.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from eyre.resolve.digest import COLUMNS, Digests, digests_of
from eyre.resolve.each_once import each_once
from eyre.resolve.in_threads import in_threads
from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.keys import Keys
from eyre.resolve.layout import SCALE, Features, Int8, Int32, Int64, UInt64, units, word
from eyre.resolve.marks import NO_MARKS, Marks, marks_of_keys
from eyre.resolve.model import Model, MostInBlock
from eyre.resolve.reach import may_reach
from eyre.resolve.weigh import room_for, weigh_pairs

HISTOGRAM_BITS = 64
"""Weights are counted from -64 to 64 bits ..."""
HISTOGRAM_STEPS = 8
"""... in eighths of a bit; what lies beyond is counted at the ends."""

_STEPS = 2 * HISTOGRAM_BITS * HISTOGRAM_STEPS
_PAIRS_AT_ONCE = 1 << 16
_ROOM = 1 << 18
_NEAR = 1 << 10  # records whose digests are gathered at once: 64 KiB of them


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
    """What is looked for: pairs that may weigh `floor` by their digests, under keys of not more than `most`
    records."""

    digests: Digests
    shift: int
    most: MostInBlock
    floor: int


class _Near(NamedTuple):
    """Records that share keys, side by side: their rows and digests, and for each where the records of its key end."""

    row: Int32
    end: Int32
    digest: Int32


def tie_records(features: Features, model: Model, keys: Keys, *, floor_bits: float) -> Tied:
    """Weigh every pair of rows under one of `keys`, and keep those of at least `floor_bits`."""
    return tie_marked(features, model, marks_of_keys(keys, len(features.sex)), floor_bits=floor_bits)


def tie_marked(features: Features, model: Model, marks: Marks, *, floor_bits: float) -> Tied:
    """As `tie_records`, with the keys as marks, whose shares are given up as they are used."""
    weights = model.weight_array()
    floor = round(floor_bits * SCALE)
    met, capped = _met(marks, _Search(digests_of(features, weights), marks.shift, model.most, floor))

    def weigh(rows: tuple[int, int]) -> tuple[Ties, Int64]:
        left, right = _pairs_among(met, rows)
        out = room_for(len(left))
        weigh_pairs(features, weights, left, right, out)
        step = np.clip(out.total // (SCALE // HISTOGRAM_STEPS) + _STEPS // 2, 0, _STEPS - 1)
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

    def look(share: UInt64) -> UInt64:
        out = np.empty(len(share) // 8, dtype=np.uint64)
        while (many := _list_sample(share, (marks.shift, model.most.any, model.most.loose, step), out)) > len(out):
            out = np.empty(many, dtype=np.uint64)
        return out[:many]

    left, right = _pairs_among([_distinct(pairs) for pairs in in_threads(look, marks.shares)], (0, marks.rows))
    ends = (left % step == 0).astype(np.int8) + (right % step == 0).astype(np.int8)
    return Sample(left, right, ends, -(-marks.rows // step))


def _met(marks: Marks, search: _Search) -> tuple[list[UInt64], int]:
    """The pairs under one key, but for those whose digests cannot reach the floor, in lots; and how many keys were not
    followed. A pair is one number, `left << 32 | right`; a lot ascends and has no pair twice."""
    room = max(_NEAR, *search.most)

    def look(at: int) -> tuple[list[UInt64], int]:
        share, marks.shares[at] = marks.shares[at], NO_MARKS
        row, end = np.empty((2, room), dtype=np.int32)
        near = _Near(row, end, np.empty((room, COLUMNS), dtype=np.int32))
        state = np.zeros(4, dtype=np.int64)
        lots = []
        while state[0] < len(share) or state[1] < state[2]:
            out = np.empty(_ROOM, dtype=np.uint64)
            lots.append(_distinct(out[: _list_pairs(share, search, near, state, out)]))
        return lots, int(state[3])

    looked = in_threads(look, range(len(marks.shares)))
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


@inline_kernel
def _end_of_run(marks: UInt64, a: int, shift: int) -> int:
    """Where the marks end that have the key of mark `a`."""
    key = marks[a] >> shift
    end = a + 1
    while end < len(marks) and marks[end] >> shift == key:
        end += 1
    return end


@inline_kernel
def _most_of(mark: int, usual: int, loose: int) -> int:
    """How many records may share the key of a mark, whose highest bit tells whether it is loose."""
    return loose if word(mark) >> word(63) else usual


@inline_kernel
def _gather(marks: UInt64, search: _Search, near: _Near, state: Int64) -> int:
    """Fill `near` with the records of as many keys as it has room for, from mark `state[0]` on; returns how many they
    are. Their digests lie all over memory: fetched one after another the fetches overlap, as they do not when each is
    waited for to be compared."""
    shift = word(search.shift)
    low = (word(1) << shift) - word(1)
    a = state[0]
    filled = 0
    while a < len(marks):
        end = _end_of_run(marks, a, shift)
        if end - a > _most_of(marks[a], search.most.any, search.most.loose):
            state[3] += 1
        elif end - a > 1:
            if filled + end - a > len(near.row):
                break
            last = filled + end - a
            for at in range(a, end):
                near.row[filled] = units(marks[at] & low)
                near.end[filled] = last
                filled += 1
        a = end
    state[0] = a
    for at in range(filled):
        for column in range(COLUMNS):
            near.digest[at, column] = search.digests.row[near.row[at], column]
    return filled


@kernel
def _list_pairs(marks: UInt64, search: _Search, near: _Near, state: Int64, out: UInt64) -> int:
    """Fill `out` with pairs, from where `state` says that the last call ended: the mark to go on from, the record of
    `near` to go on from and how many it has, and how many keys were not followed so far. Returns how many pairs there
    are."""
    met = 0
    while True:
        for at in range(state[1], state[2]):
            end = near.end[at]
            if len(out) - met < end - at:
                state[1] = at
                return met
            i, mine = near.row[at], near.digest[at]
            for other in range(at + 1, end):
                j = near.row[other]
                if i != j and may_reach(search.digests, mine, near.digest[other], search.floor):
                    out[met] = word(i) << word(32) | word(j)
                    met += 1
        state[1] = 0
        state[2] = 0
        if state[0] == len(marks):
            return met
        state[2] = _gather(marks, search, near, state)


@kernel
def _list_sample(marks: UInt64, sought: tuple[int, int, int, int], out: UInt64) -> int:
    """Fill `out`, as far as it goes, with the pairs of which one row is a multiple of a step, and return how many there
    are; `sought` are the marks' shift, the most records under a key and under a loose one, and the step."""
    shift, step = word(sought[0]), sought[3]
    low = (word(1) << shift) - word(1)
    met = 0
    a = 0
    while a < len(marks):
        end = _end_of_run(marks, a, shift)
        if end - a <= _most_of(marks[a], sought[1], sought[2]):
            for at in range(a, end):
                i = units(marks[at] & low)
                if i % step != 0:
                    continue
                for other in range(a, end):
                    j = units(marks[other] & low)
                    if i != j and (other > at or j % step != 0):
                        if met < len(out):
                            out[met] = word(min(i, j)) << word(32) | word(max(i, j))
                        met += 1
        a = end
    return met
