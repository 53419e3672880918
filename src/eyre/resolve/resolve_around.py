"""`resolve_around`: from a few records, along shared keys, to the whole of their components; and the persons in them.

It must give what `resolve_all` gives of the same records: both tie two records when they share a key that is followed
and weigh at least the floor, and both cluster whole components.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from eyre.model.judgement import Judgement
from eyre.resolve.components import components_of
from eyre.resolve.each_once import each_once
from eyre.resolve.judged import SAME, JudgedPair, held_judgements, judged_pairs
from eyre.resolve.keys import Keys, keys_of_rows
from eyre.resolve.known_records import KnownRecords
from eyre.resolve.layout import SCALE, Features, Int32, Int64
from eyre.resolve.model import ENOUGH, Model, MostInBlock
from eyre.resolve.mutual import best_weak, weak_units
from eyre.resolve.neighbourhood import Asked, Near, Neighbourhood
from eyre.resolve.raise_floors import JUDGED, Links, join, of_one_with, raise_floors, strongest_first
from eyre.resolve.resolve_all import HeldTogether, cluster_rows
from eyre.resolve.tie import Ties
from eyre.resolve.votes import KnownVotes, known_votes
from eyre.resolve.weigh_candidates import look_up_sightings, weigh_candidates

MOST_RECORDS = 20_000
"""Records beyond which a component is followed no further: a last resort, which the answer tells (`cut`)."""

_NONE = np.zeros(0, dtype=np.int64)
_NO_LINKS = Links(_NONE, _NONE, _NONE)


@dataclass(frozen=True)
class Around:
    """The components that the seeds lie in, those that are implausibly large parted. `records`: ids, ascending; the
    rows of `person`, `features`, `ties` and `judged` are positions in it. `person[i]` is the least row of row `i`'s
    person. `capped_keys`: keys not followed because more visible records share them than the model allows. `cut`: a
    component was too large to follow whole. `known` has what is compared of them, by the ids of records."""

    records: Int64
    person: Int32
    ties: Ties
    judged: Sequence[JudgedPair]
    capped_keys: int
    cut: bool
    known: KnownRecords

    @cached_property
    def features(self) -> Features:
        """What is compared of each record; made when somebody asks, for most want persons alone."""
        return self.known.features_of(self.known.slots_of(self.records))

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
    """What has been found so far. Of each slot (`KnownRecords`): whether it is a seed, whether it was expanded, and
    the floor of its component. `block_key`, `block_slot`: who has which key, by key; `seen`: pairs that were weighed;
    `ties`: those of at least the model's floor; `same`: those that somebody judged to be one person;
    `votes`: left and right slot and vote in a cluster of each pair that was weighed; `weighed`: the slots of the pairs
    that were weighed last, ascending, with their features."""

    seed: NDArray[np.bool_]
    expanded: NDArray[np.bool_]
    floor: Int64
    known: KnownRecords = field(default_factory=KnownRecords)
    asked: Int64 = field(default_factory=lambda: _NONE)
    capped: Int64 = field(default_factory=lambda: _NONE)
    block_key: Int64 = field(default_factory=lambda: _NONE)
    block_slot: Int64 = field(default_factory=lambda: _NONE)
    seen: Int64 = field(default_factory=lambda: _NONE)
    ties: Links = _NO_LINKS
    same: Links = _NO_LINKS
    votes: list[Links] = field(default_factory=list)
    weighed: tuple[Int64, Features] | None = None
    judgements: dict[tuple[object, ...], Judgement] = field(default_factory=dict)

    def links(self, model: Model) -> tuple[Links, Links]:
        """What holds records together, and the weak ties of which an end must be expanded to know whether they hold."""
        left, right, weight = self.ties
        best = best_weak(self.ties, self.known.ids, weak_units(model))
        strong = weight >= weak_units(model)
        met_left, met_right = self.expanded[left], self.expanded[right]
        hopeful = ~strong & (~met_left | (best[left] == right)) & (~met_right | (best[right] == left))
        sure = strong | (hopeful & met_left & met_right)
        ties, hoped = (Links(*(column[some] for column in self.ties)) for some in (sure, hopeful & ~sure))
        return join(ties, self.same), hoped


def resolve_around(seeds: Sequence[int] | Int64, neighbourhood: Neighbourhood, model: Model) -> Around:
    """The persons in the components of `seeds` (record ids; those that are not visible are left out).

    Thousands of seeds may be asked for at once: their components are followed side by side, in as many rounds as the
    longest needs, and each is held to its own bounds.
    """
    floor = round(model.floor * SCALE)
    search = _Search(np.zeros(0, dtype=bool), np.zeros(0, dtype=bool), _NONE)
    search.known.add(neighbourhood.told(np.unique(np.asarray(seeds, dtype=np.int64))))
    _grow(search, floor)
    search.seed[:] = True
    root, wanted, held = np.arange(len(search.seed), dtype=np.int32), search.seed, _NO_LINKS
    frontier = np.flatnonzero(search.seed)
    while len(frontier):
        _expand(search, frontier, neighbourhood, model)
        _grow(search, floor)
        held, hoped = search.links(model)
        root = raise_floors(search.floor, held, model.most_in_component)
        wanted = of_one_with(search.seed, root)
        followed = wanted & (np.bincount(root, minlength=len(root))[root] <= MOST_RECORDS)
        group = np.where(followed, root, -1)
        _reach_by(group, search.floor, hoped)
        waiting = (group >= 0) & ~search.expanded
        frontier = strongest_first(
            np.where(waiting, group, root), search.floor, join(held, hoped), search.seed, waiting
        )
    look_up_sightings(search.known, np.flatnonzero(wanted & search.expanded), neighbourhood)
    return _clustered(search, (root, held), wanted, model)


def _reach_by(group: Int32, floor: Int64, hoped: Links) -> None:
    """Give the group of one end of a link that no floor breaks to the other, if that has none."""
    left, right, weight = hoped
    holds = weight >= np.maximum(floor[left], floor[right])
    for one, other in ((left[holds], right[holds]), (right[holds], left[holds])):
        reached = (group[one] >= 0) & (group[other] < 0)
        group[other[reached]] = group[one[reached]]


def _grow(search: _Search, floor: int) -> None:
    """Room for slots that are new."""
    new = len(search.known.ids) - len(search.seed)
    search.seed = np.append(search.seed, np.zeros(new, dtype=bool))
    search.expanded = np.append(search.expanded, np.zeros(new, dtype=bool))
    search.floor = np.append(search.floor, np.full(new, floor, dtype=np.int64))


def _expand(search: _Search, frontier: Int64, neighbourhood: Neighbourhood, model: Model) -> None:
    """Tie the slots of `frontier` to their neighbours."""
    search.expanded[frontier] = True
    made = _keys_of(search, frontier, model)
    wanted = _ascending(made.key)
    fresh = wanted[~_among(wanted, search.asked)]
    near = neighbourhood.near(Asked(fresh, search.known.ids[frontier], model.most))
    search.asked = _merged(search.asked, fresh)
    search.capped = _merged(search.capped, _ascending(near.capped))
    _note_blocks(search, near)
    _note_judgements(search, near.judgements, neighbourhood)
    pairs = _candidates(search, made, frontier, model.most)
    _ask_of(search, pairs, neighbourhood)
    _tie(search, pairs, neighbourhood, model)


def _ask_of(search: _Search, pairs: Int64, neighbourhood: Neighbourhood) -> None:
    """What is compared of the slots of `pairs`, as far as it was not told yet. Most of those who are met share one key
    by chance: of them nothing need be known."""
    wanted = np.zeros(len(search.known.ids), dtype=bool)
    wanted[pairs >> 32] = True
    wanted[pairs & 0xFFFFFFFF] = True
    slots = np.flatnonzero(wanted & ~search.known.are_told)
    if len(slots):
        search.known.add(neighbourhood.told(np.sort(search.known.ids[slots])))


def _keys_of(search: _Search, frontier: Int64, model: Model) -> Keys:
    """The keys of the slots of `frontier`, from the features at hand if those have them all."""
    slots, features = search.weighed or (_NONE, None)
    at = np.searchsorted(slots, frontier)
    if features is None or at[-1] == len(slots) or (slots[at] != frontier).any():
        features, at = search.known.features_of(frontier), np.arange(len(frontier), dtype=np.int64)
    return keys_of_rows(features, model, at)


def _note_blocks(search: _Search, near: Near) -> None:
    """Give slots to those who were met, and note their keys. What ascends is looked up several times as fast."""
    order = np.argsort(near.record)
    ascending = near.record[order]
    search.known.meet(each_once(ascending))
    met = np.empty(len(order), dtype=np.int64)
    met[order] = search.known.slots_of(ascending)
    key = np.concatenate([search.block_key, near.key])
    slot = np.concatenate([search.block_slot, met])
    order = np.argsort(key, kind="stable")
    search.block_key, search.block_slot = key[order], slot[order]


def _note_judgements(search: _Search, judgements: Sequence[Judgement], neighbourhood: Neighbourhood) -> None:
    if not judgements:
        return
    search.judgements.update(
        ((each.left, each.right, each.decided_at, each.actor, each.verdict), each) for each in judgements
    )
    held = held_judgements(search.judgements.values())
    pairs = np.array([pair for pair, verdict in held.items() if verdict == SAME], dtype=np.int64).reshape(-1, 2)
    records = np.unique(pairs)
    known = search.known.are_known(records)
    known[known] = search.known.are_told[search.known.slots_of(records[known])]
    if not known.all():
        search.known.add(neighbourhood.told(records[~known]))
    both = search.known.are_known(pairs[:, 0]) & search.known.are_known(pairs[:, 1])
    left, right = (search.known.slots_of(pairs[both, side]) for side in (0, 1))
    search.same = Links(left, right, np.full(len(left), JUDGED, dtype=np.int64))


def _candidates(search: _Search, made: Keys, frontier: Int64, most: MostInBlock) -> Int64:
    """Pairs, each in one number, of a frontier record and a record that shares enough keys with it, that were not
    weighed yet."""
    order = np.argsort(made.key)
    key, row = made.key[order], made.row[order]
    first = np.searchsorted(search.block_key, key, side="left")
    many = np.searchsorted(search.block_key, key, side="right") - first
    own = np.repeat(frontier[row], many)
    before = np.cumsum(many) - many
    other = search.block_slot[np.arange(len(own)) + np.repeat(first - before, many)]
    inside = np.zeros(len(search.known.ids), dtype=bool)
    inside[frontier] = True
    once = (own < other) | ((own > other) & ~inside[other])  # two of the frontier meet each other
    own, other = own[once], other[once]
    own, other = np.minimum(own, other), np.maximum(own, other)
    pairs, counts = _counted(own << 32 | other, np.repeat(most.counts(key, many), many)[once])
    pairs = pairs[counts >= ENOUGH]
    return pairs[~_among(pairs, search.seen)]


def _counted(values: Int64, counts: Int64) -> tuple[Int64, Int64]:
    """The distinct `values`, ascending, with the sum of each one's counts."""
    order = np.argsort(values)
    values = values[order]
    start = np.flatnonzero(np.append(True, values[1:] != values[:-1])) if len(values) else _NONE
    return values[start], np.add.reduceat(counts[order], start) if len(values) else _NONE


