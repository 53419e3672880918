"""The invented country, drawn whole: the same for the same seed, begin, length and share, to the byte.

`draw_world` is for most uses; `draw_world_of` takes a `Scale`, which also says how much of prisons and supervision is
drawn.
"""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from eyre.sim.draw_cases import Filings, draw_cases, plan_filings
from eyre.sim.draw_changes import draw_moves, draw_renamings
from eyre.sim.draw_charges import draw_charges
from eyre.sim.draw_corrections import draw_corrections
from eyre.sim.draw_country import Country, draw_country
from eyre.sim.draw_custody import draw_custody
from eyre.sim.draw_ends import draw_ends
from eyre.sim.draw_persons import draw_persons
from eyre.sim.draw_stays import draw_stays
from eyre.sim.draw_supervisions import Terms, draw_supervisions, plan_terms
from eyre.sim.link_stays import Chains, link_stays
from eyre.sim.scale import Scale
from eyre.sim.streams import Int64, stream
from eyre.sim.world import World

_WOMEN_HELD, _WOMEN_IN_PRISON, _WOMEN_ELSEWHERE = 0.123, 0.06, 0.24


def draw_world(seed: int, *, begins: datetime, days: float, share: float = 1.0, states: int | None = None) -> World:
    """The country from `begins` for so many `days`: `share` of its 2,850 jails, which hold 664,000 people, in `states`
    of its 50 states (none named: as many whole ones as the share fills). `ValueError` for a begin without a zone."""
    return draw_world_of(Scale(seed, begins, days, share, states))


def draw_world_of(scale: Scale) -> World:
    """The country at a `scale`."""
    country = draw_country(scale)
    chains = link_stays(country, draw_custody(country, scale), scale)
    ends = draw_ends(country, chains, scale)
    filings = plan_filings(country, chains, scale)
    terms = plan_terms(country, chains, ends, scale)
    county, women = _first_met(country, chains)
    filings, terms, elsewhere = _number_others(country, filings, terms, len(county), scale)
    county = np.concatenate([county, elsewhere])
    women = np.concatenate([women, np.full(len(elsewhere), _WOMEN_ELSEWHERE)])
    persons = draw_persons(country, county, women, scale)
    people = persons, draw_renamings(persons, scale)
    stays = draw_stays(country, chains, ends, people, scale)
    charges = draw_charges(country, chains, scale)
    return World(
        seed=scale.seed,
        begins=scale.begins.astimezone(UTC),
        ends=scale.ends,
        persons=persons,
        facilities=country.facilities,
        stays=stays,
        charges=charges,
        corrections=draw_corrections(persons, stays, scale),
        cases=draw_cases(country, filings, people, charges, scale),
        supervisions=draw_supervisions(country, terms, people, scale),
        moves=draw_moves(country, county, scale),
        renamings=people[1],
    )


def _first_met(country: Country, chains: Chains) -> tuple[Int64, NDArray[np.float64]]:
    """By person of whom there are stays: the county of the first one, and the chance to be a woman."""
    _, row = np.unique(chains.person, return_index=True)
    facility = chains.custody.facility[row]
    return country.county[facility], np.where(facility >= country.prisons.start, _WOMEN_IN_PRISON, _WOMEN_HELD)


def _number_others(
    country: Country, filings: Filings, terms: Terms, first: int, scale: Scale
) -> tuple[Filings, Terms, Int64]:
    """Cases and terms with a new person, numbered from `first` on, for each that has none; and these persons'
    counties."""
    random = stream(scale.seed, "addresses")
    charged, supervised = np.flatnonzero(filings.person < 0), np.flatnonzero(terms.person < 0)
    persons = filings.person.copy()
    persons[charged] = first + np.arange(len(charged))
    filings = replace(filings, person=persons)
    persons = terms.person.copy()
    persons[supervised] = first + len(charged) + np.arange(len(supervised))
    steps = np.cumsum(country.yearly[country.jails])
    state = country.state[terms.office[supervised]]
    edges = np.concatenate([[0], steps])[country.jails_of_state]
    at = random.integers(edges[state], edges[state + 1])
    lives_in = np.searchsorted(steps, at, side="right").astype(np.int64)
    county = np.concatenate([country.county[filings.court[charged]], lives_in])
    return filings, replace(terms, person=persons), county
