"""Where people live at an instant."""

from dataclasses import fields

import numpy as np

from eyre.sim.draw_persons import Homes
from eyre.sim.streams import Int64
from eyre.sim.world import World


def addresses_at(world: World, person: Int64, at: Int64 | int) -> Homes:
    """The address of each of `person` (rows) at an instant (microseconds, one for all or one each): the one at the
    beginning, or the one that it moved to since."""
    homes = {each.name: getattr(world.persons, each.name)[person] for each in fields(Homes)}
    moves = world.moves
    if len(moves.person):
        row = np.searchsorted(moves.person, np.asarray(person, dtype=moves.person.dtype))
        row = np.minimum(row, len(moves.person) - 1)
        moved = (moves.person[row] == person) & (moves.at[row] <= at)
        for name, column in homes.items():
            column[moved] = getattr(moves, name)[row[moved]]
    return Homes(**homes)