def _tie(search: _Search, pairs: Int64, neighbourhood: Neighbourhood, model: Model) -> None:
    """Weigh `pairs` and keep those that reach the floor."""
    if not len(pairs):
        return
    search.seen = _merged(search.seen, pairs)
    found = weigh_candidates(search.known, pairs, neighbourhood, model)
    search.weighed = found.slots, found.features
    search.votes.append(Links(found.left, found.right, found.vote))
    enough = found.weight >= round(model.floor * SCALE)
    search.ties = join(search.ties, Links(*(column[enough] for column in (found.left, found.right, found.weight))))


def _clustered(search: _Search, held: tuple[Int32, Links], wanted: NDArray[np.bool_], model: Model) -> Around:
    slots = np.flatnonzero(wanted & search.expanded)
    slots = slots[np.argsort(search.known.ids[slots])]
    records = search.known.ids[slots]
    row_of = np.full(len(wanted), -1, dtype=np.int32)
    row_of[slots] = np.arange(len(slots), dtype=np.int32)
    ties = _ties_within(*held, row_of)
    judged = judged_pairs(search.judgements.values(), {record: row for row, record in enumerate(records.tolist())})
    person = np.arange(len(slots), dtype=np.int32)
    if len(ties.left) or judged:
        said = HeldTogether(ties, judged, _votes_by_row(search.votes, row_of, len(slots)))
        person, _ = cluster_rows(len(slots), lambda: search.known.features_of(slots), model, said)
    cut = bool((wanted & ~search.expanded).any())
    return Around(records, person, ties, judged, len(search.capped), cut, search.known)


