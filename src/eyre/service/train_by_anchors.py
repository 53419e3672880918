"""Training without a truth: by pairs of which the other fields are sure."""

import numpy as np

from eyre.errors import InputError
from eyre.resolve.agreement import agreement
from eyre.resolve.fit.fit_anchored import fit_anchored
from eyre.resolve.fit.held_out import AnchorLoss, anchor_loss
from eyre.resolve.fit.pair_samples import sampled_rows
from eyre.resolve.model import Model
from eyre.resolve.resolve_all import resolve_file
from eyre.service.arrange_files import Arranged, Phase
from eyre.service.link_columns import said_of
from eyre.service.train import (
    Fit,
    HeldOut,
    Measure,
    Method,
    Trained,
    as_kept,
    as_linked,
    compared,
    higher_is_worse,
    taken,
    trained,
)

_FIT_SHARE = 2 / 3
_STEP = 0.5
"""How far to go from the weights that linking fits by itself to those that anchors bear out: they are no random pairs
of one person, and nothing here sees how fields depend on each other. All the way gained .001 at most, and cost .007."""
_LEAST_ANCHORS = 50
_LOSS_SLACK = 0.01
"""The loss may grow by so much before it is called worse: what linking fits by itself has seen the held-out pairs."""
_SLACK = 0.001
"""A model may contradict so many more of the anchors before it is called worse: they are not all right themselves."""


def train_by_anchors(arranged: Arranged, *, model: Model, seed: int, phase: Phase = lambda _: None) -> Trained:
    """Fits the weights to the sure pairs of two thirds of the records, and judges by those of the others. The order of
    rows makes no difference, if rows bear record ids. Raises `InputError` where hardly any pair is sure."""
    phase("fit")
    random = np.random.default_rng(seed)
    rows = sampled_rows(arranged.slots.count, random)
    chosen = random.random(len(rows)) < _FIT_SHARE
    some = compared(arranged.slots, model, rows, drawn=True, learnt=chosen)
    weights = fit_anchored(some.features, some.model, chosen=chosen, random=random)
    pairs = max((each.matched_of for each in weights), default=0)
    if pairs < _LEAST_ANCHORS:
        raise InputError(
            f"{pairs} pairs of records are surely of one person, too few to fit a model to",
            remedy=f"give more records, or fields that tell people apart; at least {_LEAST_ANCHORS} pairs are needed",
        )
    phase("hold")
    kept = as_kept(some, model, weights, _STEP)
    weights = taken(weights, kept)
    loss = anchor_loss(some.features, (as_linked(some), as_linked(some, weights)), held=~chosen, random=random)
    told = f"up to {pairs:,} pairs a field that the other fields are sure of, {_STEP:.0%} of the way"
    return trained(
        Method.ANCHORS,
        arranged,
        begun=model,
        fit=Fit(weights, kept, told, _held_out(loss, _linked(arranged, model, kept))),
    )


def _linked(arranged: Arranged, model: Model, kept: Model) -> tuple[Measure, ...]:
    """What becomes of the whole file: how many persons, and how well both answers agree."""
    said = said_of(arranged.slots)
    before = resolve_file(said, model)[0].person
    now = resolve_file(said, kept)[0].person
    same = agreement(before, now)
    return (
        Measure("persons", len(np.unique(before)), len(np.unique(now))),
        Measure("B-cubed agreement with the model begun with", 1.0, same.bcubed_f1),
    )


def _held_out(loss: AnchorLoss, linked: tuple[Measure, ...]) -> HeldOut:
    fields = tuple(Measure(f"log-loss of {each.field}", each.before, each.after) for each in loss.fields)
    whole = Measure("log-loss a comparison", loss.before, loss.after)
    before, after_ = (many / max(loss.anchors, 1) for many in (loss.contradicted_before, loss.contradicted_after))
    contradicted = Measure("share of sure pairs contradicted", before, after_)
    worse = higher_is_worse([whole], whole.name) if loss.after > (1.0 + _LOSS_SLACK) * loss.before else []
    if after_ > before + _SLACK:
        worse += higher_is_worse([contradicted], contradicted.name)
    return HeldOut(
        f"{loss.anchors:,} sure pairs, each judged by the field that did not choose it; there is no truth, so that how "
        "good the answer is is not known",
        (*fields, whole, contradicted, *linked),
        tuple(worse),
    )
