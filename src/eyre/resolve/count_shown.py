"""What weighed pairs show of each field, counted where all other fields make sure of the pair.

The heart of `adapt_levels`: a pair is looked at once for every field, each time without what that field says.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eyre.resolve import level as lv
from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.layout import SCALE, Int8, Int64, Units, units
from eyre.resolve.weigh import Weighed

Float64 = NDArray[np.float64]

SURE = 0.95
"""The probability from which on a pair that other fields speak for counts as of one person."""

SURE_KIN = 0.99
"""The probability from which on a pair counts as kin. One in twenty would be too many records of one person among them:
a number that one person's records have in common is nothing that kin share."""

_TELLING = 1e-4  # a probability below which a pair is not looked at again
_LEAST_TOLD = -14 * SCALE  # evidence that makes no such probability, whatever else there is
_MOST_ODDS = 60 * SCALE


class Shows(NamedTuple):
    """What is asked: for each field its part, and for each field and part whether the part must not speak for it;
    `kin`: the logarithms of the shares of household, twin and namesake among pairs, in 1/1024 bit."""

    part: Int64
    silent: NDArray[np.bool_]
    kin: Int64


class Shown(NamedTuple):
    """What is counted: `level[field, level]`, the expected sure pairs; `ends`, the expected ends of pairs of one person
    and of one household; `numbers`, of the pairs that all else makes sure are kin, how many have numbers to compare,
    and how many the same one; and which pairs told anything."""

    level: Float64
    ends: Float64
    numbers: Float64
    telling: NDArray[np.bool_]


def count_shown(weighed: Weighed, ends: Int8, asked: Shows) -> Shown:
    """Counts over pairs that were weighed with their parts."""
    shown = Shown(
        np.zeros((len(asked.part), len(lv.LEVEL_NAMES))),
        np.zeros(2),
        np.zeros(2),
        np.zeros(len(weighed.total), dtype=np.bool_),
    )
    _count(weighed, ends, asked, np.zeros(4, dtype=np.int64), shown)
    return shown


@inline_kernel
def _odds(weight: int) -> float:
    return float(2.0 ** (min(max(weight, -_MOST_ODDS), _MOST_ODDS) / SCALE))


@inline_kernel
def _of_kin(evidence: Int64) -> tuple[float, float]:
    """The odds of a household, and of any kin."""
    household = _odds(evidence[1])
    return household, household + _odds(evidence[2]) + _odds(evidence[3])


@inline_kernel
def _hear(weighed: Weighed, at: int, asked: Shows, field: int, evidence: Int64) -> Units:
    """What a pair's parts say for one person, and in the last three of `evidence` for three kinds of kin, without those
    that are silent for a field (-1: with all)."""
    told = units(0)
    for kind in range(3):
        evidence[1 + kind] = asked.kin[kind]
    for part in range(lv.KINSHIP):
        if field < 0 or not asked.silent[field, part]:
            told += weighed.part[at, part]
            for kind in range(3):
                evidence[1 + kind] += weighed.kin[at, part, kind]
    return told


@inline_kernel
def _count_numbers(level: int, told: int, evidence: Int64, numbers: Float64) -> None:
    """Count a pair with numbers to compare if it is kin by all that was `told` without them."""
    if level == lv.MISSING:
        return
    _, kin = _of_kin(evidence)
    if kin / (1.0 + _odds(told) + kin) >= SURE_KIN:
        numbers[0] += 1.0
        numbers[1] += level == lv.EXACT


@kernel
def _count(weighed: Weighed, ends: Int8, asked: Shows, evidence: Int64, shown: Shown) -> None:
    for at in range(len(ends)):
        person = _odds(_hear(weighed, at, asked, -1, evidence))
        household, kin = _of_kin(evidence)
        every = 1.0 + person + kin
        shown.ends[0] += person / every * ends[at]
        shown.ends[1] += household / every * ends[at]
        telling = person / every > _TELLING or household / every > _TELLING
        for field in range(len(asked.part)):
            told = _hear(weighed, at, asked, field, evidence)
            if asked.part[field] == lv.NUMBER:
                _count_numbers(weighed.level[at, lv.NUMBER], told, evidence, shown.numbers)
            if told < _LEAST_TOLD:
                continue
            person = _odds(told)
            _, kin = _of_kin(evidence)
            alone = person / (1.0 + person + kin)
            telling = telling or alone > _TELLING
            if alone >= SURE:
                shown.level[field, weighed.level[at, asked.part[field]]] += alone
        shown.telling[at] = telling
