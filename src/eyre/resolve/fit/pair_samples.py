"""Pairs to count in: random ones, and those that share a blocking key made without one field."""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from eyre.resolve.adapt import fit_prior
from eyre.resolve.fit.leave_out import leave_out, rows_saying
from eyre.resolve.keys import Keys, keys_of
from eyre.resolve.layout import SCALE, Features, Int32, Int64
from eyre.resolve.model import Model
from eyre.resolve.tie import tie_records
from eyre.resolve.weigh import room_for, weigh_pairs

Rows = NDArray[np.bool_]

MOST_PAIRS = 200_000
"""Pairs of one kind that are counted for one field: a share of 1 in 1,000 is then known to 7 %."""
MOST_ROWS = 60_000
"""Records among whose pairs is looked: tens of thousands of pairs of one person where each has three records."""
_PAIRS_A_ROW = 200  # more random pairs say more of the same few records
_FLOOR_BITS = -60.0  # what lies below is as sure as what is counted


class Pairs(NamedTuple):
    """Rows `left` < `right`, and the pairs' weight in bits."""

    left: Int32
    right: Int32
    bits: NDArray[np.float64]

    def where(self, kept: Any) -> "Pairs":
        """Those that a mask or an array of places names."""
        return Pairs(self.left[kept], self.right[kept], self.bits[kept])


def sampled_rows(count: int, random: np.random.Generator, most: int = MOST_ROWS) -> Int64:
    """At most `most` of `count` rows, ascending."""
    if count <= most:
        return np.arange(count, dtype=np.int64)
    return np.sort(random.choice(count, most, replace=False)).astype(np.int64)


def with_fitted_prior(features: Features, model: Model, share: float) -> Model:
    """`model` with the prior that pairs bear out, where `features` are of a `share` of all rows, drawn one by one: of a
    record's other records they hold as large a share."""
    tied = tie_records(features, model, keys_of(features, model), floor_bits=model.floor)
    fitted = fit_prior(model, tied.histogram, len(features.sex))
    return replace(model, duplicates=fitted.duplicates / share)


def random_strangers(features: Features, model: Model, rows: Rows, random: np.random.Generator) -> Pairs:
    """Random pairs of `rows` (at least two) but for those that look like one person's."""
    among = np.flatnonzero(rows).astype(np.int32)
    many = min(MOST_PAIRS, _PAIRS_A_ROW * len(among))
    one = random.integers(0, len(among), many)
    other = (one + random.integers(1, len(among), many)) % len(among)
    pairs = weighed(features, model, among[np.minimum(one, other)], among[np.maximum(one, other)])
    return pairs.where(pairs.bits < 0)


def weighed(features: Features, model: Model, left: Int32, right: Int32) -> Pairs:
    """Given pairs with their whole weight."""
    out = room_for(len(left))
    weigh_pairs(features, model.weight_array(), left, right, out)
    return Pairs(left, right, out.total / SCALE)


def pairs_without(features: Features, model: Model, field: str) -> Pairs:
    """The pairs of rows that say `field` and share a blocking key made without it, and their weight without it."""
    without, keys = leave_out(features, field), keys_without(features, model, field)
    ties = tie_records(without, model, keys, floor_bits=_FLOOR_BITS).ties
    return Pairs(ties.left, ties.right, ties.weight / SCALE)


def keys_without(features: Features, model: Model, field: str) -> Keys:
    """The keys, made without `field`, of the rows that say it."""
    keys = keys_of(leave_out(features, field), model)
    kept = rows_saying(features, field)[keys.row]
    return Keys(keys.key[kept], keys.row[kept], keys.groups[kept])


def thinned(pairs: Pairs, random: np.random.Generator, most: int = MOST_PAIRS) -> Pairs:
    """At most `most` of them."""
    if len(pairs.left) <= most:
        return pairs
    return pairs.where(np.sort(random.choice(len(pairs.left), most, replace=False)))
