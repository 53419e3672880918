"""Who moves and who takes another surname within the time drawn."""

import numpy as np

from eyre.sim.draw_country import Country
from eyre.sim.draw_persons import draw_homes
from eyre.sim.name_pool import name_pool
from eyre.sim.scale import Scale
from eyre.sim.streams import Int64, stream
from eyre.sim.world import Moves, Persons, Renamings

_MOVE_A_YEAR = 0.25
_RENAMED_A_YEAR = (0.001, 0.015)  # men, women
_MOST = 0.9
_YEAR = 365.25
_MICRO = 1_000_000


def draw_renamings(persons: Persons, scale: Scale) -> Renamings:
    """New surnames."""
    random = stream(scale.seed, "changes")
    a_year = np.array(_RENAMED_A_YEAR)[(persons.sex == "F").astype(np.int64)]
    person = np.flatnonzero(random.random(len(a_year)) < np.minimum(a_year * scale.days / _YEAR, _MOST))
    texts, names = name_pool()
    return Renamings(
        person.astype(np.int32),
        random.integers(*scale.seconds, len(person)) * _MICRO,
        texts[names.draw_surname(len(person), random)],
    )


def draw_moves(country: Country, county: Int64, scale: Scale) -> Moves:
    """New addresses, in the same county or another of the state."""
    random = stream(scale.seed, "moves")
    person = np.flatnonzero(random.random(len(county)) < min(_MOVE_A_YEAR * scale.days / _YEAR, _MOST))
    homes = draw_homes(country, county[person], random)
    return Moves(
        person.astype(np.int32),
        random.integers(*scale.seconds, len(person)) * _MICRO,
        homes.house_number,
        homes.street,
        homes.city,
        homes.state,
        homes.zip,
    )
