"""Wrong pairs, counted by the stage at which they went wrong and by what they show, with examples by record id."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from eyre.resolve.error_pattern import patterns_of, shared_keys, stages_of_missed
from eyre.resolve.group_pairs import pairs_within
from eyre.resolve.keys import keys_of
from eyre.resolve.layout import SCALE, Features, Int32, Int64
from eyre.resolve.model import Model
from eyre.resolve.tie import Ties
from eyre.resolve.weigh import Weighed, room_for, weigh_pairs
from eyre.service.texts import Texts

MOST_PAIRS = 2_000_000
"""Pairs that are looked at: their levels take some 60 bytes each. Counts of errors are exact beyond it."""
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A wrong pair, by record ids alone, and its match weight."""

    left: str
    right: str
    bits: float


@dataclass(frozen=True, slots=True)
class ErrorClass:
    """Wrong pairs of one `stage` (of `STAGES`) that show one `pattern` (of `PATTERNS`)."""

    stage: str
    pattern: str
    pairs: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Errors:
    """`pairs` are wrong; the `classes`, most pairs first, are of those `looked_at`, which are fewer only where groups
    are so large that looking at all would take too much memory."""

    pairs: int
    looked_at: int
    classes: tuple[ErrorClass, ...]


@dataclass(frozen=True)
class Judge:
    """The labelled `rows` with the true and the said label of each, and what tells why. Rows and `ids` are in the order
    in which the file was resolved."""

    features: Features
    model: Model
    ids: Texts
    rows: Int32
    truth: Int64
    said: Int64


def false_positives(judge: Judge, pairs: int) -> Errors:
    """What was put together and does not belong together: `pairs` in all."""
    left, right = _wrong(judge, judge.said, judge.truth)
    weighed = _weighed(judge, left, right)
    bar = round(judge.model.bar * SCALE)
    stages = [str(each) for each in np.where(weighed.total >= bar, "held", "carried")]
    return _errors(judge, (left, right), weighed, (stages, patterns_of(weighed, missed=False)), pairs)


def false_negatives(judge: Judge, pairs: int) -> Errors:
    """What belongs together and was not put together: `pairs` in all."""
    left, right = _wrong(judge, judge.truth, judge.said)
    weighed = _weighed(judge, left, right)
    low = weighed.total < round(judge.model.floor * SCALE)
    shares, followed = shared_keys(keys_of(judge.features, judge.model), left, right, judge.model.most)
    stages = stages_of_missed(low, shares, followed)
    return _errors(judge, (left, right), weighed, (stages, patterns_of(weighed, missed=True)), pairs)


def untied_weights(judge: Judge, ties: Ties) -> Int32:
    """The weights of true pairs that are not tied themselves (others may have brought them together), in 1/1024 bit."""
    found = pairs_within(judge.truth, judge.rows, MOST_PAIRS)
    tied = np.isin(_number(found.left, found.right), _number(ties.left, ties.right))
    left, right = found.left[~tied], found.right[~tied]
    out = room_for(len(left))
    weigh_pairs(judge.features, judge.model.weight_array(), left, right, out)
    return out.total


def _number(left: Int32, right: Int32) -> Int64:
    """One number a pair."""
    return left.astype(np.int64) << 32 | right


def _wrong(judge: Judge, together: Int64, apart: Int64) -> tuple[Int32, Int32]:
    """Pairs that one grouping puts together and the other does not."""
    found = pairs_within(together, np.arange(len(judge.rows), dtype=np.int32), MOST_PAIRS)
    wrong = apart[found.left] != apart[found.right]
    return judge.rows[found.left[wrong]], judge.rows[found.right[wrong]]


def _weighed(judge: Judge, left: Int32, right: Int32) -> Weighed:
    out = room_for(len(left), explained=True)
    weigh_pairs(judge.features, judge.model.weight_array(), left, right, out)
    return out


def _errors(
    judge: Judge, found: tuple[Int32, Int32], weighed: Weighed, classes: tuple[list[str], list[str]], pairs: int
) -> Errors:
    kinds = list(zip(*classes, strict=True))
    examples: dict[tuple[str, str], list[Example]] = {}
    shown: set[tuple[tuple[str, str], int]] = set()
    person = dict(zip(judge.rows.tolist(), judge.truth.tolist(), strict=True))
    for kind, left, right, total in zip(kinds, *(each.tolist() for each in (*found, weighed.total)), strict=True):
        told = examples.setdefault(kind, [])
        if len(told) < _EXAMPLES and (kind, person[left]) not in shown:  # of different people, so that they teach more
            shown.add((kind, person[left]))
            one, other = sorted((judge.ids[left].as_py(), judge.ids[right].as_py()))
            told.append(Example(one, other, total / SCALE))
    counted = sorted(Counter(kinds).items(), key=lambda each: (-each[1], *each[0]))
    return Errors(pairs, len(kinds), tuple(ErrorClass(*kind, many, tuple(examples[kind])) for kind, many in counted))
