"""Which surname people bear at an instant."""

import numpy as np

from eyre.sim.streams import Int64
from eyre.sim.world import Persons, Renamings, Texts


def surnames_at(persons: Persons, renamings: Renamings, person: Int64, at: Int64) -> Texts:
    """The surname that each of `person` bears at an instant (microseconds)."""
    surname: Texts = persons.surname[person]
    if len(renamings.person):
        row = np.minimum(np.searchsorted(renamings.person, person), len(renamings.person) - 1)
        changed = (renamings.person[row] == person) & (renamings.at[row] <= at)
        surname[changed] = renamings.surname[row[changed]]
    return surname
