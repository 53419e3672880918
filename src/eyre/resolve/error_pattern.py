"""What a wrong pair shows, and at which stage it went wrong: read off its comparison levels and keys."""

import numpy as np
from numpy.typing import NDArray

from eyre.resolve import level as lv
from eyre.resolve.keys import Keys
from eyre.resolve.layout import Int32, Int64
from eyre.resolve.model import ENOUGH, MostInBlock
from eyre.resolve.ragged import offsets_of_rows
from eyre.resolve.weigh import Weighed

Mask = NDArray[np.bool_]

PATTERNS = {
    "household": "could be two members of one household",
    "twin": "could be twins",
    "namesake": "could be a parent and child of one name",
    "surname_differs": "the surname differs, as after a name change",
    "given_name_differs": "the given name differs",
    "birth_date_differs": "the birth date differs",
    "little_to_compare": "two fields or fewer could be compared",
    "other": "none of these",
}
"""What a pair can show. The first that fits counts, but for a missed pair, where a name change goes before kin."""

STAGES = {
    "held": "this pair alone was enough",
    "carried": "others in the cluster brought it together",
    "no_shared_key": "never a candidate: shares no key",
    "keys_not_followed": "never a candidate: too many records share its keys, or it shares one doubtful key alone",
    "scored_low": "a candidate, weighed below the floor",
    "parted": "tied, but clustering parted it",
}
"""Where a pair went wrong: the first two put too much together, the others too little."""

_FEW = 2
_NAMES = tuple(PATTERNS)
_KIN_LAST = ("surname_differs", *(name for name in _NAMES if name != "surname_differs"))


def patterns_of(weighed: Weighed, *, missed: bool) -> list[str]:
    """What each pair shows, of `PATTERNS`. `weighed` with levels; `missed` if the pairs belong together."""
    level = weighed.level
    compared = (np.delete(level, [lv.PRIOR, lv.KINSHIP], axis=1) != lv.MISSING).sum(axis=1)
    shows = {
        "household": level[:, lv.KINSHIP] == lv.HOUSEHOLD,
        "twin": level[:, lv.KINSHIP] == lv.TWIN,
        "namesake": level[:, lv.KINSHIP] == lv.NAMESAKE,
        "surname_differs": level[:, lv.SURNAME] == lv.DIFFERS,
        "given_name_differs": level[:, lv.GIVEN] == lv.DIFFERS,
        "birth_date_differs": np.isin(level[:, lv.BIRTH], (lv.DIFFERS, lv.GAP, lv.NEAR, lv.SAME_DAY, lv.SAME_YEAR)),
        "little_to_compare": compared <= _FEW,
        "other": np.ones(len(level), dtype=bool),
    }
    order = _KIN_LAST if missed else _NAMES
    first = np.argmax(np.stack([shows[name] for name in order]), axis=0)
    return [order[at] for at in first.tolist()]


def stages_of_missed(low: Mask, shares: Mask, followed: Mask) -> list[str]:
    """Where each pair that belongs together was lost: `low` if below the floor, and what `shared_keys` says of it."""
    stage = np.where(low, "scored_low", "parted")
    stage = np.where(followed, stage, "keys_not_followed")
    return [str(each) for each in np.where(shares, stage, "no_shared_key")]


def shared_keys(keys: Keys, left: Int32, right: Int32, most: MostInBlock) -> tuple[Mask, Mask]:
    """Whether each pair of rows has a key in common, and whether those that it has are enough for it to be weighed: not
    more records have them than `most` allows."""
    distinct, code, sizes = np.unique(keys.key, return_inverse=True, return_counts=True)
    many = len(sizes)
    offset = offsets_of_rows(keys.row, int(max(left.max(initial=0), right.max(initial=0))) + 1)
    length = offset[left + 1] - offset[left]
    pair = np.repeat(np.arange(len(left)), length)
    at = np.arange(len(pair)) - np.repeat(np.cumsum(length) - length, length) + np.repeat(offset[left], length)
    own: Int64 = code[at].astype(np.int64)
    have = np.isin(right[pair].astype(np.int64) * many + own, keys.row.astype(np.int64) * many + code)
    counts = most.counts(distinct, sizes)[own]
    shared = np.bincount(pair[have], minlength=len(left))
    return shared > 0, np.bincount(pair[have], counts[have], minlength=len(left)) >= ENOUGH
