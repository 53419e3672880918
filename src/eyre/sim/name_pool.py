"""The texts of names, once each, so that a column of a million names holds a million references and no new text."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from eyre.sim.census_names import CensusNames, census_names
from eyre.sim.world import Texts


@cache
def name_pool() -> tuple[Texts, CensusNames]:
    """Every name of the census in upper case, by its number, and the frequencies that numbers are drawn by."""
    names = census_names()
    return as_texts(np.char.upper(names.text)), names


def as_texts(told: NDArray[np.bytes_]) -> Texts:
    """Byte strings as texts."""
    texts: Texts = told.astype(np.str_).astype(np.object_)
    return texts


def constant(text: str, many: int) -> Texts:
    """A column of one text."""
    column = np.empty(many, dtype=np.object_)
    column[:] = text
    return column
