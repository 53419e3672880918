"""What two looks at a roster have in common, and what not: sets of rows, compared as columns."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Int64 = NDArray[np.int64]
UInt64 = NDArray[np.uint64]


@dataclass(frozen=True)
class Listed:
    """Who a look lists: `records` ascending, each once, and the digest of what is said of each."""

    records: Int64
    digests: UInt64

    def __post_init__(self) -> None:
        if len(self.records) != len(self.digests) or (np.diff(self.records) <= 0).any():
            raise ValueError("records must ascend, with a digest each")


NOBODY = Listed(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.uint64))


@dataclass(frozen=True)
class Diff:
    """Records (ascending) that are listed now and were not, that were and are not, and of which something else is
    said."""

    arrived: Int64
    gone: Int64
    changed: Int64


def listed(records: Int64, digests: UInt64) -> Listed:
    """The same rows in order; of a record that stands twice the first is kept."""
    ids, first = np.unique(records, return_index=True)
    return Listed(ids, digests[first])


def diff_roster(before: Listed, now: Listed) -> Diff:
    """Compares two looks."""
    common, left, right = np.intersect1d(before.records, now.records, assume_unique=True, return_indices=True)
    return Diff(
        arrived=np.setdiff1d(now.records, before.records, assume_unique=True),
        gone=np.setdiff1d(before.records, now.records, assume_unique=True),
        changed=common[before.digests[left] != now.digests[right]],
    )
