"""Which terms of probation and parole there are: those under way, those that follow a stay, and those that a court
orders at once."""

from dataclasses import dataclass

import numpy as np

from eyre.sim.draw_country import Country, supervised
from eyre.sim.draw_ends import TO_SUPERVISION, Ends
from eyre.sim.known_people import KnownPeople
from eyre.sim.link_stays import Chains
from eyre.sim.local_time import DAY
from eyre.sim.rhythm import OFFICE, Window, at_hours, draw_instants
from eyre.sim.scale import JAILS, Scale
from eyre.sim.spread import Spread
from eyre.sim.streams import Int64, stream

PROBATION_A_YEAR = 1_966_100
_KNOWN = 0.35  # of terms that no stay led to: of people who are also met in a jail
_LENGTH = Spread.through(
    [DAY * days for days in (60, 150, 240, 330, 365, 430, 540, 640, 730, 800, 1_000, 1_200, 1_900)]
)
_YEAR = 365.25


@dataclass(frozen=True)
class Terms:
    """Who is supervised where and when (seconds), before anyone has a name; `person` is -1 for none yet. Sorted by
    office, then `began`."""

    person: Int64
    office: Int64
    began: Int64
    ended: Int64


def plan_terms(country: Country, chains: Chains, ends: Ends, scale: Scale) -> Terms:
    """The terms: those that stays led to, and others."""
    people = KnownPeople.of(country, chains)
    random = stream(scale.seed, "supervisions")
    begins, last = scale.seconds
    states = np.arange(scale.some_states)
    jails = np.diff(country.jails_of_state)
    held = [supervised(kind, jails, scale) for kind in ("probation", "parole")]
    flow = PROBATION_A_YEAR * scale.supervised_share * jails / JAILS * scale.days / _YEAR
    old, new = np.repeat(np.tile(states, 2), np.concatenate(held)), np.repeat(states, flow.astype(np.int64))
    on_parole = np.repeat([0, 1], [int(many.sum()) for many in held])
    length = _LENGTH.draw_under_way(len(old), random)
    began = begins - 1 - random.integers(0, length)
    ended = np.maximum(at_hours(country, _offices(country, old, 0), began + length, OFFICE, random), begins)
    offices = [_offices(country, old, on_parole), _offices(country, new, 0)]
    known = [people.draw(each, _KNOWN, random) for each in (old, new)]
    start = draw_instants(country, offices[1], Window(begins, last), OFFICE, random)

    stay = np.flatnonzero(ends.reason == TO_SUPERVISION)
    facility = chains.custody.facility[stay]
    prison = (facility >= country.prisons.start).astype(np.int64)
    after = chains.custody.released[stay]
    offices.append(_offices(country, country.state[facility], prison))
    known.append(chains.person[stay])
    later = np.concatenate([start, after])
    lasts = _LENGTH.draw(len(later), random)
    office, person = np.concatenate(offices), np.concatenate(known)
    over = np.maximum(at_hours(country, office[len(old) :], later + lasts, OFFICE, random), later + DAY)
    began, ended = np.concatenate([began, later]), np.concatenate([ended, over])
    order = np.lexsort((person, began, office))
    return Terms(person[order], office[order], began[order], ended[order])


def _offices(country: Country, state: Int64, parole: Int64 | int) -> Int64:
    offices: Int64 = state + np.where(parole, country.parole.start, country.probation.start)
    return offices
