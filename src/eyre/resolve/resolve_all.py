"""`resolve_all`: every record of a view at once, in columns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from eyre.resolve.adapt import adapt
from eyre.resolve.adapt_levels import fit_levels
from eyre.resolve.cluster import TRUSTS, Blocks, Merge, blocks_of_rows, merge_blocks, pairs_of_blocks, some_blocks
from eyre.resolve.components import components_of
from eyre.resolve.count_numbers import count_numbers
from eyre.resolve.features import Coded, code, features_of
from eyre.resolve.in_threads import in_threads
from eyre.resolve.judged import JudgedPair
from eyre.resolve.kernel import kernel
from eyre.resolve.layout import SCALE, Features, Int8, Int32, Int64, SightingFeatures
from eyre.resolve.marks import marks_of
from eyre.resolve.model import Model
from eyre.resolve.mutual import held_ties
from eyre.resolve.postings import postings_of
from eyre.resolve.said import SaidColumns
from eyre.resolve.sightings import NO_SIGHTINGS, with_sightings
from eyre.resolve.tie import Tied, Ties, pairs_of_sample, tie_posted
from eyre.resolve.votes import KnownVotes, known_votes, votes_of_blocks

FITTED_RECORDS = 8_000
"""Records of a file whose pairs are looked at to fit the shares of levels."""

_PAIRS_AT_ONCE = 1 << 16


@dataclass(frozen=True)
class Resolution:
    """`person[i]` is the least row of the person that row `i` belongs to. `ties`: the pairs that tie rows into
    components, of `candidates` that were weighed. `capped_keys`: keys not followed because too many visible records
    share them. `raised`: components that were implausibly large and had their floor raised."""

    person: Int32
    ties: Ties
    candidates: int
    capped_keys: int
    raised: int

    @property
    def persons(self) -> int:
        """How many persons there are: as many as rows that are the least of theirs."""
        return int(np.count_nonzero(self.person == np.arange(len(self.person), dtype=np.int32)))


def resolve_file(said: SaidColumns, model: Model, judged: Sequence[JudgedPair] = ()) -> tuple[Resolution, Model]:
    """Persons of a closed file, and the model that was used: frequencies, population, prior and shares of levels fitted
    to the file."""
    coded = code(said)
    del said  # texts take more memory than all that is made of them
    adapted = adapt(model, coded)
    features = features_of(coded, adapted.frequencies)
    del coded
    postings = postings_of(marks_of(features, adapted), adapted.most, sampled=FITTED_RECORDS)
    fitted = fit_levels(adapted, features, pairs_of_sample(postings, adapted))
    tied = tie_posted(features, fitted, postings, floor_bits=fitted.floor)
    del postings
    return _resolve_tied(features, fitted, tied, judged), fitted


def resolve_all(
    said: SaidColumns,
    model: Model,
    judged: Sequence[JudgedPair] = (),
    sightings: SightingFeatures = NO_SIGHTINGS,
) -> Resolution:
    """Persons of all records. Rows must come in the order of their record ids, which breaks ties."""
    return resolve_coded(code(said), model, judged, sightings)


def resolve_coded(
    coded: Coded,
    model: Model,
    judged: Sequence[JudgedPair] = (),
    sightings: SightingFeatures = NO_SIGHTINGS,
) -> Resolution:
    """As `resolve_all`, for what is normalised already."""
    features = with_sightings(features_of(coded, model.frequencies), sightings)
    postings = postings_of(marks_of(features, model), model.most)
    tied = tie_posted(features, model, postings, floor_bits=model.floor)
    del postings
    return _resolve_tied(features, model, tied, judged)


def _resolve_tied(features: Features, model: Model, tied: Tied, judged: Sequence[JudgedPair]) -> Resolution:
    rows = len(features.sex)
    ties = held_ties(tied.ties, rows, model)
    votes = tied.votes if ties is tied.ties else None
    person, raised = cluster_components(features, model, ties, judged, votes)
    return Resolution(person, ties, int(tied.histogram.sum()), tied.capped_keys, raised)


def cluster_components(
    features: Features, model: Model, ties: Ties, judged: Sequence[JudgedPair], votes: Int32 | None = None
) -> tuple[Int32, int]:
    """The least row of each row's person, and how many components had their floor raised. The pairs whose `votes` are
    known, those of the ties, are not weighed again."""
    rows = len(features.sex)
    parts: list[Callable[[], Any]] = [lambda: cluster_groups(features, model, ties, judged)]
    if votes is not None:
        parts.append(lambda: known_votes(ties.left, ties.right, votes, rows))
    (groups, raised), *known = in_threads(lambda part: part(), parts)
    return _persons(rows, _merged(lambda: features, model, groups, judged, *known)), raised


class HeldTogether(NamedTuple):
    """What holds rows together, and the votes of pairs that were weighed."""

    ties: Ties
    judged: Sequence[JudgedPair]
    known: KnownVotes | None


def cluster_rows(rows: int, features: Callable[[], Features], model: Model, held: HeldTogether) -> tuple[Int32, int]:
    """As `cluster_components`, of so many rows. Their features are asked for where not all votes are known."""
    ties, judged, known = held
    groups, raised = _groups_of_rows(rows, model, ties, judged)
    return _persons(rows, _merged(features, model, groups, judged, known)), raised


def _persons(rows: int, merged: Sequence[Int64]) -> Int32:
    """The least row of each row's person, of so many rows and the merges of some after the others."""
    person = np.arange(rows, dtype=np.int32)
    for merges in merged:
        person[merges[:, 1]] = merges[:, 0]
    _find_roots(person)
    return person


