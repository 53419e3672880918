"""Positions by label: which rows each person has, which steps made it."""

from dataclasses import dataclass

import numpy as np

from eyre.resolve.layout import Int32, Int64


@dataclass(frozen=True)
class Runs:
    """`position` ordered by label, those of one label ascending; `label[k]` is that of `position[k]`."""

    position: Int64
    label: Int64

    def of(self, label: int) -> Int64:
        """The positions of one label, ascending."""
        first, last = (np.searchsorted(self.label, label, side=side) for side in ("left", "right"))
        return self.position[first:last]


def runs_of(labels: Int32) -> Runs:
    """The positions of each label in `labels`."""
    position = np.argsort(labels, kind="stable").astype(np.int64)
    return Runs(position, labels[position].astype(np.int64))
