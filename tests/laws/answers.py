"""Everything that resolution answers, as values that can be compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from eyre.model.judgement import Judgement
from eyre.resolve.explain import MergeStep, PairExplanation, explain_pair, explain_person
from eyre.resolve.judged import judged_pairs
from eyre.resolve.model import Model, MostInBlock
from eyre.resolve.neighbourhood import Asked
from eyre.resolve.pack_features import each_record, pack_features
from eyre.resolve.resolve_all import Resolution, resolve_all
from eyre.resolve.resolve_around import Around, resolve_around
from eyre.resolve.said import said_by_persons
from eyre.resolve.sightings import sightings_of_rows
from tests.laws.houses import Opened
from tests.resolve.feature_parts import parts_of

Groups = frozenset[frozenset[int]]
"""Persons, each the ids of its records."""


@dataclass(frozen=True)
class Answer:
    """What `resolve_around` answers."""

    records: tuple[int, ...]
    said: tuple[Mapping[int, bytes], ...]
    persons: Groups
    ties: tuple[tuple[int, int, int], ...]
    capped_keys: int
    cut: bool


@dataclass(frozen=True)
class Explanation:
    """Why each two records are or are not of one person, and how each record's person came to be."""

    why: tuple[PairExplanation, ...]
    how: tuple[tuple[MergeStep, ...], ...]


@dataclass(frozen=True)
class Answers:
    """The answer around every visible record alone, around all of them, its explanation, and what the other driver
    says of all of them."""

    alone: Mapping[int, Answer]
    together: Answer
    explained: Explanation
    all_persons: Groups


def answer(found: Around) -> Answer:
    """An `Around` by record ids."""
    ids = found.records.tolist()
    ties = zip(found.ties.left.tolist(), found.ties.right.tolist(), found.ties.weight.tolist(), strict=True)
    return Answer(
        records=tuple(ids),
        said=tuple(map(parts_of, each_record(pack_features(found.features)))),
        persons=groups_around(found),
        ties=tuple(sorted((ids[left], ids[right], weight) for left, right, weight in ties)),
        capped_keys=found.capped_keys,
        cut=found.cut,
    )


def every_answer(opened: Opened, model: Model) -> Answers:
    """All that is answered under a view."""
    seeds = list(opened.everybody())
    together = resolve_around(seeds, opened, model)
    return Answers(
        alone={seed: answer(resolve_around([seed], opened, model)) for seed in seeds},
        together=answer(together),
        explained=_explained(together, model),
        all_persons=all_groups(opened, model),
    )


def _explained(found: Around, model: Model) -> Explanation:
    rows = range(len(found.records))
    return Explanation(
        why=tuple(explain_pair(found.features, model, a, b) for a, b in combinations(rows, 2)),
        how=tuple(tuple(explain_person(found.features, model, found.ties, found.judged, row)) for row in rows),
    )


def groups_around(found: Around) -> Groups:
    """The persons of an `Around`."""
    return _groups(found.records.tolist(), found.person.tolist())


def resolve_everybody(opened: Opened, model: Model) -> tuple[Resolution, list[int]]:
    """The other driver's answer for all that is visible, and the ids of its rows."""
    everybody = opened.everybody()
    ids = list(everybody)
    row_of = {record: row for row, record in enumerate(ids)}
    judged = judged_pairs(_judgements(opened, ids), row_of)
    seen = opened.sighted(np.array(ids, dtype=np.int64))
    sightings = sightings_of_rows(len(ids), np.searchsorted(ids, seen.records), seen.sightings)
    return resolve_all(said_by_persons(list(everybody.values())), model, judged, sightings), ids


def all_groups(opened: Opened, model: Model) -> Groups:
    """All persons of a view, by `resolve_all`."""
    resolution, ids = resolve_everybody(opened, model)
    return _groups(ids, resolution.person.tolist())


def person_of(groups: Groups) -> Mapping[int, frozenset[int]]:
    """The person that each record is of."""
    return {record: group for group in groups for record in group}


def _judgements(opened: Opened, ids: list[int]) -> Sequence[Judgement]:
    nothing = np.zeros(0, dtype=np.int64)
    return opened.near(Asked(nothing, np.array(ids, dtype=np.int64), MostInBlock(0, 0, 0))).judgements


def _groups(ids: Sequence[int], person: Sequence[int]) -> Groups:
    members: dict[int, set[int]] = {}
    for record, root in zip(ids, person, strict=True):
        members.setdefault(root, set()).add(record)
    return frozenset(frozenset(group) for group in members.values())
