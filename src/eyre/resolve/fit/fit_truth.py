"""Fitting to a truth: every level is counted in the pairs that are one person's, and in those that are not."""

import numpy as np

from eyre.resolve.fit.fit_anchored import said_fields, tally_of
from eyre.resolve.fit.fit_weights import FittedWeight, Tallies, fit_weights
from eyre.resolve.fit.pair_samples import pairs_without, random_strangers, thinned, weighed
from eyre.resolve.group_pairs import pairs_within
from eyre.resolve.layout import Features, Int64
from eyre.resolve.model import Model

_MOST_MATCHED = 1_000_000


def fit_truth(
    features: Features, model: Model, *, truth: Int64, random: np.random.Generator
) -> tuple[FittedWeight, ...]:
    """The weights that `truth`, a label for each row, bears out. Pairs of one person are all counted, up to a million,
    those of the smaller groups first."""
    within = pairs_within(truth, np.arange(len(truth), dtype=np.int32), _MOST_MATCHED)
    matched = tally_of(features, model, weighed(features, model, within.left, within.right))
    random_ones = random_strangers(features, model, np.ones(len(truth), dtype=bool), random)
    two = truth[random_ones.left] != truth[random_ones.right]
    strangers = tally_of(features, model, random_ones.where(two))
    blocked = np.zeros_like(matched)
    for field in said_fields(features):
        met = pairs_without(features, model, field)
        apart = thinned(met.where(truth[met.left] != truth[met.right]), random)
        blocked += tally_of(features, model, apart, field)
    return fit_weights(model, Tallies(matched, strangers, blocked))
