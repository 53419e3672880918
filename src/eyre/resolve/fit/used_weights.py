"""Which weights of a model each part of a pair's evidence was made of.

The kernels tell a part's level and its bits, not which weight gave them: several weights share a level, and a level's
bits hold the rarity of a value. So pairs are weighed twice, the second time with each weight raised by a code of its
own, a few thousandths of a bit; by how much a part rises tells its weight. Whatever a kernel may come to compare, what
is told here is what it used.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from eyre.resolve import level as lv
from eyre.resolve.layout import Features, Int32
from eyre.resolve.model import Model
from eyre.resolve.weigh import Weighed, room_for, weigh_pairs
from eyre.resolve.weights import INDEX, NAMES

Int16 = NDArray[np.int16]

NOT_COMPARED = -1
"""Nothing was compared, or what was found is of no single weight."""

MANY_SLOTS = len(NAMES) + lv.PARTS
"""Weights come first; `len(NAMES) + part` is for what a part found without any weight (a rarity alone)."""

_PART_OF = {
    "given": lv.GIVEN,
    "names": lv.GIVEN,
    "name": lv.GIVEN,
    "middle": lv.MIDDLE,
    "surname": lv.SURNAME,
    "generation": lv.GENERATION,
    "birth": lv.BIRTH,
    "sex": lv.SEX,
    "ssn": lv.NUMBER,
    "number": lv.NUMBER,
    "address": lv.ADDRESS,
    "phone": lv.PHONE,
    "email": lv.EMAIL,
}
_ADDED = frozenset({"birth_overlap_despite_dates"})
"""Weights that are added to another of the same part: their codes come last, so that no sum is another's code."""


class UsedWeights(NamedTuple):
    """`slot[pair, part]` is the weight that made the part (an index into `weights.NAMES`, see `MANY_SLOTS`), or
    `NOT_COMPARED`; `weighed` the pairs' weights, parts and levels."""

    slot: Int16
    weighed: Weighed


def part_of(name: str) -> int | None:
    """The part of a pair's evidence that a weight belongs to; none for those of kin and for settings."""
    return _PART_OF.get(name.partition("_")[0])


def used_weights(features: Features, model: Model, left: Int32, right: Int32) -> UsedWeights:
    """What made each part of each pair of rows."""
    weights = model.weight_array()
    plain, probed = room_for(len(left), explained=True), room_for(len(left), explained=True)
    weigh_pairs(features, weights, left, right, plain)
    weigh_pairs(features, weights + _CODES, left, right, probed)
    rise: NDArray[Any] = probed.part - plain.part
    found = (plain.level != lv.MISSING) & (plain.level == probed.level)
    slot = np.full(rise.shape, NOT_COMPARED, dtype=np.int16)
    for part, table in _TABLES.items():
        known = found[:, part] & (rise[:, part] >= 0) & (rise[:, part] < len(table))
        slot[known, part] = table[rise[known, part]]
    return UsedWeights(slot, plain)


def _coded() -> tuple[Int32, dict[int, Int16]]:
    """Each weight's code, and for each part what a rise by so many units stands for."""
    codes = np.zeros(len(NAMES), dtype=np.int32)
    tables: dict[int, Int16] = {}
    for part in sorted(set(_PART_OF.values())):
        names = sorted((name for name in NAMES if part_of(name) == part), key=lambda name: name in _ADDED)
        own = [INDEX[name] for name in names if name not in _ADDED]
        codes[[INDEX[name] for name in names]] = np.arange(1, len(names) + 1)
        tables[part] = np.array([len(NAMES) + part, *own], dtype=np.int16)
    return codes, tables


_CODES, _TABLES = _coded()
