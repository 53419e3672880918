"""Fitting without a truth: expectation and maximisation, anchored on pairs of which the other fields are sure.

To learn how often birth dates of one person agree, the pairs are chosen as if nobody had said a birth date: no key is
built from it, and neither it nor what it tells of kin is weighed. Those that are one person's beyond doubt all the
same are its anchors, those that are two people's beyond doubt its non-matches. So a field never confirms itself, and
the classes cannot drift to another meaning of *same*, as those of unanchored EM do, which takes any two clusters of
comparison patterns for matches and non-matches. Each round chooses its anchors by the weights of the round before;
every round is fitted against the model that was begun with.

What it assumes: that the anchors agree on the field as often as other pairs of one person do. Where errors come
together (a record that is wrong in one field is likelier wrong in another), anchors agree too often.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from eyre.resolve.fit.fit_weights import FittedWeight, Tallies, after, fit_weights, with_weights
from eyre.resolve.fit.leave_out import PARTS_OF, rows_saying
from eyre.resolve.fit.pair_samples import Pairs, Rows, pairs_without, random_strangers, thinned
from eyre.resolve.fit.shares import Tally, tally
from eyre.resolve.fit.used_weights import NOT_COMPARED, used_weights
from eyre.resolve.layout import Features
from eyre.resolve.model import Model

SURE_BITS = 10.0
"""A thousand to one."""
ROUNDS = 3


class Anchors(NamedTuple):
    """Pairs that are sure without one field: of one person, and of two people that share a key."""

    matched: Pairs
    blocked: Pairs


def anchors_of(features: Features, model: Model, field: str, random: np.random.Generator) -> Anchors:
    """The pairs of rows that are sure without `field`."""
    met = pairs_without(features, model, field)
    return Anchors(
        thinned(met.where(met.bits >= SURE_BITS), random), thinned(met.where(met.bits <= -SURE_BITS), random)
    )


def fit_anchored(
    features: Features, model: Model, *, chosen: Rows, random: np.random.Generator
) -> tuple[FittedWeight, ...]:
    """The weights that anchors bear out. Of them, those count whose first row is `chosen`: the others are for judging.
    `model` has the frequencies and the prior of the file."""
    now = model
    fitted: tuple[FittedWeight, ...] = ()
    strangers = tally_of(features, model, random_strangers(features, model, chosen, random))
    for _ in range(ROUNDS):
        matched, blocked = np.zeros_like(strangers), np.zeros_like(strangers)
        for field in said_fields(features):
            found = anchors_of(features, now, field, random)
            matched += tally_of(features, model, found.matched.where(chosen[found.matched.left]), field)
            blocked += tally_of(features, model, found.blocked.where(chosen[found.blocked.left]), field)
        fitted = fit_weights(model, Tallies(matched, strangers, blocked))
        now = with_weights(model, after(fitted))
    return fitted


def said_fields(features: Features) -> Sequence[str]:
    """The fields that any record says."""
    return [field for field in PARTS_OF if rows_saying(features, field).any()]


def tally_of(features: Features, model: Model, pairs: Pairs, field: str | None = None) -> Tally:
    """What pairs show: in all their parts, or only in those of `field`."""
    used = used_weights(features, model, pairs.left, pairs.right)
    if field is not None:
        others = [part for part in range(used.slot.shape[1]) if part not in PARTS_OF[field]]
        used.slot[:, others] = NOT_COMPARED
    return tally(features, used, pairs.left, pairs.right)
