"""Training by judgements: pairs of which somebody said whether they are of one person."""

from math import log2
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eyre.errors import InputError
from eyre.resolve.components import components_of
from eyre.resolve.fit.fit_judged import Verdicts, fit_judged, log_loss
from eyre.resolve.fit.pair_samples import sampled_rows, weighed
from eyre.resolve.model import Model
from eyre.service.arrange_files import Arranged, Phase
from eyre.service.read_verdicts import read_verdicts
from eyre.service.texts import picked
from eyre.service.train import (
    Compared,
    Fit,
    HeldOut,
    Measure,
    Method,
    Trained,
    as_kept,
    as_linked,
    compared,
    higher_is_worse,
    trained,
)

_LEAST = 10
"""Judgements of each verdict in each half."""


def train_by_judgements(
    arranged: Arranged, judgements: Path, *, model: Model, seed: int, phase: Phase = lambda _: None
) -> Trained:
    """Fits the weights to one half of the judgements and judges by the other; those that hang together by a record go
    to one half. Raises `InputError` for a file that cannot be used, and for too few judgements."""
    phase("fit")
    verdicts = read_verdicts(judgements, picked(arranged.record_id, arranged.order))
    random = np.random.default_rng(seed)
    rows = np.union1d(sampled_rows(arranged.slots.count, random), [verdicts.left, verdicts.right])
    some = compared(arranged.slots, model, rows, drawn=True)
    left, right = (np.searchsorted(rows, each).astype(np.int32) for each in (verdicts.left, verdicts.right))
    verdicts = Verdicts(left, right, verdicts.same)
    chosen = _half(verdicts, len(rows), random)
    fit, held = verdicts.where(chosen), verdicts.where(~chosen)
    for half in (fit, held):
        _check_enough(half, judgements)
    weights = fit_judged(some.features, as_linked(some), fit)
    phase("hold")
    models = (as_linked(some), as_linked(some, weights))
    told = f"{len(fit.same):,} judgements, {int(fit.same.sum()):,} of them `same`"
    fitted = Fit(weights, as_kept(some, model, weights), told, _held_out(some, held, models))
    return trained(Method.JUDGEMENTS, arranged, begun=model, fit=fitted)


def _half(verdicts: Verdicts, count: int, random: np.random.Generator) -> NDArray[np.bool_]:
    root = components_of(count, verdicts.left, verdicts.right)
    return np.asarray((random.random(count) < 0.5)[root[verdicts.left]], dtype=np.bool_)


def _check_enough(half: Verdicts, path: Path) -> None:
    same = int(half.same.sum())
    if min(same, len(half.same) - same) < _LEAST:
        raise InputError(
            f"half of the judgements in `{path}` are {same} same and {len(half.same) - same} different, too few",
            remedy=f"at least {_LEAST} of each are needed in each half",
        )


def _held_out(some: Compared, held: Verdicts, models: tuple[Model, Model]) -> HeldOut:
    bits = [weighed(some.features, model, held.left, held.right).bits for model in models]
    losses = [log_loss(each, held.same) for each in bits]
    wrong = [float(((each > 0) != held.same).mean()) for each in bits]
    measures = (Measure("log-loss", losses[0], losses[1]), Measure("share decided otherwise", wrong[0], wrong[1]))
    worse = [told for each in measures for told in higher_is_worse(measures, each.name)]
    if losses[1] >= (blind := _blind_loss(held)):
        worse.append(f"log-loss is {losses[1]:.4f}, and {blind:.4f} for who looks at no record: nothing is learned")
    return HeldOut(f"{len(held.same):,} judgements on other records, each pair weighed alone", measures, tuple(worse))


def _blind_loss(held: Verdicts) -> float:
    """The log-loss of who knows nothing but how many verdicts are `same`."""
    share = float(held.same.mean())
    return -share * log2(share) - (1.0 - share) * log2(1.0 - share)
