"""How good weights are without a truth: by pairs that were held out and of which the other fields are sure.

Each field's evidence is judged by itself, on pairs that were chosen without it. Its log-loss, over pairs of one person
and of two people that count half each, is a proper score: no other weights than log2(m / u) make it smaller.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eyre.resolve import level as lv
from eyre.resolve.fit.fit_anchored import Anchors, anchors_of, said_fields
from eyre.resolve.fit.fit_weights import BLOCKED_SHARE
from eyre.resolve.fit.leave_out import PARTS_OF
from eyre.resolve.fit.pair_samples import Pairs, Rows, random_strangers
from eyre.resolve.layout import SCALE, Features
from eyre.resolve.model import Model
from eyre.resolve.weigh import room_for, weigh_pairs

Floats = NDArray[np.float64]

LEAST_PAIRS = 20
"""Pairs of one person that a field must be compared in before its loss is told."""


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
        """The fields' losses together."""
        return sum(each.before for each in self.fields)

    @property
    def after(self) -> float:
        """The fields' losses together."""
        return sum(each.after for each in self.fields)


def anchor_loss(
    features: Features, models: tuple[Model, Model], rows: Rows, held: Rows, random: np.random.Generator
) -> AnchorLoss:
    """Judges the second of two models beside the first, whose anchors are used; those count whose first row is
    `held`."""
    strangers = random_strangers(features, models[0], rows & held, random)
    losses: list[FieldLoss] = []
    anchors, contradicted = 0, [0, 0]
    for field in said_fields(features):
        found = anchors_of(features, models[0], field, rows, random)
        kept = Anchors(found.matched.where(held[found.matched.left]), found.blocked.where(held[found.blocked.left]))
        scores = [_scores(features, model, field, (kept.matched, kept.blocked, strangers)) for model in models]
        compared = len(scores[0].evidence[0])
        if compared >= LEAST_PAIRS and len(scores[0].evidence[2]):
            losses.append(FieldLoss(field, compared, _loss(scores[0].evidence), _loss(scores[1].evidence)))
        anchors += len(kept.matched.left) + len(kept.blocked.left)
        for at, each in enumerate(scores):
            contradicted[at] += each.contradicted
    return AnchorLoss(tuple(losses), anchors, contradicted[0], contradicted[1])


@dataclass(frozen=True, slots=True)
class _Scores:
    """A field's evidence in pairs of one person, of two that share a key, and random ones, where it was compared; and
    how many of the first two kinds the whole weight contradicts."""

    evidence: tuple[Floats, Floats, Floats]
    contradicted: int


def _scores(features: Features, model: Model, field: str, kinds: tuple[Pairs, Pairs, Pairs]) -> _Scores:
    parts = list(PARTS_OF[field])
    evidence: list[Floats] = []
    contradicted = 0
    for kind, pairs in enumerate(kinds):
        out = room_for(len(pairs.left), explained=True)
        weigh_pairs(features, model.weight_array(), pairs.left, pairs.right, out)
        compared = (out.level[:, parts] != lv.MISSING).any(axis=1)
        evidence.append(out.part[compared][:, parts].sum(axis=1) / SCALE)
        contradicted += int(((out.total < 0) if kind == 0 else (out.total > 0) & (kind == 1)).sum())
    return _Scores((evidence[0], evidence[1], evidence[2]), contradicted)


def _loss(evidence: tuple[Floats, Floats, Floats]) -> float:
    """Bits a pair, with odds of one to one."""
    matched, blocked, random = evidence
    apart = float(np.logaddexp2(0.0, random).mean())
    if len(blocked):
        apart += BLOCKED_SHARE * (float(np.logaddexp2(0.0, blocked).mean()) - apart)
    return (float(np.logaddexp2(0.0, -matched).mean()) + apart) / 2
