"""Doubts: the decisions of clustering that might as well have gone the other way, and how much hangs on each.

A decision is about two groups of records: those that one merge put together, or two whole persons that stayed apart
although a pair of their records comes near to tying them. What it hangs on is their standing (`resolve.cluster`), and
for persons that nothing ties no more than their heaviest pair. A decision that a judgement settles is no doubt.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eyre.resolve.components import components_of
from eyre.resolve.judged import DIFFERENT, SAME, JudgedPair
from eyre.resolve.keys import keys_of
from eyre.resolve.layout import SCALE, Features, Int32, Int64
from eyre.resolve.model import Model
from eyre.resolve.mutual import held_ties
from eyre.resolve.resolve_all import cluster_groups, merge_table
from eyre.resolve.review.runs import Runs, runs_of
from eyre.resolve.review.standing import standings
from eyre.resolve.tie import Ties, tie_records

DOUBT_BITS = 6.0
"""A decision further than this from the bar is no doubt: at 6 bits one in 65 such decisions is wrong."""


@dataclass(frozen=True)
class Resolved:
    """Persons, and what doubts are found by. `person[i]` is the least row of row `i`'s person; `merges`: the steps of
    all merge trees, a row each, with the fields of `Merge` in columns; `rows` and `steps`: which of either each person
    has; `near`: pairs of two persons' records of at least the model's floor less `DOUBT_BITS`, whether or not they
    tie."""

    features: Features
    person: Int32
    merges: Int64
    rows: Runs
    steps: Runs
    near: Ties


class Doubts(NamedTuple):
    """Columns, a row a doubt: the least rows of two groups, how many records each has, whether they were put together,
    what that hangs on in 1/1024 bit, and the step of `Resolved.merges` that did it (-1 for none)."""

    left: Int64
    right: Int64
    left_size: Int64
    right_size: Int64
    together: NDArray[np.bool_]
    units: Int64
    step: Int64


def resolve_for_review(features: Features, model: Model, judged: Sequence[JudgedPair]) -> Resolved:
    """Persons as `resolve_all` makes them, with the pairs that nearly tie."""
    tied = tie_records(features, model, keys_of(features, model), floor_bits=model.floor - DOUBT_BITS).ties
    ties = Ties(*(column[tied.weight >= round(model.floor * SCALE)] for column in tied))
    ties = held_ties(ties, len(features.sex), model)
    groups, _ = cluster_groups(features, model, ties, judged)
    merges = merge_table(features, model, groups, judged)
    person = components_of(len(features.sex), merges[:, 0].astype(np.int32), merges[:, 1].astype(np.int32))
    between = person[tied.left] != person[tied.right]
    return Resolved(
        features=features,
        person=person,
        merges=merges,
        rows=runs_of(person),
        steps=runs_of(person[merges[:, 0]]),
        near=Ties(*(column[between] for column in tied)),
    )


def doubts_of(resolved: Resolved, model: Model, judged: Sequence[JudgedPair]) -> Doubts:
    """The doubts of a resolution, in no particular order."""
    merged, apart = _merged(resolved, judged), _apart(resolved, model, judged)
    both = Doubts._make(np.concatenate(columns) for columns in zip(merged, apart, strict=True))
    doubtful = np.abs(both.units - round(model.bar * SCALE)) <= round(DOUBT_BITS * SCALE)
    return Doubts._make(column[doubtful] for column in both)


def groups_of(resolved: Resolved, doubts: Doubts, at: int) -> tuple[Int32, Int32]:
    """The rows of the two groups of the doubt at position `at`, each ascending."""
    step, person = int(doubts.step[at]), int(resolved.person[doubts.left[at]])
    if step < 0:
        return _rows_of(resolved, person), _rows_of(resolved, int(doubts.right[at]))
    steps = resolved.steps.of(person)
    groups: dict[int, list[int]] = {}
    one: list[int] = []
    other: list[int] = []
    for least, further in resolved.merges[steps[steps <= step], :2].tolist():
        one, other = groups.pop(least, [least]), groups.pop(further, [further])
        groups[least] = one + other
    return np.array(sorted(one), dtype=np.int32), np.array(sorted(other), dtype=np.int32)


def _merged(resolved: Resolved, judged: Sequence[JudgedPair]) -> Doubts:
    """Every merge but those that a judgement settles."""
    steps = np.arange(len(resolved.merges), dtype=np.int64)
    settled = {_step_of(resolved, each) for each in judged if each.verdict == SAME}
    kept = steps[~np.isin(steps, np.array(sorted(settled), dtype=np.int64))]
    left, right, units, left_size, right_size = resolved.merges[kept].T
    return Doubts(left, right, left_size, right_size, np.ones(len(kept), dtype=np.bool_), units, kept)


def _step_of(resolved: Resolved, pair: JudgedPair) -> int:
    """The merge that put two rows together; -1 for rows of two persons."""
    if resolved.person[pair.left] != resolved.person[pair.right]:
        return -1
    group = {pair.left: pair.left, pair.right: pair.right}
    for step in resolved.steps.of(int(resolved.person[pair.left])).tolist():
        left, right = resolved.merges[step, :2].tolist()
        if {left, right} == set(group.values()):
            return int(step)
        group = {row: left if least == right else least for row, least in group.items()}
    return -1


def _apart(resolved: Resolved, model: Model, judged: Sequence[JudgedPair]) -> Doubts:
    """Every two persons between whom a pair is near, but those that a judgement keeps apart."""
    one, other = resolved.person[resolved.near.left], resolved.person[resolved.near.right]
    persons, at = np.unique(
        np.stack([np.minimum(one, other), np.maximum(one, other)], axis=1), axis=0, return_inverse=True
    )
    heaviest = np.full(len(persons), np.iinfo(np.int32).min, dtype=np.int64)
    np.maximum.at(heaviest, at, resolved.near.weight)
    parted = {_persons(resolved, each) for each in judged if each.verdict == DIFFERENT}
    kept = np.array([two not in parted for two in map(tuple, persons.tolist())], dtype=np.bool_)
    left, right = persons[kept].astype(np.int64).T
    groups = [(_rows_of(resolved, one), _rows_of(resolved, other)) for one, other in persons[kept].tolist()]
    return Doubts(
        left,
        right,
        np.array([len(rows) for rows, _ in groups], dtype=np.int64),
        np.array([len(rows) for _, rows in groups], dtype=np.int64),
        np.zeros(len(groups), dtype=np.bool_),
        np.minimum(standings(resolved.features, model, groups), heaviest[kept]),
        np.full(len(groups), -1, dtype=np.int64),
    )


def _persons(resolved: Resolved, pair: JudgedPair) -> tuple[int, int]:
    one, other = sorted((int(resolved.person[pair.left]), int(resolved.person[pair.right])))
    return one, other


def _rows_of(resolved: Resolved, person: int) -> Int32:
    """The rows of a person, ascending."""
    return resolved.rows.of(person).astype(np.int32)
