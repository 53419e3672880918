"""The texts of names, once each, so that a column of a million names holds a million references and no new text."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from eyre.sim.census_names import CensusNames, census_names
from eyre.sim.streams import Int64
from eyre.sim.world import Texts


@cache
def name_pool() -> tuple[Texts, CensusNames]:
    """Every name of the census in upper case, by its number, and the frequencies that numbers are drawn by."""
    names = census_names()
    return as_texts(np.char.upper(names.text)), names


def numbers_of(names: Texts) -> Int64:
    """The number of each name; -1 for what is no name of the census."""
    table = name_pool()[1].text
    asked = np.char.lower(names.astype(np.str_)).astype(table.dtype)
    at = np.minimum(np.searchsorted(table, asked), len(table) - 1)
    return np.where(table[at] == asked, at, -1)


def as_texts(told: NDArray[np.bytes_]) -> Texts:
    """Byte strings as texts."""
    texts: Texts = told.astype(np.str_).astype(np.object_)
    return texts


def constant(text: str, many: int) -> Texts:
    """A column of one text."""
    column = np.empty(many, dtype=np.object_)
    column[:] = text
    return column
