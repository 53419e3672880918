"""How good weights are without a truth: by pairs that were held out and of which the other fields are sure.

Each field's evidence is judged by itself, on pairs that were chosen without it, and on like pairs together: full dates
apart from ages, initials apart from names. Its log-loss, over pairs of one person and of two people that count half
each, is a proper score: no other weights than log2(m / u) make it smaller.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eyre.resolve import level as lv
from eyre.resolve.fit.fit_anchored import Anchors, anchors_of, said_fields
from eyre.resolve.fit.fit_weights import BLOCKED_SHARE
from eyre.resolve.fit.leave_out import PARTS_OF
from eyre.resolve.fit.pair_samples import Pairs, Rows, random_strangers, weighed
from eyre.resolve.fit.shares import forms_of
from eyre.resolve.fit.used_weights import used_weights
from eyre.resolve.layout import SCALE, Features, Int64
from eyre.resolve.model import Model
from eyre.resolve.weights import INDEX, NAMES

Floats = NDArray[np.float64]

LEAST_PAIRS = 20
"""Like pairs that a field must be compared in before its loss is told."""
_NOT = -1
_OTHER_VALUES = [INDEX[name] for name in NAMES if name.startswith(("birth_overlap", "birth_gap", "number_"))]
"""Weights of ages, and of other numbers than social security's: another kind of value than their part's first."""


@dataclass(frozen=True, slots=True)
class FieldLoss:
    """Bits that a field's evidence costs a pair, before and after; `pairs` of one person were held out."""

    field: str
    pairs: int
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class AnchorLoss:
    """The fields' losses, and of all `anchors` that were held out how many each model's whole weight contradicts."""

    fields: tuple[FieldLoss, ...]
    anchors: int
    contradicted_before: int
    contradicted_after: int

    @property
    def before(self) -> float:
        """Bits that a comparison costs, over all pairs of all fields."""
        return sum(each.pairs * each.before for each in self.fields) / max(self.pairs, 1)

    @property
    def after(self) -> float:
        """Bits that a comparison costs, over all pairs of all fields."""
        return sum(each.pairs * each.after for each in self.fields) / max(self.pairs, 1)

    @property
    def pairs(self) -> int:
        """Comparisons of pairs of one person."""
        return sum(each.pairs for each in self.fields)


def anchor_loss(
    features: Features, models: tuple[Model, Model], *, held: Rows, random: np.random.Generator
) -> AnchorLoss:
    """Judges the second of two models beside the first, whose anchors are used; those count whose first row is
    `held`."""
    strangers = random_strangers(features, models[0], held, random)
    losses: list[FieldLoss] = []
    anchors, contradicted = 0, [0, 0]
    for field in said_fields(features):
        found = anchors_of(features, models[0], field, random)
        kept = Anchors(found.matched.where(held[found.matched.left]), found.blocked.where(held[found.blocked.left]))
        scores = [_scores(features, model, field, (kept.matched, kept.blocked, strangers)) for model in models]
        losses += _field_loss(field, scores[0], scores[1])
        anchors += len(kept.matched.left) + len(kept.blocked.left)
        for at, each in enumerate(scores):
            contradicted[at] += each.contradicted
    return AnchorLoss(tuple(losses), anchors, contradicted[0], contradicted[1])


@dataclass(frozen=True, slots=True)
class _Scores:
    """A field's evidence in pairs of one person, of two that share a key, and random ones; the kind of each pair,
    within which it is judged, `_NOT` where it was not compared; and how many of the first two the whole weight
    contradicts."""

    evidence: tuple[Floats, Floats, Floats]
    like: tuple[Int64, Int64, Int64]
    contradicted: int


def _scores(features: Features, model: Model, field: str, kinds: tuple[Pairs, Pairs, Pairs]) -> _Scores:
    parts = list(PARTS_OF[field])
    evidence: list[Floats] = []
    like: list[Int64] = []
    for pairs in kinds:
        used = used_weights(features, model, pairs.left, pairs.right)
        compared = (used.weighed.level[:, parts] != lv.MISSING).any(axis=1)
        evidence.append(used.weighed.part[:, parts].sum(axis=1) / SCALE)
        other = np.isin(used.slot[:, parts[0]], _OTHER_VALUES)
        like.append(np.where(compared, forms_of(features, pairs.left, pairs.right) * 2 + other, _NOT))
    bits = [weighed(features, model, pairs.left, pairs.right).bits for pairs in kinds[:2]]
    contradicted = int((bits[0] < 0).sum() + (bits[1] > 0).sum())
    return _Scores((evidence[0], evidence[1], evidence[2]), (like[0], like[1], like[2]), contradicted)


def _field_loss(field: str, before: _Scores, now: _Scores) -> list[FieldLoss]:
    """The loss of a field, over all kinds of pairs as common as among those of one person; nothing if it was hardly
    compared."""
    losses, pairs = np.zeros(2), 0
    for kind in np.unique(before.like[0]).tolist():
        many = int((before.like[0] == kind).sum())
        if kind != _NOT and many >= LEAST_PAIRS and (before.like[2] == kind).sum() >= LEAST_PAIRS:
            losses += [many * _loss(scores.evidence, before.like, kind) for scores in (before, now)]
            pairs += many
    return [FieldLoss(field, pairs, losses[0] / pairs, losses[1] / pairs)] if pairs else []


def _loss(evidence: tuple[Floats, Floats, Floats], like: tuple[Int64, Int64, Int64], kind: int) -> float:
    """Bits a pair of one kind, with odds of one to one."""
    matched, blocked, random = (found[each == kind] for found, each in zip(evidence, like, strict=True))
    apart = float(np.logaddexp2(0.0, random).mean())
    if len(blocked):
        apart += BLOCKED_SHARE * (float(np.logaddexp2(0.0, blocked).mean()) - apart)
    return (float(np.logaddexp2(0.0, -matched).mean()) + apart) / 2
