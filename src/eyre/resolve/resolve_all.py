"""`resolve_all`: every record of a view at once, in columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eyre.resolve.adapt import adapt, fit_prior
from eyre.resolve.cluster import Merge, merge_groups, weigh_all
from eyre.resolve.components import components_of
from eyre.resolve.features import Coded, code, features_of
from eyre.resolve.keys import keys_of
from eyre.resolve.layout import SCALE, Features, Int8, Int32, Int64
from eyre.resolve.model import Model
from eyre.resolve.pairs import Pairs, candidate_pairs
from eyre.resolve.said import SaidColumns
from eyre.resolve.weigh import weigh_pairs
from eyre.resolve.weight_index import PRIOR as PRIOR_INDEX


@dataclass(frozen=True)
class JudgedPair:
    """Rows `left` < `right` that a person judged; `verdict` is `cluster.SAME` or `cluster.DIFFERENT`."""

    left: int
    right: int
    verdict: int


@dataclass(frozen=True)
class Resolution:
    """`person[i]` is the least row of the person that row `i` belongs to. `left`, `right`, `weight` (1/1024 bit): the
    pairs that tie rows into components. `capped_keys`: keys not followed because too many visible records share them.
    `raised`: components that were implausibly large and had their floor raised."""

    person: Int32
    left: Int32
    right: Int32
    weight: Int32
    candidates: int
    capped_keys: int
    raised: int


def resolve_file(said: SaidColumns, model: Model, judged: Sequence[JudgedPair] = ()) -> tuple[Resolution, Model]:
    """Persons of a closed file, and the model that was used: frequencies, population and prior fitted to the file."""
    coded = code(said)
    adapted = adapt(model, coded)
    features = features_of(coded, adapted.frequencies)
    pairs = candidate_pairs(keys_of(features, adapted), adapted.most_in_block)
    total = _weigh(features, adapted, pairs)
    fitted = fit_prior(adapted, total, said.count)
    total += fitted.weight_array()[PRIOR_INDEX] - adapted.weight_array()[PRIOR_INDEX]
    return _resolve_weighed(features, fitted, pairs, total, judged), fitted


def resolve_all(said: SaidColumns, model: Model, judged: Sequence[JudgedPair] = ()) -> Resolution:
    """Persons of all records. Rows must come in the order of their record ids, which breaks ties."""
    return resolve_coded(code(said), model, judged)


def resolve_coded(coded: Coded, model: Model, judged: Sequence[JudgedPair] = ()) -> Resolution:
    """As `resolve_all`, for what is normalised already."""
    features = features_of(coded, model.frequencies)
    pairs = candidate_pairs(keys_of(features, model), model.most_in_block)
    return _resolve_weighed(features, model, pairs, _weigh(features, model, pairs), judged)


def _weigh(features: Features, model: Model, pairs: Pairs) -> Int32:
    total = np.empty(len(pairs.left), dtype=np.int32)
    weigh_pairs(features, model.weight_array(), pairs.left, pairs.right, total)
    return total


def _resolve_weighed(
    features: Features, model: Model, pairs: Pairs, total: Int32, judged: Sequence[JudgedPair]
) -> Resolution:
    tied = total >= round(model.floor * SCALE)
    left, right, weight = pairs.left[tied], pairs.right[tied], total[tied]
    person, raised = cluster_components(features, model, (left, right, weight), judged)
    return Resolution(person, left, right, weight, len(tied), pairs.capped_keys, raised)


def cluster_components(
    features: Features, model: Model, tied: tuple[Int32, Int32, Int32], judged: Sequence[JudgedPair]
) -> tuple[Int32, int]:
    """The least row of each row's person, and how many components had their floor raised."""
    count = len(features.sex)
    left, right, _ = tied
    same = [pair for pair in judged if pair.verdict > 0]
    root = components_of(
        count,
        np.concatenate([left, np.array([pair.left for pair in same], dtype=np.int32)]),
        np.concatenate([right, np.array([pair.right for pair in same], dtype=np.int32)]),
    )
    person = np.arange(count, dtype=np.int32)
    raised = 0
    for rows in _components(root):
        groups = plausible_groups(rows, model, tied, judged) if len(rows) > model.most_in_component else [rows]
        raised += len(rows) > model.most_in_component
        for group in groups:
            for step in cluster_rows(features, model, group, judged):
                person[group[step.right]] = group[step.left]
    return _roots(person), raised


def cluster_rows(features: Features, model: Model, rows: Int32, judged: Sequence[JudgedPair]) -> list[Merge]:
    """The merge steps of one component; rows in them are positions in `rows`."""
    if len(rows) < 2:
        return []
    _, votes = weigh_all(features, model.weight_array(), rows, round(model.silence * SCALE))
    merges = np.zeros((len(rows), 5), dtype=np.int64)
    settings = np.array([round(model.bar * SCALE), round(model.clip * SCALE)], dtype=np.int64)
    steps = merge_groups(votes, _judged_matrix(rows, judged), settings, merges)
    return [Merge(*step) for step in merges[:steps].tolist()]


def plausible_groups(
    rows: Int32, model: Model, tied: tuple[Int32, Int32, Int32], judged: Sequence[JudgedPair]
) -> list[Int32]:
    """A component too large to be one family of records, parted by raising its floor bit by bit until it is not."""
    left, right, weight = tied
    inside = np.isin(left, rows)
    left, right, weight = np.searchsorted(rows, left[inside]), np.searchsorted(rows, right[inside]), weight[inside]
    done: list[Int32] = []
    floor = round(model.floor * SCALE)
    open_groups = [np.arange(len(rows), dtype=np.int32)]
    same = [(pair.left, pair.right) for pair in judged if pair.verdict > 0 and pair.left in rows and pair.right in rows]
    kept_left = np.searchsorted(rows, [a for a, _ in same]).astype(np.int32)
    kept_right = np.searchsorted(rows, [b for _, b in same]).astype(np.int32)
    while open_groups:
        floor += SCALE
        strong = weight >= floor
        root = components_of(
            len(rows),
            np.concatenate([left[strong].astype(np.int32), kept_left]),
            np.concatenate([right[strong].astype(np.int32), kept_right]),
        )
        still: list[Int32] = []
        for group in open_groups:
            for part in np.unique(root[group]):
                members = group[root[group] == part]
                enough = len(members) <= model.most_in_component or not strong.any()
                (done if enough else still).append(members)
        open_groups = still
    return [rows[group] for group in done]


def _components(root: Int32) -> list[Int32]:
    """Rows of each component of at least two, ascending."""
    order = np.argsort(root, kind="stable").astype(np.int32)
    starts = np.flatnonzero(np.concatenate(([True], root[order][1:] != root[order][:-1]))) if len(root) else order
    return [rows for rows in np.split(order, starts[1:]) if len(rows) > 1]


def _judged_matrix(rows: Int32, judged: Sequence[JudgedPair]) -> Int8:
    matrix = np.zeros((len(rows), len(rows)), dtype=np.int8)
    if not judged:
        return matrix
    at = {int(row): position for position, row in enumerate(rows)}
    for pair in judged:
        if pair.left in at and pair.right in at:
            matrix[at[pair.left], at[pair.right]] = matrix[at[pair.right], at[pair.left]] = pair.verdict
    return matrix


def _roots(person: Int32) -> Int32:
    """Follow merges to the least row: every step's right side points at its left side, which has a smaller row."""
    while True:
        further = person[person]
        if np.array_equal(further, person):
            return person
        person = further
