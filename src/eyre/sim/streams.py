"""Independent streams of chance, one a purpose, so that a change to one part of the country leaves the others as they
were.

What is drawn must be the same on every machine. So parts are drawn as whole numbers, or by comparing an exact
fraction with a constant; no logarithm or exponential of the machine's own mathematics library comes between.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Int64 = NDArray[np.int64]

_PURPOSES = (
    "country", "stock", "bookings", "lengths", "links", "others", "persons", "families", "addresses", "names",
    "reasons", "numbers", "subjects", "charges", "sealings", "corrections", "projections", "cases", "case_names",
    "supervisions", "term_names", "changes", "moves",
)  # fmt: skip


def stream(seed: int, purpose: str) -> np.random.Generator:
    """The stream of one purpose; `ValueError` for one that is not in the list, so that none is shared by accident."""
    if purpose not in _PURPOSES:
        raise ValueError(f"there is no stream for the unknown purpose `{purpose}`: add it to the list")
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(_PURPOSES.index(purpose),))))


def pick(weights: Sequence[int] | Int64, many: int, random: np.random.Generator) -> Int64:
    """So many indexes into `weights` (whole numbers), each as often as its weight says."""
    steps = np.cumsum(np.asarray(weights, dtype=np.int64))
    return np.searchsorted(steps, random.integers(0, steps[-1], many), side="right").astype(np.int64)
