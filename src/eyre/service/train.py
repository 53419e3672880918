"""`train`: weights fitted to a truth, to judgements or, without either, to pairs of which the other fields are sure.

A part of the evidence is held out, and the fitted model is judged by it beside the model that was begun with. What is
judged is what is written: the model is not fitted again to what was held out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from eyre.errors import InputError
from eyre.resolve.adapt import adapt
from eyre.resolve.adapt_levels import fit_levels, shares_shown
from eyre.resolve.features import code, features_of
from eyre.resolve.fit.fit_weights import FittedWeight, after, with_weights
from eyre.resolve.fit.pair_samples import Rows, with_fitted_prior
from eyre.resolve.fit.used_weights import part_of
from eyre.resolve.layout import Features, Int64
from eyre.resolve.marks import marks_of
from eyre.resolve.model import Model
from eyre.resolve.postings import postings_of
from eyre.resolve.resolve_all import FITTED_RECORDS
from eyre.resolve.tie import Sample, pairs_of_sample
from eyre.service.arrange_files import Arranged
from eyre.service.link_columns import Slots, in_order, said_of


class Method(StrEnum):
    """What weights are fitted to."""

    TRUTH = "truth"
    JUDGEMENTS = "judgements"
    ANCHORS = "anchors"


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure by what was held out: of the model that was begun with, and of the fitted one."""

    name: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What was held out, in words; the figures; and in which ways the fitted model is worse, none if it is not."""

    what: str
    measures: tuple[Measure, ...]
    worse: tuple[str, ...]


@dataclass(frozen=True)
class Trained:
    """A fitted model. `fitted_to` says in words how much evidence there was; `begun` is the model that was begun
    with. `model` has other weights and the shares that belong to them, and nothing else."""

    method: Method
    files: tuple[str, ...]
    records: int
    fitted_to: str
    begun: Model
    weights: tuple[FittedWeight, ...]
    held_out: HeldOut
    model: Model


@dataclass(frozen=True)
class Compared:
    """What some records say, ready to be compared; the model with the frequencies and the prior of all; the weights
    that linking would fit to these records; and the pairs by which it would."""

    features: Features
    model: Model
    linking: dict[str, float]
    sample: Sample


def compared(slots: Slots, model: Model, rows: Int64, *, drawn: bool, learnt: Rows | None = None) -> Compared:
    """What `resolve_file` would compare, of `rows` alone; `drawn` if they were drawn one by one, not person by person.
    What linking would fit is learnt from the pairs whose first row is `learnt`, if that is said. Raises `InputError`
    for fewer than two rows."""
    if len(rows) < 2:
        raise InputError(f"{len(rows)} records are too few to fit a model to", remedy="give more")
    coded = code(said_of(slots))
    adapted = adapt(model, coded)
    if len(rows) < slots.count:
        coded = code(said_of(in_order(slots, rows.astype(np.int32))))
    features = features_of(coded, adapted.frequencies)
    fitted = with_fitted_prior(features, adapted, len(rows) / slots.count if drawn else 1.0)
    postings = postings_of(marks_of(features, fitted), fitted.most, sampled=FITTED_RECORDS)
    sample = pairs_of_sample(postings, fitted)
    moved = fit_levels(fitted, features, sample if learnt is None else _of_rows(sample, learnt)).weights
    linking = {name: round(bits, 2) for name, bits in moved.items() if part_of(name) is not None}
    return Compared(features, fitted, linking, sample)


def _of_rows(sample: Sample, rows: Rows) -> Sample:
    kept = rows[sample.left]
    return Sample(sample.left[kept], sample.right[kept], sample.ends[kept], sample.rows)


def as_linked(some: Compared, weights: tuple[FittedWeight, ...] = ()) -> Model:
    """The model as it weighs these records: with what linking fits to them, or with fitted weights in its place."""
    return with_weights(some.model, {**some.linking, **after(weights)})


def as_kept(some: Compared, begun: Model, weights: tuple[FittedWeight, ...], step: float = 1.0) -> Model:
    """`begun` with weights so far on the way from what linking fits to these records to what was fitted, and with the
    shares that the records show: so that linking does not add once more what was learned of them."""
    bits = dict(some.linking)
    for each in weights:
        bits[each.name] = round(bits[each.name] + step * (each.after - bits[each.name]), 2)
    shown = shares_shown(with_weights(some.model, bits), some.features, some.sample)
    return replace(with_weights(begun, bits), shares={name: float(f"{share:.4g}") for name, share in shown.items()})


def taken(weights: tuple[FittedWeight, ...], kept: Model) -> tuple[FittedWeight, ...]:
    """What was counted, with the weights that were kept."""
    return tuple(replace(each, after=kept.weights[each.name]) for each in weights)


class Fit(NamedTuple):
    """What fitting gave: the weights; the model with them; what they were fitted to, in words; and what the held-out
    part says."""

    weights: tuple[FittedWeight, ...]
    model: Model
    fitted_to: str
    held_out: HeldOut


def trained(method: Method, arranged: Arranged, *, begun: Model, fit: Fit) -> Trained:
    """The outcome of training that began with the model `begun`."""
    return Trained(
        method=method,
        files=tuple(file.path.name for file in arranged.files),
        records=arranged.slots.count,
        fitted_to=fit.fitted_to,
        begun=begun,
        weights=fit.weights,
        held_out=fit.held_out,
        model=fit.model,
    )


def higher_is_worse(measures: Sequence[Measure], name: str) -> list[str]:
    """In words that a figure of which less is better has grown; nothing if it has not."""
    return [
        f"{each.name} grows from {each.before:.4f} to {each.after:.4f}"
        for each in measures
        if each.name == name and each.after > each.before
    ]
