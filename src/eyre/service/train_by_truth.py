"""Training by a column that says who each row truly is: persons are parted in two, to fit to and to judge by."""

import numpy as np

from eyre.errors import InputError
from eyre.resolve.agreement import Agreement, agreement
from eyre.resolve.fit.fit_truth import fit_truth
from eyre.resolve.fit.pair_samples import MOST_ROWS
from eyre.resolve.layout import Int32, Int64
from eyre.resolve.model import Model
from eyre.resolve.resolve_all import resolve_file
from eyre.resolve.text_hash import hash_texts
from eyre.service.arrange_files import Arranged, Phase
from eyre.service.evaluate import labels_of
from eyre.service.link_columns import in_order, said_of
from eyre.service.train import Fit, HeldOut, Measure, Method, Trained, as_kept, compared, taken, trained

LEAST_F1 = 0.5
"""A model that finds less than this of the truth it is judged by was not fitted to a truth: is the column another?"""
STEPS = (0.25, 0.5, 0.75, 1.0)
"""How far to go from the weights that linking fits to a file without a truth to those that were counted: as far as
links the half that was fitted to best, the further of equals. Counting knows nothing of how fields depend on each
other."""
_LEAST_PAIRS = 20


def train_by_truth(
    arranged: Arranged, truth: str, *, model: Model, seed: int, phase: Phase = lambda _: None
) -> Trained:
    """Fits the weights to one half of the persons, and judges by linking the other half. Rows without a truth are left
    out. The order of rows makes no difference.

    Raises `InputError` for a truth that is none, or of which a half has hardly a pair of records of one person.
    """
    phase("fit")
    rows, codes, labels = labels_of(arranged.files, arranged.order, truth)
    chosen = _half(labels, seed)[codes]
    fit_rows, held_rows = rows[chosen], rows[~chosen]
    for codes_of_half in (codes[chosen], codes[~chosen]):
        _check_enough(codes_of_half, truth)
    random = np.random.default_rng(seed)
    some = _some_persons(codes[chosen], random)
    half = compared(in_order(arranged.slots, fit_rows.astype(np.int64)), model, some, drawn=False)
    weights = fit_truth(half.features, half.model, truth=_numbered(codes[chosen][some]), random=random)
    phase("steps")
    tried = [as_kept(half, model, weights, step) for step in STEPS]
    scores = [_linked(arranged, fit_rows, codes[chosen], each).f1 for each in tried]
    best = max(range(len(STEPS)), key=lambda at: (scores[at], STEPS[at]))
    phase("hold")
    before, now = (_linked(arranged, held_rows, codes[~chosen], each) for each in (model, tried[best]))
    told = f"{len(some):,} records of {len(np.unique(codes[chosen][some])):,} persons, {STEPS[best]:.0%} of the way"
    return trained(
        Method.TRUTH,
        arranged,
        begun=model,
        fit=Fit(taken(weights, tried[best]), tried[best], told, _held_out(before, now, len(held_rows))),
    )


def _half(labels: list[str], seed: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Half of the persons, by what they are called."""
    return np.asarray(hash_texts([f"{seed}:{label}" for label in labels]) & np.uint64(1), dtype=np.bool_)


def _some_persons(codes: Int64, random: np.random.Generator) -> Int64:
    """The rows of so many persons, drawn at random, as give `MOST_ROWS` or a few more."""
    persons, person, sizes = np.unique(codes, return_inverse=True, return_counts=True)
    order = random.permutation(len(persons))
    enough = int(np.searchsorted(np.cumsum(sizes[order]), MOST_ROWS)) + 1
    drawn = np.zeros(len(persons), dtype=bool)
    drawn[order[:enough]] = True
    return np.flatnonzero(drawn[person]).astype(np.int64)


def _numbered(codes: Int64) -> Int64:
    return np.asarray(np.unique(codes, return_inverse=True)[1], dtype=np.int64)


def _check_enough(codes: Int64, truth: str) -> None:
    sizes = np.unique(codes, return_counts=True)[1]
    if (pairs := int((sizes * (sizes - 1) // 2).sum())) < _LEAST_PAIRS:
        raise InputError(
            f"half of the persons in `{truth}` have {pairs} pairs of records, too few to fit or to judge by",
            remedy=f"give more, or leave `--truth` out; at least {_LEAST_PAIRS} are needed in each half",
        )


def _linked(arranged: Arranged, rows: Int32, truth: Int64, model: Model) -> Agreement:
    said = said_of(in_order(arranged.slots, rows.astype(np.int64)))
    return agreement(truth, resolve_file(said, model)[0].person)


def _held_out(before: Agreement, now: Agreement, records: int) -> HeldOut:
    names = {"precision": "precision", "recall": "recall", "F1": "f1", "B-cubed F1": "bcubed_f1"}
    measures = tuple(Measure(name, getattr(before, at), getattr(now, at)) for name, at in names.items())
    worse = []
    if now.f1 < before.f1:
        worse.append(f"F1 falls from {before.f1:.4f} to {now.f1:.4f}")
    if now.f1 < LEAST_F1:
        worse.append(f"F1 is {now.f1:.4f}, so that the truth is hardly one")
    return HeldOut(
        f"{records:,} records of the other half of the persons, linked by themselves", measures, tuple(worse)
    )
