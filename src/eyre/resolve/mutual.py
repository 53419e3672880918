"""Which weak ties hold: those between two records of which each is the other's best weak neighbour.

Of many records some strangers agree in a little more than they differ. One such tie is as good a guess as the model
has; but chains of them bind thousands of records into one component, more with every record that comes. Somebody who is
one person with a record is as a rule its best neighbour, and the reverse; a stranger seldom is both. So a pair below
the model's `weak` ties only where nobody else comes nearer to either without being a strong tie. It is told from the
two records' own neighbours, so that to follow a component no more need be known.
"""

import numpy as np

from eyre.resolve.kernel import kernel
from eyre.resolve.layout import SCALE, Int64
from eyre.resolve.model import Model
from eyre.resolve.tie import Ties


def held_ties(ties: Ties, rows: int, model: Model) -> Ties:
    """Those of `ties` among `rows` rows that hold."""
    if model.weak <= model.floor:
        return ties
    weak = weak_units(model)
    left, right, weight = (column.astype(np.int64) for column in ties)
    best = best_weak((left, right, weight), np.arange(rows, dtype=np.int64), weak)
    held = (weight >= weak) | ((best[left] == right) & (best[right] == left))
    return Ties(*(column[held] for column in ties))


def weak_units(model: Model) -> int:
    """Below how many 1/1024 bits a tie is weak."""
    return round(model.weak * SCALE)


def best_weak(ties: tuple[Int64, Int64, Int64], order: Int64, weak: int) -> Int64:
    """Each row's best neighbour (-1: none) of those that a pair of less than `weak` ties it to; of equals the one that
    comes first in `order`, which has a number for each row. `ties`: left and right rows, and weights in 1/1024 bit."""
    best = np.full(len(order), -1, dtype=np.int64)
    _fill_best(ties, order, weak, best, np.zeros(len(order), dtype=np.int64))
    return best


@kernel
def _fill_best(ties: tuple[Int64, Int64, Int64], order: Int64, weak: int, best: Int64, bits: Int64) -> None:
    left, right, weight = ties
    for at in range(len(left)):
        if weight[at] >= weak:
            continue
        a = left[at]
        b = right[at]
        for _ in range(2):
            if best[a] < 0 or weight[at] > bits[a] or (weight[at] == bits[a] and order[b] < order[best[a]]):
                best[a] = b
                bits[a] = weight[at]
            a, b = b, a
