"""Which doubts to ask about first: the least certain, on which the most hangs."""

import numpy as np
from numpy.typing import NDArray

from eyre.resolve.layout import SCALE, Int64
from eyre.resolve.review.doubts import Doubts

OPEN_CUSTODY = 2.0
"""A doubt about somebody who is held now counts so many times: a release may be told of, or missed, because of it."""

Float64 = NDArray[np.float64]


def probability(units: Int64) -> Float64:
    """The probability that two groups are one person at a standing in 1/1024 bit."""
    found: Float64 = 1.0 / (1.0 + np.exp2(-units.astype(np.float64) / SCALE))
    return found


def uncertainty(units: Int64) -> Float64:
    """The entropy of that probability, in bits: 1 for even odds, near 0 for what is as good as sure."""
    p = probability(units)
    found: Float64 = -(p * np.log2(p) + (1 - p) * np.log2(1 - p))
    return found


def at_stake(doubts: Doubts) -> Int64:
    """How many pairs of records are put together, or kept apart, by each decision."""
    found: Int64 = doubts.left_size * doubts.right_size
    return found


def worth(doubts: Doubts, in_custody: NDArray[np.bool_] | None = None) -> Float64:
    """How much asking about each doubt is worth: its uncertainty times what is at stake, and times `OPEN_CUSTODY` where
    a record of either group is `in_custody`."""
    found = uncertainty(doubts.units) * at_stake(doubts)
    return found if in_custody is None else np.where(in_custody, found * OPEN_CUSTODY, found)


def best_first(doubts: Doubts, worths: Float64) -> Int64:
    """Positions of `doubts` by `worths`, the greatest first; of equals the one of the least rows."""
    order: Int64 = np.lexsort((doubts.step, doubts.right, doubts.left, -worths)).astype(np.int64)
    return order
