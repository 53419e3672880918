"""Clustering inside components: merge greedily by the evidence of all pairs.

Every pair of a component is weighed, also those that share no key. The standing of two groups is the average of the
votes between them, blended by the model's `trust` with the best of them unless a pair clashes. Two groups are merged
when their standing is the highest of all and reaches the bar; a pair that a person judged *different* is never merged
across, one judged *same* always. Votes are whole numbers, standings are compared as fractions and ties are broken by
the records' order, so the outcome is the same whatever the order in which records or pairs were seen.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.layout import Int8, Int32, Int64, Units, units

TRUSTS = 16
"""Of so many parts of a group's standing, the model's `trust` come from its best pair, the rest from the average."""

_SAME = 1
_DIFFERENT = -1


class Merge(NamedTuple):
    """One step of a merge tree: the groups that begin with rows `left` and `right`, their standing in 1/1024 bit,
    and how many records each had."""

    left: int
    right: int
    average: int
    left_size: int
    right_size: int


class Blocks(NamedTuple):
    """Components laid end to end: block `b` has `rows[offset[b]:offset[b + 1]]` (ascending), and its pairs, in the
    order (0, 1), (0, 2), ... (1, 2), ..., begin at `pair_offset[b]` in columns of pairs."""

    rows: Int32
    offset: Int64
    pair_offset: Int64


def blocks_of(components: list[Int32]) -> Blocks:
    """Components, each ascending, end to end."""
    rows = np.concatenate([np.zeros(0, dtype=np.int32), *components])
    return blocks_of_rows(rows, np.array([len(each) for each in components], dtype=np.int64))


def blocks_of_rows(rows: Int32, sizes: Int64) -> Blocks:
    """Components that stand end to end already, of these sizes."""
    offset = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    pair_offset = np.concatenate(([0], np.cumsum(sizes * (sizes - 1) // 2))).astype(np.int64)
    return Blocks(rows, offset, pair_offset)


def some_blocks(blocks: Blocks, first: int, last: int) -> Blocks:
    """The blocks from `first` on, before `last`."""
    pair_offset = blocks.pair_offset[first : last + 1]
    return Blocks(blocks.rows, blocks.offset[first : last + 1], pair_offset - pair_offset[:1])


@kernel
def pairs_of_blocks(blocks: Blocks, left: Int32, right: Int32) -> None:
    """Fill in the rows of every pair of every block."""
    at = 0
    for block in range(len(blocks.offset) - 1):
        for a in range(blocks.offset[block], blocks.offset[block + 1]):
            for b in range(a + 1, blocks.offset[block + 1]):
                left[at] = blocks.rows[a]
                right[at] = blocks.rows[b]
                at += 1


class _Groups(NamedTuple):
    """The state of one block: sums of votes between groups, must and must-not, sizes, which live, best partners. The
    matrices have room for the largest block."""

    total: NDArray[np.int64]
    peak: NDArray[np.int64]
    worst: NDArray[np.int64]
    trust: int
    clash: int
    same: NDArray[np.bool_]
    apart: NDArray[np.bool_]
    size: Int64
    alive: NDArray[np.bool_]
    partner: Int64


@inline_kernel
def _standing(g: _Groups, a: int, b: int) -> Units:
    """Evidence that groups `a` and `b` are one, times their number of pairs, times `TRUSTS`. Where any pair clashes,
    no best pair is trusted over the average."""
    count = g.size[a] * g.size[b]
    if g.worst[a, b] <= g.clash:
        return g.total[a, b] * TRUSTS
    return g.total[a, b] * (TRUSTS - g.trust) + g.peak[a, b] * g.trust * count


@inline_kernel
def _better(g: _Groups, a: int, b: int, c: int) -> bool:
    """Whether group `b` is a better partner of `a` than `c` is (-1: none yet)."""
    if c < 0:
        return True
    if g.same[a, b] != g.same[a, c]:
        return bool(g.same[a, b])
    left = _standing(g, a, b) * g.size[c]
    right = _standing(g, a, c) * g.size[b]
    return bool(left > right or (left == right and b < c))


@inline_kernel
def _allowed(g: _Groups, a: int, b: int, bar: int) -> bool:
    if a == b or not g.alive[b] or g.apart[a, b]:
        return False
    return bool(g.same[a, b] or _standing(g, a, b) >= TRUSTS * bar * g.size[a] * g.size[b])


@inline_kernel
def _find_partner(g: _Groups, a: int, bar: int) -> None:
    g.partner[a] = -1
    for b in range(len(g.size)):
        if _allowed(g, a, b, bar) and _better(g, a, b, g.partner[a]):
            g.partner[a] = b


@inline_kernel
def _best_group(g: _Groups) -> int:
    """The group whose best partner is the best of all; the first of equals; -1 when nobody has a partner."""
    best = -1
    for a in range(len(g.size)):
        if not g.alive[a] or g.partner[a] < 0:
            continue
        if best < 0:
            best = a
            continue
        b, d = g.partner[a], g.partner[best]
        if g.same[a, b] != g.same[best, d]:
            if g.same[a, b]:
                best = a
        elif _standing(g, a, b) * (g.size[best] * g.size[d]) > _standing(g, best, d) * (g.size[a] * g.size[b]):
            best = a
    return best


@inline_kernel
def _merge(g: _Groups, a: int, b: int, bar: int) -> None:
    """Merge group `b` into `a` and mend everybody's best partner."""
    g.alive[b] = False
    g.size[a] += g.size[b]
    many = len(g.size)
    for c in range(many):
        g.total[a, c] += g.total[b, c]
        g.total[c, a] = g.total[a, c]
        g.peak[a, c] = g.peak[c, a] = max(g.peak[a, c], g.peak[b, c])
        g.worst[a, c] = g.worst[c, a] = min(g.worst[a, c], g.worst[b, c])
        g.same[a, c] = g.same[c, a] = g.same[a, c] or g.same[b, c]
        g.apart[a, c] = g.apart[c, a] = g.apart[a, c] or g.apart[b, c]
    for c in range(many):
        if not g.alive[c] or c == a:
            continue
        if g.partner[c] == a or g.partner[c] == b:
            _find_partner(g, c, bar)
        elif _allowed(g, c, a, bar) and _better(g, c, a, g.partner[c]):
            g.partner[c] = a
    _find_partner(g, a, bar)


