"""Postings: which rows have a blocking key that is followed, and where among them each row stands.

To find whom a record shares keys with, the records under each of its keys are gone through, and how often each was met
is counted: who was met under one key alone is a stranger nine times in ten (`model.MostInBlock`).
"""

from typing import NamedTuple

import numpy as np

from eyre.errors import InputError
from eyre.resolve.in_threads import in_threads
from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.layout import Int32, Int64, UInt32, UInt64, Units, units, word
from eyre.resolve.marks import SHARES, Marks
from eyre.resolve.model import DOUBTFUL, MostInBlock

LOT_BITS = 15
LOT = 1 << LOT_BITS
"""Rows whose places are kept together."""

_MOST_PLACES = 1 << 31
_AT = 0xFFFFFFFF


class Postings(NamedTuple):
    """`row`: the rows that have one key, ascending, then those of the next; the last of each as `~row`. A place is one
    word, `row << 32 | at << 1 | suffices`: `row` stands at `at`, and others who share that key need share no other.
    `places[k]` are those of the `k`th lot of rows after which others stand; `sampled` all places of every `step`th row
    (0: of none). Of `rows` rows; `capped` keys were not followed because too many have them."""

    row: Int32
    places: list[list[UInt64]]
    sampled: list[UInt64]
    step: int
    rows: int
    capped: int

    def take(self, lot: int) -> UInt64:
        """The places of a lot of rows, in no order. They are given up: a lot can be taken once."""
        whole = np.concatenate([np.zeros(0, dtype=np.uint64), *self.places[lot]])
        self.places[lot].clear()
        return whole


class Placed(NamedTuple):
    """The places of some rows, without their rows: those of the `k`th of `own` are `at[offset[k]:offset[k + 1]]`."""

    own: Int32
    offset: Int32
    at: UInt32


def postings_of(marks: Marks, most: MostInBlock, *, sampled: int = 0) -> Postings:
    """The postings of marks, which are given up, with the places of about so many rows, evenly taken."""
    step = max(marks.rows // sampled, 1) if sampled else 0
    start = np.cumsum([0, *marks.sizes()]).tolist()
    if start[-1] >= _MOST_PLACES:
        raise InputError(f"the records have {start[-1]} blocking keys, too many at once", remedy="link them in parts")
    row = np.empty(start[-1], dtype=np.int32)
    lots = -(-marks.rows // LOT)

    def post(share: int) -> tuple[list[UInt64], int]:
        own = marks.take(share)
        asked = _Asked(marks.shift, most, start[share], step)
        edge = np.zeros(lots + 2, dtype=np.int64)
        capped = _count(own, asked, edge)
        places = np.empty(int(edge.sum()), dtype=np.uint64)
        np.cumsum(edge, out=edge)
        _place(own, asked, row, edge, places)
        return [places[first:end].copy() for first, end in zip([0, *edge[:-2]], edge[:-1], strict=True)], capped

    posted = in_threads(post, range(SHARES))
    places = [[parts[lot] for parts, _ in posted if len(parts[lot])] for lot in range(lots)]
    capped = sum(many for _, many in posted)
    return Postings(row, places, [parts[lots] for parts, _ in posted], step, marks.rows, capped)


def placed(places: UInt64, first: int, rows: int) -> Placed:
    """Places of `rows` rows from `first` on, row by row."""
    offset = np.zeros(rows + 1, dtype=np.int32)
    at = np.empty(len(places), dtype=np.uint32)
    _arrange(places, first, offset, at)
    return Placed(np.arange(first, first + rows, dtype=np.int32), offset, at)


def placed_sample(postings: Postings) -> Placed:
    """The places of the rows that were sampled."""
    places = np.concatenate([np.zeros(0, dtype=np.uint64), *postings.sampled])
    places.sort()
    own, first = np.unique((places >> np.uint64(32)).astype(np.int32), return_index=True)
    offset = np.append(first, len(places)).astype(np.int32)
    return Placed(own, offset, (places & np.uint64(_AT)).astype(np.uint32))


class _Asked(NamedTuple):
    """How marks are read: their shift, how many may share a key, where their postings begin, and of which rows all
    places are wanted."""

    shift: int
    most: MostInBlock
    start: int
    step: int


@inline_kernel
def _end_of_run(marks: UInt64, a: int, shift: int) -> int:
    """Where the marks end that have the key of mark `a`."""
    key = marks[a] >> word(shift)
    end = a + 1
    while end < len(marks) and marks[end] >> word(shift) == key:
        end += 1
    return end


@inline_kernel
def _is_followed(mark: int, many: int, most: MostInBlock) -> bool:
    return bool(many <= (most.loose if word(mark) >> word(63) else most.any))


@inline_kernel
def _suffices(mark: int, many: int, most: MostInBlock) -> bool:
    return bool(word(mark) & word(DOUBTFUL) == 0 or many <= most.alone)


@inline_kernel
def _row_of(mark: int, shift: int) -> Units:
    return units(word(mark) & ((word(1) << word(shift)) - word(1)))


@kernel
def _count(marks: UInt64, asked: _Asked, edge: Int64) -> int:
    """Count in `edge[lot + 1]` the places of each lot of rows, the last lot being the sample; returns how many keys are
    not followed."""
    capped = 0
    sample = len(edge) - 1
    a = 0
    while a < len(marks):
        end = _end_of_run(marks, a, asked.shift)
        if not _is_followed(marks[a], end - a, asked.most):
            capped += 1
        elif end - a > 1:
            for at in range(a, end):
                row = _row_of(marks[at], asked.shift)
                if at < end - 1:
                    edge[(row >> LOT_BITS) + 1] += 1
                if asked.step > 0 and row % asked.step == 0:
                    edge[sample] += 1
        a = end
    return capped


@kernel
def _place(marks: UInt64, asked: _Asked, rows: Int32, edge: Int64, places: UInt64) -> None:
    """Write the postings, and the places lot by lot; `edge[lot]` is where the next one of a lot goes."""
    sample = len(edge) - 2
    next_at = asked.start
    if len(marks) > 0:
        rows[asked.start + len(marks) - 1] = -1  # if no posting comes to stand there, what does ends all the same
    a = 0
    while a < len(marks):
        end = _end_of_run(marks, a, asked.shift)
        many = end - a
        if many > 1 and _is_followed(marks[a], many, asked.most):
            suffices = word(_suffices(marks[a], many, asked.most))
            for at in range(a, end):
                row = _row_of(marks[at], asked.shift)
                place = word(row) << word(32) | word(next_at) << word(1) | suffices
                if at < end - 1:
                    rows[next_at] = row
                    lot = row >> LOT_BITS
                    places[edge[lot]] = place
                    edge[lot] += 1
                else:
                    rows[next_at] = ~row
                if asked.step > 0 and row % asked.step == 0:
                    places[edge[sample]] = place
                    edge[sample] += 1
                next_at += 1
        a = end


@kernel
def _arrange(places: UInt64, first: int, offset: Int32, at: UInt32) -> None:
    """Places row by row: counted, then each written where its row's begin. `offset` ends as it is meant to be."""
    for each in places:
        offset[units(each >> word(32)) - first] += 1
    total = 0
    for row in range(len(offset)):
        total += offset[row]
        offset[row] = total
    for each in places:
        row = units(each >> word(32)) - first
        offset[row] -= 1
        at[offset[row]] = each & word(_AT)
