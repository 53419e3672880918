"""Which criminal cases there are: most bookings lead to one at the county's court within days; others come without a
stay, and some are pending from before."""

from dataclasses import dataclass

import numpy as np

from eyre.sim.draw_country import Country
from eyre.sim.known_people import KnownPeople
from eyre.sim.link_stays import Chains
from eyre.sim.local_time import DAY
from eyre.sim.rhythm import OFFICE, Window, at_hours, draw_instants
from eyre.sim.scale import Scale
from eyre.sim.spread import Spread
from eyre.sim.streams import Int64, pick, stream

_FILED = 0.72  # of the stays that no transfer began
_WITHOUT = 0.20  # cases without a stay, of those that are filed within the time
_KNOWN = 0.5  # of these: of people who are held at some time
_KNOWN_PENDING = 0.25  # of those that are pending at the beginning and have no stay
_FILED_AFTER = Spread.through([3_600 * hours for hours in (2, 8, 18, 28, 46, 70, 110, 170, 260)])
_LASTS = Spread.through([DAY * days for days in (
    4, 14, 25, 38, 52, 68, 85, 105, 125, 150, 180, 215, 260, 320, 400, 540, 1_100
)])  # fmt: skip
_YEAR = 365.25


@dataclass(frozen=True)
class Filings:
    """Who is charged where, from when until when (seconds), before anyone has a name; `stay` and `person` are -1 for
    none yet. Sorted by court, then `filed`."""

    stay: Int64
    person: Int64
    court: Int64
    filed: Int64
    disposed: Int64


def plan_filings(country: Country, chains: Chains, scale: Scale) -> Filings:
    """The cases of the stays that no transfer began, those without, and those pending from before."""
    random = stream(scale.seed, "cases")
    begins, ends = scale.seconds
    people = KnownPeople.of(country, chains)
    stay, filed = _of_stays(country, chains, ends, random)
    jails = country.yearly[country.jails]
    without = np.sort(pick(jails, round(int((filed >= begins).sum()) * _WITHOUT), random))
    yearly = int(jails.sum()) * _FILED * (1 + _WITHOUT)
    pending = np.sort(pick(jails, round(yearly * _LASTS.mean / DAY / _YEAR * scale.pending_share), random))
    known = [people.draw(country.state[without], _KNOWN, random)]
    known.append(people.draw(country.state[pending], _KNOWN_PENDING, random))
    length = _LASTS.draw_under_way(len(pending), random)
    before = begins - 1 - random.integers(0, length)
    new = draw_instants(country, without, Window(begins, ends), OFFICE, random)
    length = np.concatenate([_LASTS.draw(len(stay) + len(without), random), length])
    court = country.courts.start + np.concatenate([chains.custody.facility[stay], without, pending])
    filed = np.concatenate([filed, new, before])
    person = np.concatenate([chains.person[stay], *known])
    stay = np.concatenate([stay, np.full(len(without) + len(pending), -1)])
    disposed = np.maximum(at_hours(country, court, filed + length, OFFICE, random), filed + DAY // 2)
    disposed = np.where(np.arange(len(court)) >= len(court) - len(pending), np.maximum(disposed, begins), disposed)
    order = np.lexsort((stay, filed, court))
    return Filings(stay[order], person[order], court[order], filed[order], disposed[order])


def _of_stays(country: Country, chains: Chains, ends: int, random: np.random.Generator) -> tuple[Int64, Int64]:
    """The stays that a case comes of, and when it is filed."""
    facility, booked = chains.custody.facility, chains.custody.booked
    tied = (facility < country.prisons.start) & (random.random(len(facility)) < _FILED)
    tied[chains.goes_to[chains.goes_to >= 0]] = False
    stay = np.flatnonzero(tied)
    filed = booked[stay] + _FILED_AFTER.draw(len(stay), random)
    at_work = at_hours(country, facility[stay], filed, OFFICE, random)
    filed = np.where(at_work > booked[stay] + 1_800, at_work, filed)
    return stay[filed < ends], filed[filed < ends]
