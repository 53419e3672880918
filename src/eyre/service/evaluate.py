"""`evaluate`: how well `link` does on files whose truth is known, and what its errors have in common."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from eyre.errors import InputError
from eyre.resolve.agreement import Agreement, agreement
from eyre.resolve.features import code, features_of
from eyre.resolve.layout import Features, Int32, Int64
from eyre.service.error_classes import Errors, Judge, false_negatives, false_positives, untied_weights
from eyre.service.link import Linked
from eyre.service.link_columns import FilePlan, in_order, said_of, slots_of
from eyre.service.link_fields import IGNORED
from eyre.service.link_mapping import LinkMapping
from eyre.service.texts import joined, picked, text_of
from eyre.service.weight_curves import ThresholdPoint, WeightBin, threshold_points, weight_bins


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures are over the `labelled` records, those with a truth; the others are linked as well but not judged.
    `persons` of all records; `floor_bits` is what ties a pair, `bar_bits` what an average must reach to hold."""

    records: int
    labelled: int
    persons: int
    model: str
    floor_bits: float
    bar_bits: float
    agreement: Agreement
    false_positives: Errors
    false_negatives: Errors
    match_weights: tuple[WeightBin, ...]
    thresholds: tuple[ThresholdPoint, ...]


def blind_to(mapping: LinkMapping, truth: str) -> LinkMapping:
    """The mapping to link with, so that the column `truth` is no evidence. Raises `InputError` if it is mapped."""
    if (ours := mapping.columns.get(truth, IGNORED)) != IGNORED:
        raise InputError(
            f"`{truth}` is mapped to `{ours}`, and what an answer is judged by is no evidence of it",
            remedy="take it out of the mapping",
        )
    return replace(mapping, columns={**mapping.columns, truth: IGNORED})


def evaluate(linked: Linked, truth: str, mapping: LinkMapping) -> Evaluation:
    """Compare what is linked with the column `truth` of its files. `mapping` is that of linking, from `blind_to`.

    Raises `InputError` for a truth that a file lacks or that is empty throughout.
    """
    judge = _judge(linked, truth, compared(linked, mapping))
    quality = agreement(judge.truth, judge.said)
    ties = linked.resolution.ties
    known = np.full(len(linked.record_id), -1, dtype=np.int64)
    known[judge.rows] = judge.truth
    left, right = known[ties.left], known[ties.right]
    both = (left >= 0) & (right >= 0)
    weight, true = ties.weight[both], (left == right)[both]
    return Evaluation(
        records=len(linked.record_id),
        labelled=len(judge.rows),
        persons=linked.persons,
        model=linked.model.label,
        floor_bits=linked.model.floor,
        bar_bits=linked.model.bar,
        agreement=quality,
        false_positives=false_positives(judge, quality.said_pairs - quality.right),
        false_negatives=false_negatives(judge, quality.true_pairs - quality.right),
        match_weights=weight_bins(weight[true], untied_weights(judge, ties), weight[~true]),
        thresholds=threshold_points(weight, true, quality.true_pairs),
    )


def labels_of(files: Sequence[FilePlan], order: Int32, truth: str) -> tuple[Int32, Int64, list[str]]:
    """The rows that have a truth, in the order of resolution; a code for each of them; and the labels that codes stand
    for. Raises `InputError` for a truth that a file lacks or that is empty throughout."""
    for file in files:
        if truth not in file.table.column_names:
            raise InputError(f"`{file.path}` has no column `{truth}`", remedy="give it one; a row of it may be empty")
    told = joined([text_of(file.table[truth], truth, file.path) for file in files])
    encoded = picked(told, order).dictionary_encode()
    codes: Int64 = np.asarray(encoded.indices, dtype=np.int64)
    labels = [str(each) for each in encoded.dictionary.to_pylist()]
    said = np.flatnonzero([bool(each) for each in labels])
    rows: Int32 = np.flatnonzero(np.isin(codes, said)).astype(np.int32)
    if not len(rows):
        raise InputError(f"no row has a truth in `{truth}`", remedy="name another column with `--truth`")
    return rows, codes[rows], labels


def _judge(linked: Linked, truth: str, features: Features) -> Judge:
    rows, codes, _ = labels_of(linked.files, linked.order, truth)
    return Judge(
        features=features,
        model=linked.model,
        ids=picked(linked.record_id, linked.order),
        rows=rows,
        truth=codes,
        said=linked.resolution.person[rows].astype(np.int64),
    )


def compared(linked: Linked, mapping: LinkMapping) -> Features:
    """What linking compared. It is made again rather than kept, so that linking alone does not pay for it."""
    slots = in_order(slots_of(linked.files, mapping), linked.order)
    return features_of(code(said_of(slots)), linked.model.frequencies)
