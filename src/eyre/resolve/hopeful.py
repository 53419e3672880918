"""Of many pairs those that may reach a floor, told by digests, so that most strangers are never weighed."""

import numpy as np
from numpy.typing import NDArray

from eyre.resolve.digest import Digests, digests_of
from eyre.resolve.kernel import kernel
from eyre.resolve.layout import Features, Int32, UInt8
from eyre.resolve.reach import may_reach

MANY = 500
"""Pairs from which on it pays: fewer cost less to weigh than it does to make digests of some hundred records."""


def hopeful(features: Features, weights: Int32, left: Int32, right: Int32, floor: int) -> NDArray[np.bool_]:
    """Which of the pairs of rows may weigh `floor` (in 1/1024 bit) or more; all of a few."""
    if len(left) < MANY:
        return np.ones(len(left), dtype=bool)
    hope = np.empty(len(left), dtype=np.uint8)
    _tell(digests_of(features, weights), left, right, floor, hope)
    return hope.view(bool)


@kernel
def _tell(digests: Digests, left: Int32, right: Int32, floor: int, hope: UInt8) -> None:
    for at in range(len(left)):
        hope[at] = may_reach(digests, digests.row[left[at]], digests.row[right[at]], floor)
