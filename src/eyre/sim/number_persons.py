"""Who there has to be: the people of the stays, and one more for each case and term that is not theirs."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from eyre.sim.draw_country import Country
from eyre.sim.link_stays import Chains
from eyre.sim.local_time import DAY
from eyre.sim.plan_filings import Filings
from eyre.sim.plan_terms import Terms
from eyre.sim.scale import Scale
from eyre.sim.streams import Int64, stream

_WOMEN_HELD, _WOMEN_IN_PRISON, _WOMEN_ELSEWHERE = 0.123, 0.06, 0.24  # more come as partners of men


@dataclass(frozen=True)
class Origins:
    """A row a person: the county where it is first met, the day (since 1970) of the first thing that is known of it,
    when it is of age, and the chance that it is a woman."""

    county: Int64
    met: Int64
    female_share: NDArray[np.float64]


def number_persons(
    country: Country, chains: Chains, filings: Filings, terms: Terms, scale: Scale
) -> tuple[Filings, Terms, Origins]:
    """The cases and terms with a person each, and what is known of all people."""
    _, row = np.unique(chains.person, return_index=True)
    facility = chains.custody.facility[row]
    charged, supervised = np.flatnonzero(filings.person < 0), np.flatnonzero(terms.person < 0)
    filings = replace(filings, person=_numbered(filings.person, charged, len(row)))
    terms = replace(terms, person=_numbered(terms.person, supervised, len(row) + len(charged)))
    others = len(charged) + len(supervised)
    lives_in = _counties(country, country.state[terms.office[supervised]], scale.seed)
    met = np.full(len(row) + others, scale.seconds[0])
    for person, instant in (
        (chains.person, chains.custody.booked), (filings.person, filings.filed), (terms.person, terms.began)
    ):  # fmt: skip
        np.minimum.at(met, person, instant)
    held = np.where(facility >= country.prisons.start, _WOMEN_IN_PRISON, _WOMEN_HELD)
    return (
        filings,
        terms,
        Origins(
            county=np.concatenate([country.county[facility], country.county[filings.court[charged]], lives_in]),
            met=met // DAY,
            female_share=np.concatenate([held, np.full(others, _WOMEN_ELSEWHERE)]),
        ),
    )


def _numbered(person: Int64, rows: Int64, first: int) -> Int64:
    """`person` with new people, numbered from `first` on, in `rows`."""
    numbered = person.copy()
    numbered[rows] = first + np.arange(len(rows))
    return numbered


def _counties(country: Country, state: Int64, seed: int) -> Int64:
    """A county for each state, as often as people of it are booked."""
    steps = np.cumsum(country.yearly[country.jails])
    edges = np.concatenate([[0], steps])[country.jails_of_state]
    at = stream(seed, "others").integers(edges[state], edges[state + 1])
    return np.searchsorted(steps, at, side="right").astype(np.int64)
