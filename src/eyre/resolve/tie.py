"""Ties: pairs of records that share blocking keys and weigh at least the floor.

Of each record the others are gone through that stand behind it under its keys (`resolve.postings`). Who shares enough
with it is looked at once: a pair whose digests show that it cannot reach the floor goes no further, what is left is
weighed. Lots of rows are dealt to threads; each kernel is without the interpreter's lock.
"""

from itertools import chain
from typing import NamedTuple

import numpy as np

from eyre.resolve.digest import COLUMNS, Digests, digests_of
from eyre.resolve.each_once import each_once
from eyre.resolve.in_threads import in_threads
from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.keys import MOST_KEYS, Keys
from eyre.resolve.layout import SCALE, Features, Int8, Int32, Int64, UInt64, Units, units, word
from eyre.resolve.marks import marks_of_keys
from eyre.resolve.model import ENOUGH, Model
from eyre.resolve.postings import LOT, Placed, Postings, placed, placed_sample, postings_of
from eyre.resolve.reach import may_reach
from eyre.resolve.weigh import room_for, weigh_pairs

HISTOGRAM_BITS = 64
"""Weights are counted from -64 to 64 bits ..."""
HISTOGRAM_STEPS = 8
"""... in eighths of a bit; what lies beyond is counted at the ends."""

_STEPS = 2 * HISTOGRAM_BITS * HISTOGRAM_STEPS
_PAIRS_AT_ONCE = 1 << 16
_ROWS_AT_ONCE = 16  # what stands behind their places fits a core's own cache
_RIGHT = 0xFFFFFFFF
_SPREAD = 0x9E3779B97F4A7C15


class Ties(NamedTuple):
    """Pairs that tie rows into components: `left` < `right` and the match weight in 1/1024 bit."""

    left: Int32
    right: Int32
    weight: Int32


class Tied(NamedTuple):
    """Ties, whose left rows ascend, and each one's vote in a cluster (`weigh.Weighed`); of all the pairs that were
    weighed how many lie in each step of weight (see `HISTOGRAM_STEPS`). `capped_keys`: keys that were not followed
    because too many of the records at hand share them."""

    ties: Ties
    votes: Int32
    histogram: Int64
    capped_keys: int


class Sample(NamedTuple):
    """Every candidate pair of some records with any others: `left` < `right`, and how many of a pair's two records
    belong to the sample; `rows`: how many records the sample has."""

    left: Int32
    right: Int32
    ends: Int8
    rows: int


class _Room(NamedTuple):
    """Room for those who stand under one record's keys: each as often as it was met, then each once with how often;
    `table` finds one of them."""

    met: Int32
    other: Int32
    often: Int32
    table: Int32


def tie_records(features: Features, model: Model, keys: Keys, *, floor_bits: float) -> Tied:
    """Weigh every pair of rows that shares enough of `keys`, and keep those of at least `floor_bits`."""
    postings = postings_of(marks_of_keys(keys, len(features.sex)), model.most)
    return tie_posted(features, model, postings, floor_bits=floor_bits)


