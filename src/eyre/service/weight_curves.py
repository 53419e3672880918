"""How match weights tell true pairs from false ones: a histogram, and precision and recall against the threshold."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eyre.resolve.layout import SCALE, Int32

BIN_BITS = 2
"""The width of a bin of the histogram."""
STEP_BITS = 0.5
"""The step from one threshold to the next."""


@dataclass(frozen=True, slots=True)
class WeightBin:
    """Pairs of at least `bits` and less than `BIN_BITS` more: of the true ones how many are `tied` and how many are
    not, and how many false ones are tied. False pairs that are not tied are not counted: nothing keeps them."""

    bits: float
    true_tied: int
    true_untied: int
    false_tied: int


@dataclass(frozen=True, slots=True)
class ThresholdPoint:
    """Were tied pairs of at least `bits` taken as the answer, and no clustering done: `precision` of them, and their
    `recall` of all true pairs."""

    bits: float
    pairs: int
    precision: float
    recall: float


def weight_bins(true_tied: Int32, true_untied: Int32, false_tied: Int32) -> tuple[WeightBin, ...]:
    """The histogram of weights in 1/1024 bit, without gaps from the least to the greatest."""
    series = [np.floor_divide(each, BIN_BITS * SCALE) for each in (true_tied, true_untied, false_tied)]
    together = np.concatenate(series)
    if not len(together):
        return ()
    low, high = int(together.min()), int(together.max())
    counts = [np.bincount(each - low, minlength=high - low + 1).tolist() for each in series]
    return tuple(WeightBin(float((low + at) * BIN_BITS), *each) for at, each in enumerate(zip(*counts, strict=True)))


def threshold_points(weight: Int32, true: NDArray[np.bool_], true_pairs: int) -> tuple[ThresholdPoint, ...]:
    """Precision and recall at each threshold from the least weight (1/1024 bit) of a tied pair to the greatest."""
    if not len(weight):
        return ()
    order = np.argsort(-weight.astype(np.int64), kind="stable")
    descending, right = -weight[order].astype(np.int64), np.cumsum(true[order])
    first, last = np.floor(weight.min() / SCALE / STEP_BITS), np.floor(weight.max() / SCALE / STEP_BITS)
    bits = np.arange(first, last + 1) * STEP_BITS
    many = np.searchsorted(descending, -np.round(bits * SCALE), side="right")
    points = zip(bits.tolist(), many.tolist(), right[many - 1].tolist(), strict=True)
    return tuple(
        ThresholdPoint(at, pairs, found / pairs, found / true_pairs if true_pairs else 1.0)
        for at, pairs, found in points
    )
