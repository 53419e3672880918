"""A distribution of whole numbers by its quantiles, drawn exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np

from eyre.sim.streams import Int64, pick

_HALVINGS = 4


@dataclass(frozen=True)
class Spread:
    """`bounds` cut what is drawn into cells that are equally likely; within a cell every number is."""

    bounds: Int64

    @classmethod
    def through(cls, quantiles: Sequence[int]) -> "Spread":
        """The distribution with these equally spaced quantiles (positive, ascending), smooth on a scale of ratios:
        each cell is halved at its geometric mean a few times. A square root is exact on every machine."""
        bounds = [float(each) for each in quantiles]
        for _ in range(_HALVINGS):
            halves = [sqrt(low * high) for low, high in pairwise(bounds)]
            bounds = [each for pair in zip(bounds[:-1], halves, strict=True) for each in pair] + bounds[-1:]
        return cls(np.array([round(each) for each in bounds], dtype=np.int64))

    @property
    def mean(self) -> float:
        """What is drawn on average."""
        return float(self.bounds[:-1].sum() + self.bounds[1:].sum()) / (2 * (len(self.bounds) - 1))

    def draw(self, many: int, random: np.random.Generator) -> Int64:
        """So many numbers."""
        return self._within(random.integers(0, len(self.bounds) - 1, many), random)

    def draw_under_way(self, many: int, random: np.random.Generator) -> Int64:
        """So many of the lengths that are met at an instant: a long one is met more often, by as much as it is
        longer."""
        return self._within(pick(self.bounds[:-1] + self.bounds[1:], many, random), random)

    def _within(self, cell: Int64, random: np.random.Generator) -> Int64:
        low = self.bounds[cell]
        drawn: Int64 = low + random.integers(0, np.maximum(self.bounds[cell + 1] - low, 1))
        return drawn