def tie_posted(features: Features, model: Model, postings: Postings, *, floor_bits: float) -> Tied:
    """As `tie_records`, with the keys as postings, whose places are given up as they are used."""
    weights = model.weight_array()
    floor = round(floor_bits * SCALE)
    digests = digests_of(features, weights)
    most = _most_met(model)

    def tie(lot: int) -> tuple[list[tuple[Int32, ...]], Int64]:
        first = lot * LOT
        places = placed(postings.take(lot), first, min(LOT, postings.rows - first))
        ties: list[tuple[Int32, ...]] = []
        counts = np.zeros(_STEPS, dtype=np.int64)
        room, out = _room_for(most), np.empty(most + _PAIRS_AT_ONCE, dtype=np.uint64)
        state = np.zeros(2, dtype=np.int64)
        while state[0] < len(places.own):
            pairs = out[: _list_pairs(postings.row, places, (digests, floor), (room, state), out)]
            left, right = _sides(pairs)
            weighed = room_for(len(left))
            weigh_pairs(features, weights, left, right, weighed)
            step = np.clip(weighed.total // (SCALE // HISTOGRAM_STEPS) + _STEPS // 2, 0, _STEPS - 1)
            counts += np.bincount(step, minlength=_STEPS)
            enough = weighed.total >= floor
            ties.append(tuple(column[enough] for column in (left, right, weighed.total, weighed.vote)))
        return ties, counts

    found = in_threads(tie, range(len(postings.places)))
    histogram = np.sum([np.zeros(_STEPS, dtype=np.int64), *(counts for _, counts in found)], axis=0)
    *ties, votes = map(np.concatenate, zip(_NO_TIES, *chain.from_iterable(ties for ties, _ in found), strict=True))
    return Tied(Ties(*ties), votes, histogram, postings.capped)


def pairs_of_sample(postings: Postings, model: Model) -> Sample:
    """The candidate pairs of the rows that were sampled."""
    places = placed_sample(postings)
    most = _most_met(model)
    room, out = _room_for(most), np.empty(most + _PAIRS_AT_ONCE, dtype=np.uint64)
    lots = [np.zeros(0, dtype=np.uint64)]
    state = np.zeros(2, dtype=np.int64)
    while state[0] < len(places.own):
        lots.append(out[: _list_sample(postings.row, places, (room, state), out)].copy())
    pairs = np.concatenate(lots)
    pairs.sort()
    left, right = _sides(each_once(pairs))
    ends = (left % postings.step == 0).astype(np.int8) + (right % postings.step == 0).astype(np.int8)
    return Sample(left, right, ends, -(-postings.rows // postings.step))


_NO_TIES = tuple(np.zeros((4, 0), dtype=np.int32))


def _most_met(model: Model) -> int:
    """How many may stand under one record's keys."""
    return MOST_KEYS * max(model.most)


def _room_for(most: int) -> _Room:
    """What is not used of it takes no memory."""
    table = np.empty(1 << (2 * most).bit_length(), dtype=np.int32)
    met, other, often = (np.empty(most, dtype=np.int32) for _ in range(3))
    return _Room(met, other, often, table)


def _sides(pairs: UInt64) -> tuple[Int32, Int32]:
    """Of pairs in one number each, `left << 32 | right`."""
    return (pairs >> np.uint64(32)).astype(np.int32), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int32)


@inline_kernel
def _row_at(rows: Int32, at: int) -> Units:
    """The row at a place of the postings."""
    row = units(rows[at])
    return ~row if row < 0 else row


@inline_kernel
def _meet(rows: Int32, at: int, suffices: int, room: _Room, many: int) -> int:
    """Append the rows that stand behind place `at` under its key, twice their number and whether the key suffices;
    returns how many there are then. The places of a row lie all over memory."""
    while rows[at] >= 0:
        at += 1
        room.met[many] = _row_at(rows, at) << 1 | suffices
        many += 1
    return many


@inline_kernel
def _meet_before(rows: Int32, at: int, suffices: int, room: _Room, many: int) -> int:
    """As `_meet`, of those that stand before it."""
    while at > 0 and rows[at - 1] >= 0:
        at -= 1
        room.met[many] = rows[at] << 1 | suffices
        many += 1
    return many


@inline_kernel
def _counted(room: _Room, met: int) -> int:
    """Each of those that were met once, with how often, a key that suffices counting for enough; returns how many."""
    bits = 1
    while 1 << bits < 2 * met:
        bits += 1
    mask = (1 << bits) - 1
    for at in range(mask + 1):
        room.table[at] = -1
    many = 0
    for at in range(met):
        other = room.met[at] >> 1
        often = ENOUGH if room.met[at] & 1 else 1
        slot = units((word(other) * word(_SPREAD)) >> word(64 - bits))
        while room.table[slot] >= 0 and room.other[room.table[slot]] != other:
            slot = (slot + 1) & mask
        if room.table[slot] < 0:
            room.table[slot] = many
            room.other[many] = other
            room.often[many] = often
            many += 1
        else:
            room.often[room.table[slot]] += often
    return many


@inline_kernel
def _keep_enough(room: _Room, many: int) -> int:
    """Those who share enough, first; returns how many they are."""
    kept = 0
    for at in range(many):
        if room.often[at] >= ENOUGH:
            room.other[kept] = room.other[at]
            kept += 1
    return kept


@inline_kernel
def _met_behind(rows: Int32, places: Placed, row: int, room: _Room) -> Units:
    """Those that stand behind a row under its keys, as often as they do; returns how many."""
    met = units(0)
    for at in range(places.offset[row], places.offset[row + 1]):
        place = places.at[at]
        met = _meet(rows, units(place >> word(1)), units(place & word(1)), room, met)
    return met


@inline_kernel
def _fetched(rows: Int32, places: Placed, first: int, last: int) -> Units:
    """Asks for what stands behind each place of some rows. One after another the fetches overlap, as they do not when
    each is waited for; what comes of it is nothing but that."""
    seen = units(0)
    for at in range(places.offset[first], places.offset[last]):
        seen += rows[places.at[at] >> word(1)]
    return seen


@inline_kernel
def _examined(digests: Digests, floor: int, pairs: UInt64, first: int, last: int) -> tuple[int, int]:
    """Keep those of `pairs[first:last]` that may weigh the floor; returns where they end, and what is nothing but that
    digests were asked for before they were waited for."""
    seen = units(0)
    for at in range(first, last):
        j = units(pairs[at] & word(_RIGHT))
        seen += digests.row[j, 0] + digests.row[j, COLUMNS - 1]
    kept = first
    for at in range(first, last):
        i, j = units(pairs[at] >> word(32)), units(pairs[at] & word(_RIGHT))
        if may_reach(digests, digests.row[i], digests.row[j], floor):
            pairs[kept] = pairs[at]
            kept += 1
    return kept, seen


@kernel
def _list_pairs(
    rows: Int32, places: Placed, search: tuple[Digests, int], work: tuple[_Room, Int64], out: UInt64
) -> int:
    """Fill `out` with pairs of a row and one behind it that may weigh the floor, from row `state[0]` of the lot on, as
    far as there is room, and tell there where to go on. Returns how many pairs there are."""
    digests, floor = search
    room, state = work
    filled = 0
    while state[0] < len(places.own):
        end = min(state[0] + _ROWS_AT_ONCE, len(places.own))
        state[1] += _fetched(rows, places, state[0], end)
        listed = filled
        while state[0] < end:
            met = _met_behind(rows, places, state[0], room)
            if met > len(out) - listed:
                break
            i = places.own[state[0]]
            for at in range(_keep_enough(room, _counted(room, met)) if met > 0 else 0):
                if room.other[at] != i:
                    out[listed] = word(i) << word(32) | word(room.other[at])
                    listed += 1
            state[0] += 1
        filled, seen = _examined(digests, floor, out, filled, listed)
        state[1] += seen
        if state[0] < end:
            break
    return filled


@kernel
def _list_sample(rows: Int32, places: Placed, work: tuple[_Room, Int64], out: UInt64) -> int:
    """Fill `out` with the pairs of a row and any that share enough with it, in the way of `_list_pairs`."""
    room, state = work
    filled = 0
    for row in range(state[0], len(places.own)):
        state[0] = row
        met = 0
        for at in range(places.offset[row], places.offset[row + 1]):
            place = places.at[at]
            met = _meet(rows, units(place >> word(1)), units(place & word(1)), room, met)
            met = _meet_before(rows, units(place >> word(1)), units(place & word(1)), room, met)
        if met > len(out) - filled:
            return filled
        i = places.own[row]
        for at in range(_keep_enough(room, _counted(room, met)) if met > 0 else 0):
            j = room.other[at]
            if i != j:
                out[filled] = word(min(i, j)) << word(32) | word(max(i, j))
                filled += 1
    state[0] = len(places.own)
    return filled