def merge_blocks(blocks: Blocks, votes: Int32, judged: Int8, settings: Int64, merges: Int64) -> int:
    """Cluster every block. `votes` and `judged` (1 same, -1 different, 0) are columns of the blocks' pairs; `settings`
    are bar, clip, trust (in `TRUSTS`), conflict and clash, else in 1/1024 bit. Fills rows of `merges` (as `Merge`, by
    record row) and returns how many."""
    most = int(np.diff(blocks.offset).max(initial=0))
    room = _Groups(
        np.empty((most, most), dtype=np.int64),
        np.empty((most, most), dtype=np.int64),
        np.empty((most, most), dtype=np.int64),
        int(settings[2]),
        -int(settings[4]),
        np.empty((most, most), dtype=np.bool_),
        np.empty((most, most), dtype=np.bool_),
        np.empty(most, dtype=np.int64),
        np.empty(most, dtype=np.bool_),
        np.empty(most, dtype=np.int64),
    )
    return _merge_blocks(blocks, (votes, judged), settings, room, merges)


@inline_kernel
def _emptied(room: _Groups, many: int) -> _Groups:
    """`room` for a block of so many records, each a group of its own without votes."""
    for a in range(many):
        for b in range(many):
            room.total[a, b] = room.peak[a, b] = room.worst[a, b] = 0
            room.same[a, b] = room.apart[a, b] = False
        room.size[a] = 1
        room.alive[a] = True
        room.partner[a] = -1
    return _Groups(
        room.total, room.peak, room.worst, room.trust, room.clash, room.same, room.apart,
        room.size[:many], room.alive[:many], room.partner[:many],
    )  # fmt: skip


@kernel
def _merge_blocks(blocks: Blocks, said: tuple[Int32, Int8], settings: Int64, room: _Groups, merges: Int64) -> int:
    votes, judged = said
    bar = settings[0]
    clip = settings[1]
    steps = 0
    for block in range(len(blocks.offset) - 1):
        first = blocks.offset[block]
        many = blocks.offset[block + 1] - first
        g = _emptied(room, many)
        at = blocks.pair_offset[block]
        for a in range(many):
            for b in range(a + 1, many):
                g.total[a, b] = g.total[b, a] = min(max(units(votes[at]), -settings[3]), clip)
                g.peak[a, b] = g.peak[b, a] = g.total[a, b]
                g.worst[a, b] = g.worst[b, a] = g.total[a, b]
                g.same[a, b] = g.same[b, a] = judged[at] == _SAME
                g.apart[a, b] = g.apart[b, a] = judged[at] == _DIFFERENT
                at += 1
        for a in range(many):
            _find_partner(g, a, bar)
        while True:
            found = _best_group(g)
            if found < 0:
                break
            a, b = min(found, g.partner[found]), max(found, g.partner[found])
            merges[steps, 0] = blocks.rows[first + a]
            merges[steps, 1] = blocks.rows[first + b]
            merges[steps, 2] = _standing(g, a, b) // (TRUSTS * g.size[a] * g.size[b])
            merges[steps, 3] = g.size[a]
            merges[steps, 4] = g.size[b]
            steps += 1
            _merge(g, a, b, bar)
    return steps
