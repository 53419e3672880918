"""Fitting to judgements: pairs of which somebody said whether they are of one person.

People judge the doubtful pairs, so that their pairs are no sample of all: how often a level shows among them says
nothing of m and u. But given what a pair shows, a verdict is as good as any other; so the weights are moved as far as
makes the verdicts likelier: a logistic regression of the verdict on the weights that made up the pair, beginning at the
model's own weight of evidence, with a normal prior on every move. Judgements are few, so they move little.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eyre.resolve.fit.fit_weights import FittedWeight, bounded
from eyre.resolve.fit.used_weights import used_weights
from eyre.resolve.layout import SCALE, Features, Int32
from eyre.resolve.model import Model
from eyre.resolve.weights import INDEX

Floats = NDArray[np.float64]

PRIOR_BITS = 1.0
"""The standard deviation of the prior on a weight's move."""
_ROUNDS = 50
_STILL = 1e-9
_MOST_BITS = 60.0
_NATS = float(np.log(2.0))


class Verdicts(NamedTuple):
    """Pairs of rows, and whether each was judged to be of one person."""

    left: Int32
    right: Int32
    same: NDArray[np.bool_]

    def where(self, kept: NDArray[np.bool_]) -> "Verdicts":
        """Those that a mask names."""
        return Verdicts(self.left[kept], self.right[kept], self.same[kept])


def fit_judged(features: Features, model: Model, verdicts: Verdicts) -> tuple[FittedWeight, ...]:
    """The weights that verdicts bear out, of those that their pairs used. `model` has the file's frequencies and
    prior."""
    used = used_weights(features, model, verdicts.left, verdicts.right)
    names = [name for name in model.weights if (used.slot == INDEX[name]).any()]
    shows = np.stack([(used.slot == INDEX[name]).any(axis=1) for name in names], axis=1) if names else None
    if shows is None:
        return ()
    moves = _most_likely(shows.astype(np.float64), used.weighed.total / SCALE, verdicts.same)
    found = []
    for at, name in enumerate(names):
        same, apart = int((shows[:, at] & verdicts.same).sum()), int((shows[:, at] & ~verdicts.same).sum())
        before = model.weights[name]
        after = bounded(before, before + float(moves[at]))
        all_same = int(verdicts.same.sum())
        found.append(FittedWeight(name, before, after, None, None, same, all_same, apart, len(shows) - all_same))
    return tuple(found)


def log_loss(bits: Floats, same: NDArray[np.bool_]) -> float:
    """The mean number of bits that verdicts cost whoever expects them by the weights; 1 for who knows nothing."""
    against = np.where(same, -bits, bits)
    return float(np.logaddexp2(0.0, against).mean())


def _most_likely(shows: Floats, bits: Floats, same: NDArray[np.bool_]) -> Floats:
    """The moves, in bits, at which the verdicts and the prior together are likeliest: Newton's method, halved where a
    step goes too far."""
    begin = np.clip(bits, -_MOST_BITS, _MOST_BITS)
    moves = np.zeros(shows.shape[1])
    cost = _cost(begin, shows, same, moves)
    for _ in range(_ROUNDS):
        chance = 1.0 / (1.0 + np.exp2(-(begin + shows @ moves)))
        slope = _NATS * (shows.T @ (chance - same)) + moves / PRIOR_BITS**2
        bend = _NATS**2 * (shows.T * (chance * (1.0 - chance))) @ shows + np.eye(len(moves)) / PRIOR_BITS**2
        step = np.linalg.solve(bend, slope)
        while _cost(begin, shows, same, moves - step) > cost and np.abs(step).max() > _STILL:
            step = step / 2
        moves = moves - step
        cost = _cost(begin, shows, same, moves)
        if np.abs(step).max() < _STILL:
            break
    return moves


def _cost(begin: Floats, shows: Floats, same: NDArray[np.bool_], moves: Floats) -> float:
    against = np.where(same, -1.0, 1.0) * (begin + shows @ moves)
    return float(_NATS * np.logaddexp2(0.0, against).sum() + (moves**2).sum() / (2 * PRIOR_BITS**2))
