"""Keys as marks: one 64-bit word each of a blocking key's upper bits and its row, sorted, so that rows that share a key
are neighbours.

Two keys whose upper bits are the same pass for one. With a million records that happens to a dozen of twenty million
pairs of keys; their records are then weighed, and found to be strangers.
"""

from typing import NamedTuple

import numpy as np

from eyre.resolve.in_threads import in_threads
from eyre.resolve.keys import Keys, fill_keys, lots_of_rows
from eyre.resolve.layout import Features, UInt64
from eyre.resolve.model import Model

_SHARE_BITS = 5
NO_MARKS = np.zeros(0, dtype=np.uint64)


class Marks(NamedTuple):
    """The marks of `rows` rows in shares, each sorted and with all rows of its keys; a mark's `shift` lowest bits are
    the row."""

    shares: list[UInt64]
    shift: int
    rows: int


def marks_of(features: Features, model: Model) -> Marks:
    """The marks of every record's blocking keys. Takes eight bytes a key."""
    count = len(features.sex)
    shift = _shift_of(count)
    parts = in_threads(lambda rows: _parted(_marked(fill_keys(features, model, rows), shift)), lots_of_rows(count))
    return Marks(_joined(parts), shift, count)


def marks_of_keys(keys: Keys, count: int) -> Marks:
    """The marks of keys that are at hand, of `count` rows."""
    shift = _shift_of(count)
    return Marks(_joined([_parted(_marked(keys, shift))]), shift, count)


def _shift_of(count: int) -> int:
    return max(int(count - 1).bit_length(), 1)


def _marked(keys: Keys, shift: int) -> UInt64:
    own = keys.key.view(np.uint64)
    return (own >> np.uint64(shift) << np.uint64(shift)) | keys.row.astype(np.uint64)


def _parted(marks: UInt64) -> list[UInt64]:
    """Sorted, in shares by their highest bits."""
    marks.sort()
    edges = np.arange(1, 1 << _SHARE_BITS, dtype=np.uint64) << np.uint64(64 - _SHARE_BITS)
    return [part.copy() for part in np.split(marks, np.searchsorted(marks, edges))]  # to be given up one by one


def _joined(parts: list[list[UInt64]]) -> list[UInt64]:
    """Share by share, each sorted as a whole; the parts are given up as they are used."""

    def join(share: int) -> UInt64:
        whole = np.concatenate([NO_MARKS, *(part[share] for part in parts)])
        for part in parts:
            part[share] = NO_MARKS
        whole.sort()
        return whole

    return in_threads(join, range(1 << _SHARE_BITS))
