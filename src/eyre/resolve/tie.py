"""Ties: pairs of records that share a blocking key and weigh at least the floor.

Keys are sorted with their rows in one 64-bit word each; the records of one key are then neighbours, and their pairs
are weighed in cache-sized lots as they are met, never all listed. A pair with several keys in common is weighed at the
first of them only. Runs of keys are dealt to threads; each kernel is without the interpreter's lock.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from eyre.resolve.kernel import inline_kernel, pair_kernel
from eyre.resolve.keys import Keys
from eyre.resolve.layout import SCALE, Features, Int8, Int32, Int64, UInt64, word
from eyre.resolve.model import Model
from eyre.resolve.weigh import room_for, weigh_pairs

HISTOGRAM_BITS = 64
"""Weights are counted from -64 to 64 bits ..."""
HISTOGRAM_STEPS = 8
"""... in eighths of a bit; what lies beyond is counted at the ends."""

_STEPS = 2 * HISTOGRAM_BITS * HISTOGRAM_STEPS
_PAIRS_AT_ONCE = 1 << 17


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


class _Index(NamedTuple):
    """Keys by row (ascending in each), and the runs of rows that share a key: `rows[start[r]:start[r + 1]]`. `mark` is
    the part of the run's key that was sorted by; `capped`: marks of keys that are not followed, ascending."""

    row_offset: Int64
    keys: UInt64
    rows: Int32
    start: Int64
    mark: UInt64
    shift: int
    capped: UInt64


def tie_records(features: Features, model: Model, keys: Keys, *, floor_bits: float) -> Tied:
    """Weigh every pair of rows under one key, and keep those of at least `floor_bits`."""
    index = _index_of(keys, len(features.sex), model.most_in_block)
    sizes = np.diff(index.start)
    weights = model.weight_array()
    floor = round(floor_bits * SCALE)

    def weigh(runs: tuple[int, int]) -> tuple[Ties, Int64]:
        room = int((sizes[runs[0] : runs[1]] * (sizes[runs[0] : runs[1]] - 1) // 2).sum())
        left, right = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32)
        met = _pairs_of_runs(index, runs[0], runs[1], left, right)
        out = room_for(met)
        weigh_pairs(features, weights, left[:met], right[:met], out)
        step = np.clip(out.total.astype(np.int64) * HISTOGRAM_STEPS // SCALE + _STEPS // 2, 0, _STEPS - 1)
        enough = out.total >= floor
        ties = Ties(left[:met][enough], right[:met][enough], out.total[enough])
        return ties, np.bincount(step, minlength=_STEPS).astype(np.int64)

    with ThreadPoolExecutor(os.cpu_count() or 1) as threads:
        found = list(threads.map(weigh, _shares(sizes)))
    ties = Ties(*(np.concatenate([each[0][at] for each in found] or [np.zeros(0, np.int32)]) for at in range(3)))
    histogram = np.sum([each[1] for each in found] or [np.zeros(_STEPS, dtype=np.int64)], axis=0)
    return Tied(ties, histogram, len(index.capped))


def pairs_of_sample(features: Features, model: Model, keys: Keys, rows: int) -> Sample:
    """The candidate pairs of about so many records, evenly taken."""
    count = len(features.sex)
    step = max(count // max(rows, 1), 1)
    index = _index_of(keys, count, model.most_in_block)
    sizes = np.diff(index.start)
    empty = np.zeros(0, dtype=np.int32)
    found = [(empty, empty, empty.astype(np.int8))]
    for first, last in _shares(sizes):
        room = int((sizes[first:last] * (sizes[first:last] - 1) // 2).sum())
        left, right = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32)
        met = _pairs_of_runs(index, first, last, left, right)
        ends = (left[:met] % step == 0).astype(np.int8) + (right[:met] % step == 0)
        found.append((left[:met][ends > 0], right[:met][ends > 0], ends[ends > 0]))
    left, right, ends = (np.concatenate(column) for column in zip(*found, strict=True))
    return Sample(left, right, ends, -(-count // step))


def _index_of(keys: Keys, count: int, most_in_block: int) -> _Index:
    bits = max(int(count - 1).bit_length(), 1)
    shift = np.uint64(bits)
    own = keys.key.view(np.uint64)
    packed = (own >> shift << shift) | keys.row.astype(np.uint64)
    packed.sort()
    mark = packed >> shift
    edge = np.flatnonzero(mark[1:] != mark[:-1]) + 1
    start = np.concatenate(([0], edge, [len(packed)])).astype(np.int64) if len(packed) else np.zeros(1, dtype=np.int64)
    sizes = np.diff(start)
    first = mark[start[:-1]]
    shared = (sizes > 1) & (sizes <= most_in_block)
    rows = (packed & np.uint64((1 << bits) - 1)).astype(np.int32)
    capped = np.sort(first[sizes > most_in_block])
    return _Index(
        row_offset=np.searchsorted(keys.row, np.arange(count + 1)).astype(np.int64),
        keys=own,
        rows=rows[np.repeat(shared, sizes)],
        start=np.concatenate(([0], np.cumsum(sizes[shared]))).astype(np.int64),
        mark=first[shared],
        shift=bits,
        capped=capped,
    )


def _shares(sizes: Int64) -> Iterator[tuple[int, int]]:
    """Ranges of runs with about as many pairs each."""
    pairs = np.concatenate(([0], np.cumsum(sizes * (sizes - 1) // 2)))
    cuts = np.searchsorted(pairs, np.arange(0, int(pairs[-1]), _PAIRS_AT_ONCE), side="left")
    edges = np.unique(np.append(cuts, len(sizes)))
    yield from zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)


@inline_kernel
def _is_capped(capped: UInt64, mark: int) -> bool:
    low = 0
    high = len(capped)
    while low < high:
        middle = (low + high) // 2
        if capped[middle] < mark:
            low = middle + 1
        else:
            high = middle
    return bool(low < len(capped) and capped[low] == mark)


@inline_kernel
def _first_met(index: _Index, mark: int, i: int, j: int) -> bool:
    """Whether the key of this run is the first that both rows have and that is followed."""
    a = index.row_offset[i]
    b = index.row_offset[j]
    shift = word(index.shift)
    while a < index.row_offset[i + 1] and b < index.row_offset[j + 1]:
        left = index.keys[a]
        right = index.keys[b]
        if left < right:
            a += 1
        elif right < left:
            b += 1
        else:
            own = left >> shift
            if own >= mark:
                return bool(own == mark)
            if len(index.capped) == 0 or not _is_capped(index.capped, own):
                return False
            a += 1
            b += 1
    return False


@pair_kernel
def _pairs_of_runs(index: _Index, first: int, last: int, left: Int32, right: Int32) -> int:
    """Fill in the pairs of runs `first` to `last` that are met there first; returns how many."""
    met = 0
    for run in range(first, last):
        for a in range(index.start[run], index.start[run + 1]):
            for b in range(a + 1, index.start[run + 1]):
                i = index.rows[a]
                j = index.rows[b]
                if i != j and _first_met(index, index.mark[run], i, j):
                    left[met] = i
                    right[met] = j
                    met += 1
    return met