def _votes_by_row(votes: Sequence[Links], row_of: Int32, rows: int) -> KnownVotes:
    """The votes of pairs of which both are among the rows; the left one of a pair has the lesser id, and so row."""
    left, right, vote = (np.concatenate(columns) for columns in zip(_NO_LINKS, *votes, strict=True))
    left, right = row_of[left], row_of[right]
    here = np.flatnonzero((left >= 0) & (right >= 0))
    here = here[np.argsort(left[here], kind="stable")]
    return known_votes(left[here], right[here], vote[here].astype(np.int32), rows)


def _ties_within(root: Int32, held: Links, row_of: Int32) -> Ties:
    """Ties by row. Between parts of one implausible component they are left out, unless it is here whole: seen without
    the rest it would seem plausible."""
    left, right, weight = held
    whole_root = components_of(len(root), left.astype(np.int32), right.astype(np.int32))
    whole = np.ones(len(root), dtype=bool)
    whole[whole_root[row_of < 0]] = False
    kept = (row_of[left] >= 0) & (row_of[right] >= 0) & ((root[left] == root[right]) | whole[whole_root[left]])
    kept &= weight < JUDGED
    columns = np.stack([row_of[left[kept]], row_of[right[kept]], weight[kept].astype(np.int32)])
    columns = columns[:, np.lexsort((columns[1], columns[0]))]
    return Ties(columns[0].copy(), columns[1].copy(), columns[2].copy())


def _ascending(values: Int64) -> Int64:
    """The distinct `values`, ascending."""
    return each_once(np.sort(values))


def _among(values: Int64, held: Int64) -> NDArray[np.bool_]:
    """Which of `values` are in `held`, which is ascending."""
    if not len(held):
        return np.zeros(len(values), dtype=bool)
    return np.asarray(held[np.minimum(np.searchsorted(held, values), len(held) - 1)] == values)


def _merged(held: Int64, more: Int64) -> Int64:
    """Both, ascending; each has no number twice, and they have nothing in common."""
    both = np.concatenate([held, more])
    both.sort(kind="stable")  # which merges what ascends already
    return both
