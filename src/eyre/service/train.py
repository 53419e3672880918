"""`train`: weights fitted to a truth, to judgements or, without either, to pairs of which the other fields are sure.

A part of the evidence is held out, and the fitted model is judged by it beside the model that was begun with. What is
judged is what is written: the model is not fitted again to what was held out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from eyre.errors import InputError
from eyre.resolve.adapt import adapt
from eyre.resolve.features import code, features_of
from eyre.resolve.fit.fit_weights import FittedWeight, after, with_weights
from eyre.resolve.fit.pair_samples import with_fitted_prior
from eyre.resolve.layout import Features, Int64
from eyre.resolve.model import Model
from eyre.service.link import Arranged
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
    """A fitted model. `fitted_to` says in words how much evidence there was; `began_with` names the model that was
    begun with. `model` has its weights replaced and nothing else."""

    method: Method
    files: tuple[str, ...]
    records: int
    fitted_to: str
    began_with: str
    weights: tuple[FittedWeight, ...]
    held_out: HeldOut
    model: Model


@dataclass(frozen=True)
class Compared:
    """What some records say, ready to be compared, and the model with the frequencies and the prior of all."""

    features: Features
    model: Model


def compared(slots: Slots, model: Model, rows: Int64, *, drawn: bool) -> Compared:
    """What `resolve_file` would compare, of `rows` alone; `drawn` if they were drawn one by one, not person by person.
    Raises `InputError` for fewer than two."""
    if len(rows) < 2:
        raise InputError(f"{len(rows)} records are too few to fit a model to", remedy="give more")
    coded = code(said_of(slots))
    adapted = adapt(model, coded)
    if len(rows) < slots.count:
        coded = code(said_of(in_order(slots, rows)))
    features = features_of(coded, adapted.frequencies)
    return Compared(features, with_fitted_prior(features, adapted, len(rows) / slots.count if drawn else 1.0))


class Fit(NamedTuple):
    """What fitting gave: the weights; what they were fitted to, in words; and what the held-out part says."""

    weights: tuple[FittedWeight, ...]
    fitted_to: str
    held_out: HeldOut


def trained(method: Method, arranged: Arranged, *, begun: Model, fit: Fit) -> Trained:
    """The outcome of training that began with the model `begun`."""
    return Trained(
        method=method,
        files=tuple(file.path.name for file in arranged.files),
        records=arranged.slots.count,
        fitted_to=fit.fitted_to,
        began_with=begun.label,
        weights=fit.weights,
        held_out=fit.held_out,
        model=with_weights(begun, after(fit.weights)),
    )


def higher_is_worse(measures: Sequence[Measure], name: str) -> list[str]:
    """In words that a figure of which less is better has grown; nothing if it has not."""
    return [
        f"{each.name} grows from {each.before:.4f} to {each.after:.4f}"
        for each in measures
        if each.name == name and each.after > each.before
    ]