def cluster_groups(features: Features, model: Model, ties: Ties, judged: Sequence[JudgedPair]) -> tuple[Blocks, int]:
    """The components of two rows or more, implausibly large ones parted, and how many of those there were."""
    return _groups_of_rows(len(features.sex), model, ties, judged)


def _groups_of_rows(count: int, model: Model, ties: Ties, judged: Sequence[JudgedPair]) -> tuple[Blocks, int]:
    same = [pair for pair in judged if pair.verdict > 0]
    root = components_of(
        count,
        np.concatenate([ties.left, np.array([pair.left for pair in same], dtype=np.int32)]),
        np.concatenate([ties.right, np.array([pair.right for pair in same], dtype=np.int32)]),
    )
    groups = _components(root)
    sizes = np.diff(groups.offset)
    large = sizes > model.most_in_component
    if not large.any():
        return groups, 0
    parts = [groups.rows[~np.repeat(large, sizes)]]
    for at in np.flatnonzero(large):
        rows = groups.rows[groups.offset[at] : groups.offset[at + 1]]
        parts += [part for part in plausible_groups(rows, model, ties, judged) if len(part) > 1]
    parted = np.array([len(part) for part in parts[1:]], dtype=np.int64)
    return blocks_of_rows(np.concatenate(parts), np.concatenate([sizes[~large], parted])), int(large.sum())


def merge_steps(features: Features, model: Model, groups: Blocks, judged: Sequence[JudgedPair]) -> list[Merge]:
    """How the rows of each group come together, step by step."""
    return [Merge(*step) for step in merge_table(features, model, groups, judged).tolist()]


def merge_table(features: Features, model: Model, groups: Blocks, judged: Sequence[JudgedPair]) -> Int64:
    """As `merge_steps`, a row a step, with the fields of `Merge` in columns."""
    none = np.zeros((0, len(Merge._fields)), dtype=np.int64)
    return np.concatenate([none, *_merged(lambda: features, model, groups, judged)])


