"""Sightings: where and when each record's source had its person before it.

Nobody is in two places at once, and few are known in two states. So what a view shows of where records were made and
of when their people were held is evidence: against, where two stays overlap by a day or lie in two states; for, where
one begins as the other ends. What happened to somebody, what they were charged with and how it ended never is.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eyre.resolve import weight_index as wi
from eyre.resolve.layout import Features, Int32, Int64, SightingFeatures

UNSEEN = -1
"""In minutes: not known."""

_LETTERS = 32  # room for one letter of a state's two
_TYPES: tuple[Any, ...] = (np.int16, np.int32, np.int32, np.int32, np.int32, np.int8)

NO_SIGHTINGS = SightingFeatures(*(np.zeros(0, dtype=each) for each in _TYPES))
"""Of records of which nobody knows where they were made."""


def state_number(code: str) -> int:
    """The number of a state by the two letters of its postal code, in either case; 0 for anything else."""
    letters = code.strip().upper()
    if len(letters) != 2 or not (letters.isascii() and letters.isalpha()):
        return 0
    return (ord(letters[0]) - 64) * _LETTERS + ord(letters[1]) - 64


def sightings_of_rows(count: int, row: Int64, columns: Sequence[NDArray[np.integer[Any]]]) -> SightingFeatures:
    """Those of `count` records of which `columns`, in the order of `SightingFeatures`, tell of the records `row`."""
    nothing = (0, 0, UNSEEN, UNSEEN, UNSEEN, 0)
    laid = [np.full(count, empty, dtype=kind) for empty, kind in zip(nothing, _TYPES, strict=True)]
    for column, told in zip(laid, columns, strict=True):
        column[row] = told
    return SightingFeatures(*laid)


def both_sightings(one: SightingFeatures, other: SightingFeatures) -> SightingFeatures:
    """Those of the one's records, then those of the other's."""
    columns: Iterable[Any] = zip(one, other, strict=True)
    return SightingFeatures(*(np.concatenate(each) for each in columns))


def with_sightings(features: Features, sightings: SightingFeatures) -> Features:
    """`features` with what is known of where and when."""
    return features._replace(sightings=sightings)


def most_by_sightings(weights: Int32 | Int64) -> int:
    """The most that where and when people were held can add to a pair's weight, in 1/1024 bit. What another state takes
    from the pair it takes from its kin as well, who then take back that much less, and never more."""
    stays = max(0, weights[wi.STAY_FOLLOWS], weights[wi.STAY_TOGETHER], weights[wi.STAY_TOGETHER_HERE])
    return int(max(0, weights[wi.STATE_DIFFERS]) + stays)
