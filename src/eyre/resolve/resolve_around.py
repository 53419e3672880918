"""`resolve_around`: from a few records, along shared keys, to the whole of their components; and the persons in them.

It must give what `resolve_all` gives of the same records: both tie two records when they share a key that is followed
and weigh at least the floor, and both cluster whole components.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eyre.model.judgement import Judgement
from eyre.model.person import Person
from eyre.resolve.features import code, features_of
from eyre.resolve.judged import SAME, JudgedPair, held_judgements, judged_pairs
from eyre.resolve.keys import keys_of
from eyre.resolve.layout import SCALE, Features, Int32, Int64
from eyre.resolve.model import Model
from eyre.resolve.neighbourhood import Neighbourhood
from eyre.resolve.resolve_all import cluster_components
from eyre.resolve.said import said_by_persons
from eyre.resolve.tie import Ties
from eyre.resolve.weigh import room_for, weigh_pairs

MOST_RECORDS = 20_000
"""Records beyond which a component is followed no further: a last resort, which the answer tells (`cut`)."""


@dataclass(frozen=True)
class Around:
    """The components that the seeds lie in. `records`: ids, ascending; the rows of `person`, `features`, `ties` and
    `judged` are positions in it. `person[i]` is the least row of row `i`'s person. `capped_keys`: keys not followed
    because more visible records share them than the model allows. `cut`: the component was too large to follow
    whole."""

    records: Int64
    persons: Sequence[Person]
    person: Int32
    features: Features
    ties: Ties
    judged: Sequence[JudgedPair]
    capped_keys: int
    cut: bool

    def row_of(self, record: int) -> int:
        """The row of a record id. Raises `KeyError` for a record that is not here."""
        at = int(np.searchsorted(self.records, record))
        if at == len(self.records) or self.records[at] != record:
            raise KeyError(record)
        return at

    def same_person(self, record: int) -> list[int]:
        """The ids of all records of the person that `record` is of."""
        rows = np.flatnonzero(self.person == self.person[self.row_of(record)])
        return [int(each) for each in self.records[rows]]


@dataclass
class _Search:
    """What has been found so far: who each record is about, which were expanded, what ties them."""

    known: dict[int, Person]
    expanded: set[int]
    ties: dict[tuple[int, int], int]
    judgements: dict[tuple[object, ...], Judgement]
    capped: set[int]


def resolve_around(seeds: Sequence[int], neighbourhood: Neighbourhood, model: Model) -> Around:
    """The persons in the components of `seeds` (record ids; those that are not visible are left out)."""
    search = _Search({}, set(), {}, {}, set())
    frontier = np.unique(np.asarray(seeds, dtype=np.int64))
    search.known.update(neighbourhood.persons(frontier))
    frontier = frontier[[int(record) in search.known for record in frontier]]
    while len(frontier) and len(search.expanded) + len(frontier) <= MOST_RECORDS:
        frontier = _expand(search, frontier, neighbourhood, model)
    return _clustered(search, model, cut=bool(len(frontier)))


def _expand(search: _Search, frontier: Int64, neighbourhood: Neighbourhood, model: Model) -> Int64:
    """Tie `frontier` to its neighbours; returns the tied records that are not expanded yet."""
    search.expanded.update(int(record) for record in frontier)
    near = _candidates(search, frontier, neighbourhood, model)
    judged = neighbourhood.judgements(frontier)
    search.judgements.update(
        ((each.left, each.right, each.decided_at, each.actor, each.verdict), each) for each in judged
    )
    held = held_judgements(judged)
    partners = {record for pair, verdict in held.items() if verdict == SAME for record in pair}
    wanted = {record for pair in near for record in pair} | partners
    unknown = np.array(sorted(wanted - set(search.known)), dtype=np.int64)
    if len(unknown):
        search.known.update(neighbourhood.persons(unknown))
    tied = _tie(search, near, model)
    return np.array(sorted((tied | (partners & set(search.known))) - search.expanded), dtype=np.int64)


def _candidates(search: _Search, frontier: Int64, neighbourhood: Neighbourhood, model: Model) -> set[tuple[int, int]]:
    """Pairs of a frontier record and a record that shares a key with it, smaller id first."""
    features = features_of(code(said_by_persons([search.known[int(record)] for record in frontier])), model.frequencies)
    made = keys_of(features, model)
    keys, records = neighbourhood.records_by_keys(np.unique(made.key))
    order = np.argsort(keys, kind="stable")
    keys, records = keys[order], records[order]
    first = np.searchsorted(keys, made.key, side="left")
    last = np.searchsorted(keys, made.key, side="right")
    pairs: set[tuple[int, int]] = set()
    for at, (row, start, stop) in enumerate(zip(made.row.tolist(), first.tolist(), last.tolist(), strict=True)):
        if stop - start > model.most_in_block:
            search.capped.add(int(made.key[at]))
            continue
        own = int(frontier[row])
        pairs.update((min(own, other), max(own, other)) for other in records[start:stop].tolist() if other != own)
    return pairs


def _tie(search: _Search, pairs: set[tuple[int, int]], model: Model) -> set[int]:
    """Weigh new pairs, keep those that reach the floor, and return the records in them."""
    fresh = sorted(
        pair for pair in pairs if pair not in search.ties and pair[0] in search.known and pair[1] in search.known
    )
    if not fresh:
        return set()
    here = sorted({record for pair in fresh for record in pair})
    row_of = {record: row for row, record in enumerate(here)}
    features = features_of(code(said_by_persons([search.known[record] for record in here])), model.frequencies)
    left = np.array([row_of[pair[0]] for pair in fresh], dtype=np.int32)
    right = np.array([row_of[pair[1]] for pair in fresh], dtype=np.int32)
    out = room_for(len(fresh))
    weigh_pairs(features, model.weight_array(), left, right, out)
    floor = round(model.floor * SCALE)
    tied = {pair: weight for pair, weight in zip(fresh, out.total.tolist(), strict=True) if weight >= floor}
    search.ties.update(tied)
    return {record for pair in tied for record in pair}


def _clustered(search: _Search, model: Model, *, cut: bool) -> Around:
    records = np.array(sorted(search.expanded), dtype=np.int64)
    row_of = {int(record): row for row, record in enumerate(records)}
    persons = [search.known[int(record)] for record in records]
    features = features_of(code(said_by_persons(persons)), model.frequencies)
    inside = sorted((row_of[a], row_of[b], w) for (a, b), w in search.ties.items() if a in row_of and b in row_of)
    columns = np.array(inside, dtype=np.int32).reshape(-1, 3)
    ties = Ties(columns[:, 0].copy(), columns[:, 1].copy(), columns[:, 2].copy())
    judged = judged_pairs(search.judgements.values(), row_of)
    person, _ = cluster_components(features, model, ties, judged)
    return Around(records, persons, person, features, ties, judged, len(search.capped), cut)
