"""Draws for one place, that come out the same whatever is drawn for another."""

from collections.abc import Mapping
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

_Choice = TypeVar("_Choice")
_FEEDS = 0x6665656473  # sets these draws apart from others of the same seed


class Draw:
    """Draws for the place with this number, of the country with this seed."""

    def __init__(self, seed: int, place: int, about: int = _FEEDS) -> None:
        """`about` sets draws for one matter apart from those for another."""
        self._random = np.random.default_rng([seed, about, place])

    def chance(self, share: float) -> bool:
        """True in `share` of the cases."""
        return bool(self._random.random() < share)

    def among(self, weights: Mapping[_Choice, float]) -> _Choice:
        """One of the keys, by their weights."""
        at = self._random.random() * sum(weights.values())
        for choice, weight in weights.items():
            at -= weight
            if at < 0:
                return choice
        return choice

    def wait(self) -> float:
        """A waiting time of mean 1, without memory."""
        return float(self._random.exponential())

    def shares(self, count: int) -> NDArray[np.float64]:
        """So many numbers from 0 to 1."""
        return self._random.random(count)

    def between(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return int(self._random.integers(least, most + 1))
