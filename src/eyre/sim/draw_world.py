"""The invented country, drawn whole: the same for the same seed, begin, length and share, to the byte.

`draw_world` is for most uses; `draw_world_of` takes a `Scale`, which also says how much of prisons and supervision is
drawn.
"""

from datetime import UTC, datetime

from eyre.sim.draw_cases import draw_cases
from eyre.sim.draw_changes import draw_moves, draw_renamings
from eyre.sim.draw_charges import draw_charges
from eyre.sim.draw_corrections import draw_corrections
from eyre.sim.draw_country import draw_country
from eyre.sim.draw_custody import draw_custody
from eyre.sim.draw_ends import draw_ends
from eyre.sim.draw_persons import draw_persons
from eyre.sim.draw_stays import draw_stays
from eyre.sim.draw_supervisions import draw_supervisions
from eyre.sim.link_stays import link_stays
from eyre.sim.number_persons import number_persons
from eyre.sim.plan_filings import plan_filings
from eyre.sim.plan_terms import plan_terms
from eyre.sim.scale import Scale
from eyre.sim.world import World


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
    filings, terms, origins = number_persons(country, chains, filings, terms, scale)
    persons = draw_persons(country, origins, scale)
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
        moves=draw_moves(country, origins.county, scale),
        renamings=people[1],
    )
