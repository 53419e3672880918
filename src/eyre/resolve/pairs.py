"""Candidate pairs: records that share a blocking key."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eyre.resolve.kernel import kernel
from eyre.resolve.keys import Keys
from eyre.resolve.layout import Int32, Int64


class Pairs(NamedTuple):
    """Distinct pairs, `left` < `right`, ordered; and how many keys were not followed because too many records share
    them (the last-resort cap, which counts only the records at hand)."""

    left: Int32
    right: Int32
    capped_keys: int


def candidate_pairs(keys: Keys, most_in_block: int) -> Pairs:
    """All pairs of rows under one key, each once."""
    order = np.argsort(keys.key, kind="stable")
    sorted_keys = keys.key[order]
    rows = keys.row[order]
    starts = np.flatnonzero(np.concatenate(([True], sorted_keys[1:] != sorted_keys[:-1]))) if len(rows) else order[:0]
    sizes = np.diff(np.append(starts, len(rows)))
    capped = sizes > most_in_block
    followed = (sizes > 1) & ~capped
    starts, sizes = starts[followed], sizes[followed]
    packed = np.empty(int((sizes * (sizes - 1) // 2).sum()), dtype=np.int64)
    _emit(rows, starts, sizes, packed)
    packed = np.unique(packed)
    return Pairs((packed >> 32).astype(np.int32), (packed & 0xFFFFFFFF).astype(np.int32), int(capped.sum()))


@kernel
def _emit(rows: Int32, starts: NDArray[np.int64], sizes: NDArray[np.int64], out: Int64) -> None:
    at = 0
    for block in range(len(starts)):
        for a in range(starts[block], starts[block] + sizes[block]):
            for b in range(a + 1, starts[block] + sizes[block]):
                low = min(rows[a], rows[b])
                high = max(rows[a], rows[b])
                out[at] = np.int64(low) << 32 | np.int64(high)
                at += 1
