"""People who are met more than once: one who is held in a state may be charged or supervised there without a stay."""

from dataclasses import dataclass

import numpy as np

from eyre.sim.draw_country import Country
from eyre.sim.link_stays import Chains
from eyre.sim.streams import Int64


@dataclass(frozen=True)
class KnownPeople:
    """The people of whom there are stays, by the state of their first one, and that state."""

    person: Int64
    state: Int64

    @classmethod
    def of(cls, country: Country, chains: Chains) -> "KnownPeople":
        """Those of `chains`."""
        _, row = np.unique(chains.person, return_index=True)
        state = country.state[chains.custody.facility[row]]
        order = np.argsort(state, kind="stable")
        return cls(chains.person[row][order], state[order])

    def draw(self, state: Int64, share: float, random: np.random.Generator) -> Int64:
        """For a `share` of the rows one of the people of its state, -1 for the others and where there is none."""
        first, last = np.searchsorted(self.state, state), np.searchsorted(self.state, state, side="right")
        chosen = random.integers(first, np.maximum(last, first + 1))
        known = (random.random(len(state)) < share) & (last > first)
        found = np.full(len(state), -1, dtype=np.int64)
        found[known] = self.person[chosen[known]]
        return found
