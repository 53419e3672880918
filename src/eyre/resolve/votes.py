"""The votes of all pairs of components. Most of them were weighed when ties were looked for: those are not weighed
again."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from eyre.resolve.cluster import Blocks
from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.layout import Features, Int32, Int64
from eyre.resolve.weigh import room_for, weigh_pairs

_UNKNOWN = -(1 << 31)


class KnownVotes(NamedTuple):
    """Votes of pairs that were weighed: those of row `i` with rows behind it are `vote[offset[i]:offset[i + 1]]`, with
    `right`."""

    offset: Int64
    right: Int32
    vote: Int32


def known_votes(left: Int32, right: Int32, vote: Int32, rows: int) -> KnownVotes:
    """Votes of pairs whose left rows ascend."""
    offset = np.zeros(rows + 1, dtype=np.int64)
    np.cumsum(np.bincount(left, minlength=rows), out=offset[1:])
    return KnownVotes(offset, right, vote)


def votes_of_blocks(
    features: Callable[[], Features], weights: Int32, blocks: Blocks, known: KnownVotes | None
) -> Int32:
    """The vote of each pair of some blocks, in the order that `Blocks` tells. Features are asked for where one is not
    known."""
    many = int(blocks.pair_offset[-1])
    votes = np.full(many, _UNKNOWN, dtype=np.int32)
    if known is not None:
        _fill_known(blocks, known, votes)
    at, left, right = np.empty((3, many), dtype=np.int32)
    lost = _list_unknown(blocks, votes, at, (left, right))
    if lost:
        out = room_for(lost)
        weigh_pairs(features(), weights, left[:lost], right[:lost], out)
        votes[at[:lost]] = out.vote
    return votes


@inline_kernel
def _place_of(rows: Int32, row: int, first: int, last: int) -> int:
    """Where a row stands among those from `first` on, before `last`, which ascend; `last` if it does not."""
    for at in range(first, last):
        if rows[at] == row:
            return at
    return last


@kernel
def _fill_known(blocks: Blocks, known: KnownVotes, votes: Int32) -> None:
    for block in range(len(blocks.offset) - 1):
        first, last = blocks.offset[block], blocks.offset[block + 1]
        begin = blocks.pair_offset[block]
        for a in range(first, last):
            row = blocks.rows[a]
            for each in range(known.offset[row], known.offset[row + 1]):
                b = _place_of(blocks.rows, known.right[each], a + 1, last)
                if b < last:
                    votes[begin + b - a - 1] = known.vote[each]
            begin += last - a - 1


@kernel
def _list_unknown(blocks: Blocks, votes: Int32, at: Int32, pairs: tuple[Int32, Int32]) -> int:
    """Fill in where the votes stand that are not known, and the rows of their pairs; returns how many they are."""
    left, right = pairs
    many = 0
    pair = 0
    for block in range(len(blocks.offset) - 1):
        for a in range(blocks.offset[block], blocks.offset[block + 1]):
            for b in range(a + 1, blocks.offset[block + 1]):
                if votes[pair] == _UNKNOWN:
                    at[many] = pair
                    left[many] = blocks.rows[a]
                    right[many] = blocks.rows[b]
                    many += 1
                pair += 1
    return many