def _merged(
    features: Callable[[], Features],
    model: Model,
    groups: Blocks,
    judged: Sequence[JudgedPair],
    known: KnownVotes | None = None,
) -> list[Int64]:
    """The merges of some groups after the other, as `merge_table` has them."""
    weights = model.weight_array()
    settings = [
        model.bar * SCALE,
        model.clip * SCALE,
        model.trust * TRUSTS,
        model.conflict * SCALE,
        model.clash * SCALE,
    ]
    numbers = np.round(settings).astype(np.int64)

    def merge(span: tuple[int, int]) -> Int64:
        blocks = some_blocks(groups, *span)
        votes = votes_of_blocks(features, weights, blocks, known)
        merges = np.zeros((int(blocks.offset[-1] - blocks.offset[0]), len(Merge._fields)), dtype=np.int64)
        steps = merge_blocks(blocks, votes, _judged_column(blocks, judged), numbers, merges)
        return merges[:steps].copy()

    edges = np.searchsorted(groups.pair_offset, np.arange(0, int(groups.pair_offset[-1]), _PAIRS_AT_ONCE))
    return in_threads(merge, list(pairwise(np.unique([*edges, len(groups.offset) - 1]).tolist())))


def plausible_groups(rows: Int32, model: Model, ties: Ties, judged: Sequence[JudgedPair]) -> list[Int32]:
    """A component too large to be one family of records, parted by raising its floor bit by bit until it is not."""
    inside = np.isin(ties.left, rows)
    left = np.searchsorted(rows, ties.left[inside]).astype(np.int32)
    right = np.searchsorted(rows, ties.right[inside]).astype(np.int32)
    weight = ties.weight[inside]
    done: list[Int32] = []
    floor = round(model.floor * SCALE)
    open_rows = np.arange(len(rows), dtype=np.int32)
    same = [(pair.left, pair.right) for pair in judged if pair.verdict > 0 and pair.left in rows and pair.right in rows]
    kept_left = np.searchsorted(rows, [a for a, _ in same]).astype(np.int32)
    kept_right = np.searchsorted(rows, [b for _, b in same]).astype(np.int32)
    while len(open_rows):
        floor += SCALE
        strong = weight >= floor
        root = components_of(
            len(rows),
            np.concatenate([left[strong], kept_left]),
            np.concatenate([right[strong], kept_right]),
        )
        parts = split_by(root[open_rows], open_rows)
        enough = [len(part) <= model.most_in_component or not strong.any() for part in parts]
        done += [part for part, small in zip(parts, enough, strict=True) if small]
        still = [part for part, small in zip(parts, enough, strict=True) if not small]
        open_rows = np.sort(np.concatenate(still)) if still else open_rows[:0]
    return [rows[group] for group in done]


def split_by(label: Int32, rows: Int32) -> list[Int32]:
    """`rows` in groups of one label each, every group in the order of `rows`."""
    order = np.argsort(label, kind="stable")
    ordered = label[order]
    starts = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    return np.split(rows[order], starts)


def _components(root: Int32) -> Blocks:
    """Rows of each component of at least two."""
    size = count_numbers(root, len(root))
    sizes = size[size > 1].astype(np.int64)
    rows = np.empty(int(sizes.sum()), dtype=np.int32)
    _fill_components(root, size, np.empty_like(root), rows)
    return blocks_of_rows(rows, sizes)


@kernel
def _fill_components(root: Int32, size: Int32, place: Int32, rows: Int32) -> None:
    """`place` comes to hold where the next row of each root goes. A root is the least row of its component."""
    total = 0
    for row in range(len(root)):
        least = root[row]
        if size[least] < 2:
            continue
        if least == row:
            place[row] = total
            total += size[row]
        rows[place[least]] = row
        place[least] += 1


def _judged_column(blocks: Blocks, judged: Sequence[JudgedPair]) -> Int8:
    many = int(blocks.pair_offset[-1])
    column = np.zeros(many, dtype=np.int8)
    if judged:
        left, right = np.empty((2, many), dtype=np.int32)
        pairs_of_blocks(blocks, left, right)
        verdict_of = {(pair.left, pair.right): pair.verdict for pair in judged}
        column[:] = [verdict_of.get(pair, 0) for pair in zip(left.tolist(), right.tolist(), strict=True)]
    return column


@kernel
def _find_roots(person: Int32) -> None:
    """Follow merges to the least row: every step's right side points at its left side, which has a smaller row."""
    for row in range(len(person)):
        person[row] = person[person[row]]
