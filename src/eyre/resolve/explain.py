"""Why two records are, or are not, of one person; and how a person's records come together. In numbers and in words.

The parts of a pair add up to the weight that was used, in whole 1/1024 bit, and the merge steps replay the
clustering: an explanation is the arithmetic itself, not a story about it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eyre.resolve import level as lv
from eyre.resolve.cluster import some_blocks
from eyre.resolve.judged import JudgedPair
from eyre.resolve.layout import SCALE, Features
from eyre.resolve.model import Model
from eyre.resolve.resolve_all import cluster_groups, merge_steps
from eyre.resolve.tie import Ties
from eyre.resolve.weigh import room_for, weigh_pairs


@dataclass(frozen=True)
class Part:
    """One comparison: its key, what it compared, what was found and what it added, in 1/1024 bit."""

    key: str
    title: str
    level: str
    units: int

    @property
    def bits(self) -> float:
        """What it added, in bits."""
        return self.units / SCALE


@dataclass(frozen=True)
class PairExplanation:
    """The parts of a pair's weight; `total` is their sum, `vote` what the pair says in a cluster, both in 1/1024
    bit."""

    parts: tuple[Part, ...]
    total: int
    vote: int

    @property
    def bits(self) -> float:
        """The match weight in bits, prior included."""
        return self.total / SCALE

    @property
    def probability(self) -> float:
        """The probability, by this pair alone, that both records are of one person."""
        return float(1.0 / (1.0 + np.exp2(-min(max(self.bits, -60.0), 60.0))))


@dataclass(frozen=True)
class MergeStep:
    """Two groups became one: the rows of each, and their standing in bits (`resolve.cluster`)."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    average_bits: float


def explain_pair(features: Features, model: Model, left: int, right: int) -> PairExplanation:
    """The weight of rows `left` and `right`, part by part. Parts that compared nothing are there with nought."""
    low, high = min(left, right), max(left, right)
    out = room_for(1, explained=True)
    weigh_pairs(features, model.weight_array(), np.array([low], dtype=np.int32), np.array([high], dtype=np.int32), out)
    parts = tuple(
        Part(name.key, name.title, _level_name(at, int(out.level[0, at])), int(out.part[0, at]))
        for at, name in enumerate(lv.PART_NAMES)
    )
    return PairExplanation(parts, int(out.total[0]), int(out.vote[0]))


def explain_person(
    features: Features, model: Model, ties: Ties, judged: Sequence[JudgedPair], row: int
) -> list[MergeStep]:
    """The merge steps by which the person of `row` came together, first merged first."""
    groups, _ = cluster_groups(features, model, ties, judged)
    at = int(np.searchsorted(groups.offset, np.flatnonzero(groups.rows == row), side="right").max(initial=0))
    mine = some_blocks(groups, max(at - 1, 0), at)
    members: dict[int, tuple[int, ...]] = {
        each: (each,) for each in groups.rows[mine.offset[0] : mine.offset[-1]].tolist()
    }
    steps: list[MergeStep] = []
    for merge in merge_steps(features, model, mine, judged):
        step = MergeStep(members[merge.left], members[merge.right], merge.average / SCALE)
        members[merge.left] = tuple(sorted(step.left + step.right))
        steps.append(step)
    person = next((rows for rows in members.values() if row in rows and len(rows) == _largest(members, row)), (row,))
    return [step for step in steps if set(step.left + step.right) <= set(person)]


def _largest(members: dict[int, tuple[int, ...]], row: int) -> int:
    return max(len(rows) for rows in members.values() if row in rows)


def _level_name(part: int, level: int) -> str:
    if part == lv.PRIOR:
        return "how likely two records are to be of one person"
    if part == lv.KINSHIP and level == lv.MISSING:
        return "nothing that kin would explain"
    return lv.LEVEL_NAMES[level]
