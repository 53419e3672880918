"""From counts to weights: m and u of each level, and how far they may move a weight.

m, how often records of one person show a level, has a Dirichlet prior centred at the model that is fitted, which
weighs as much as `PRIOR_PAIRS` pairs: little evidence moves a weight little. u, how often records of two people show
it, is counted in random pairs and, to a small part, in pairs that were met under a blocking key and are of two people:
random pairs hardly ever show what people with something in common do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import log2

from eyre.resolve.fit.shares import SHARES, Counted, Kind, Share, Tally, counted
from eyre.resolve.model import Model

PRIOR_PAIRS = 100.0
BLOCKED_SHARE = 0.1
MOST_MOVE = 4.0
"""Bits: sixteen times as likely as the model had it. Beyond, a fault of the data is likelier than a fact."""
LEAST_PAIRS_FOR_U = 20.0
"""Pairs of two people that must show a level before its u is believed."""
_MOST_M = 0.98
_LEAST_M = 1e-5


@dataclass(frozen=True, slots=True)
class FittedWeight:
    """A weight before and after, in bits. `matched`: pairs of one person that show its level, of `matched_of` that
    could; `unmatched` likewise of two people. `m` and `u` are none where they were not counted."""

    name: str
    before: float
    after: float
    m: float | None
    u: float | None
    matched: int
    matched_of: int
    unmatched: int
    unmatched_of: int


@dataclass(frozen=True, slots=True)
class Tallies:
    """Pairs of one person; random pairs of two; pairs of two that share a blocking key."""

    matched: Tally
    random: Tally
    blocked: Tally


def fit_weights(model: Model, tallies: Tallies) -> tuple[FittedWeight, ...]:
    """Every weight that could be counted, in the order of the model file. The others stay as they are."""
    found = (_fitted(model, tallies, share) for share in SHARES)
    by_name = {each.name: each for each in found if each is not None}
    return tuple(by_name[name] for name in model.weights if name in by_name)


def with_weights(model: Model, fitted: Mapping[str, float]) -> Model:
    """`model` with some of its weights replaced."""
    return replace(model, weights={**model.weights, **fitted})


def after(fitted: tuple[FittedWeight, ...]) -> dict[str, float]:
    """The new weights by name."""
    return {each.name: each.after for each in fitted}


def bounded(before: float, new: float) -> float:
    """A new weight, moved no further than `MOST_MOVE`, as a model file says it."""
    return round(min(max(new, before - MOST_MOVE), before + MOST_MOVE), 2)


def _fitted(model: Model, tallies: Tallies, share: Share) -> FittedWeight | None:
    matched = counted(tallies.matched, share)
    random, blocked = counted(tallies.random, share), counted(tallies.blocked, share)
    before = model.weights[share.name]
    u = _u(random, blocked)
    if not matched.possible or (share.kind is Kind.RATIO and u is None):
        return None
    prior = _prior_m(model, tallies, share)
    m = (matched.shown + PRIOR_PAIRS * prior) / (matched.possible + PRIOR_PAIRS)
    new = log2(m / u) if share.kind is Kind.RATIO and u is not None else before + log2(m / prior)
    return FittedWeight(
        share.name,
        before,
        bounded(before, new),
        m,
        u if share.kind is Kind.RATIO else None,
        round(matched.shown),
        round(matched.possible),
        round(random.shown + blocked.shown),
        round(random.possible + blocked.possible),
    )


def _u(random: Counted, blocked: Counted) -> float | None:
    """How often two people's records show a level; none where too few do."""
    if random.shown + blocked.shown < LEAST_PAIRS_FOR_U or not random.possible:
        return None
    u = random.shown / random.possible
    if blocked.possible:
        u += BLOCKED_SHARE * (blocked.shown / blocked.possible - u)
    return u


def _prior_m(model: Model, tallies: Tallies, share: Share) -> float:
    """m as the model's weight has it."""
    bits = model.weights[share.name]
    if share.kind is Kind.RARITY:
        return min(float(2.0**bits), _MOST_M)
    if share.kind is Kind.REST:
        others = (each for each in SHARES if each.among == share.among and each.kind is Kind.RATIO)
        return min(max(1.0 - sum(_prior_m(model, tallies, each) for each in others), 0.1), _MOST_M)
    u = _u(counted(tallies.random, share), counted(tallies.blocked, share))
    return min(max(float(2.0**bits) * (1.0 if u is None else u), _LEAST_M), _MOST_M)
