"""Keys as marks: one 64-bit word each of a blocking key's upper bits and its row. Sorted, rows that share a key are
neighbours.

Two keys whose upper bits are the same pass for one. With a million records that happens to a dozen of twenty million
pairs of keys.
"""

from typing import NamedTuple

import numpy as np

from eyre.resolve.in_threads import in_threads
from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.keys import Keys, lots_of_rows, made_keys
from eyre.resolve.layout import Features, Int32, Int64, UInt64, Units, units, word
from eyre.resolve.model import Model
from eyre.resolve.sort_hashes import sort_hashes

_SHARE_BITS = 6
SHARES = 1 << _SHARE_BITS
_NO_MARKS = np.zeros(0, dtype=np.uint64)


class Marks(NamedTuple):
    """The marks of `rows` rows: `parts[k][s]` are some of share `s`, which has all of its keys; a mark's `shift` lowest
    bits are the row."""

    parts: list[list[UInt64]]
    shift: int
    rows: int

    def sizes(self) -> list[int]:
        """How many marks each share has."""
        return [sum(len(part[share]) for part in self.parts) for share in range(SHARES)]

    def take(self, share: int) -> UInt64:
        """All marks of a share, sorted. They are given up: a share can be taken once."""
        whole = np.concatenate([_NO_MARKS, *(part[share] for part in self.parts)])
        for part in self.parts:
            part[share] = _NO_MARKS
        sort_hashes(whole, _SHARE_BITS)
        return whole


def marks_of(features: Features, model: Model) -> Marks:
    """The marks of every record's blocking keys. Takes eight bytes a key."""
    count = len(features.sex)
    shift = _shift_of(count)

    def mark(rows: range) -> list[UInt64]:
        key, _, used = made_keys(features, model, np.arange(rows.start, rows.stop, dtype=np.int64))
        row = np.repeat(np.arange(rows.start, rows.stop, dtype=np.int32), used)
        return _parted(key, row, shift)

    return Marks(in_threads(mark, lots_of_rows(count)), shift, count)


def marks_of_keys(keys: Keys, count: int) -> Marks:
    """The marks of keys that are at hand, of `count` rows."""
    shift = _shift_of(count)
    return Marks([_parted(keys.key.view(np.uint64), keys.row, shift)], shift, count)


def _shift_of(count: int) -> int:
    return max(int(count - 1).bit_length(), 1)


def _parted(key: UInt64, row: Int32, shift: int) -> list[UInt64]:
    """Marks in shares by their highest bits, each in memory of its own."""
    edge = np.zeros(SHARES + 1, dtype=np.int64)
    out = np.empty(len(row), dtype=np.uint64)
    _part(key, row, shift, edge, out)
    return [out[start:end].copy() for start, end in zip([0, *edge[:-2]], edge[:-1], strict=True)]


@inline_kernel
def _share_of(key: int) -> Units:
    return units(word(key) >> word(64 - _SHARE_BITS))


@kernel
def _part(key: UInt64, row: Int32, shift: int, edge: Int64, out: UInt64) -> None:
    """Fill `out` with the marks of share upon share; in the end `edge[s]` tells where share `s` ends."""
    for at in range(len(row)):
        edge[_share_of(key[at]) + 1] += 1
    for share in range(1, len(edge)):
        edge[share] += edge[share - 1]
    for at in range(len(row)):
        share = _share_of(key[at])
        out[edge[share]] = key[at] >> word(shift) << word(shift) | word(row[at])
        edge[share] += 1
