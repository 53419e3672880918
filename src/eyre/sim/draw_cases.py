"""Criminal cases: most bookings lead to one at the county's court within days; others come without a stay."""

from dataclasses import dataclass

import numpy as np

from eyre.sim.counted import number_texts, rank_in
from eyre.sim.draw_changes import surnames_at
from eyre.sim.draw_country import Country
from eyre.sim.draw_ends import MICRO, micros
from eyre.sim.known_people import KnownPeople
from eyre.sim.link_stays import Chains
from eyre.sim.local_time import DAY
from eyre.sim.name_pool import constant
from eyre.sim.offences import DESCRIPTION, FELONY, STATUTE, WEIGHT
from eyre.sim.rhythm import OFFICE, Window, at_hours, draw_instants
from eyre.sim.say_names import say_names
from eyre.sim.scale import Scale
from eyre.sim.spread import Spread
from eyre.sim.streams import Int64, pick, stream
from eyre.sim.world import NEVER, Cases, Charges, Persons, Renamings, Texts

_FILED = 0.72  # of the stays that no transfer began
_WITHOUT = 0.20  # cases without a stay, of those that are filed within the time
_KNOWN = 0.5  # of these: of people who are held at some time
_FILED_AFTER = Spread.through([3_600 * hours for hours in (2, 8, 18, 28, 46, 70, 110, 170, 260)])
_LASTS = Spread.through([DAY * days for days in (
    4, 14, 25, 38, 52, 68, 85, 105, 125, 150, 180, 215, 260, 320, 400, 540, 1_100
)])  # fmt: skip
_DISPOSITIONS: Texts = np.array(["guilty", "dismissed", "nolle prosequi", "not guilty"], dtype=np.object_)
_DISPOSED = (62, 28, 8, 2)
_YEAR = 365.25
KINDS: Texts = np.array(["criminal misdemeanor", "criminal felony"], dtype=np.object_)


@dataclass(frozen=True)
class Filings:
    """Who is charged where and when (seconds), before anyone has a name; `stay` and `person` are -1 for none yet."""

    stay: Int64
    person: Int64
    court: Int64
    filed: Int64


def plan_filings(country: Country, chains: Chains, scale: Scale) -> Filings:
    """The cases of the stays that no transfer began, and those without; sorted by court, then filed."""
    facility, booked, person = chains.custody.facility, chains.custody.booked, chains.person
    random = stream(scale.seed, "cases")
    tied = (facility < country.prisons.start) & (random.random(len(facility)) < _FILED)
    tied[chains.goes_to[chains.goes_to >= 0]] = False
    stay = np.flatnonzero(tied)
    filed = booked[stay] + _FILED_AFTER.draw(len(stay), random)
    at_work = at_hours(country, facility[stay], filed, OFFICE, random)
    filed = np.where(at_work > booked[stay] + 1_800, at_work, filed)
    stay, filed = stay[filed < scale.seconds[1]], filed[filed < scale.seconds[1]]
    many = round(int((filed >= scale.seconds[0]).sum()) * _WITHOUT)
    yearly = country.yearly[country.jails]
    elsewhere = np.sort(pick(yearly, many, random))
    known = KnownPeople.of(country, chains).draw(country.state[elsewhere], _KNOWN, random)
    court = country.courts.start + np.concatenate([facility[stay], elsewhere])
    filed = np.concatenate([filed, draw_instants(country, elsewhere, Window(*scale.seconds), OFFICE, random)])
    stays = np.concatenate([stay, np.full(many, -1)])
    persons = np.concatenate([person[stay], known])
    order = np.lexsort((stays, filed, court))
    return Filings(stays[order], persons[order], court[order], filed[order])


def draw_cases(
    country: Country, filings: Filings, people: tuple[Persons, Renamings], charges: Charges, scale: Scale
) -> Cases:
    """The table of cases."""
    persons, renamings = people
    random = stream(scale.seed, "case_names")
    many = len(filings.court)
    offence = pick(WEIGHT, many, random)
    charge, statute, felony = DESCRIPTION[offence], STATUTE[offence], FELONY[offence]
    tied = np.flatnonzero(filings.stay >= 0)
    first = np.searchsorted(charges.stay, filings.stay[tied].astype(np.int32))
    charge[tied], statute[tied] = charges.description[first], charges.statute[first]
    felony[tied] = charges.severity[first] == "felony"
    disposed = filings.filed + _LASTS.draw(many, random)
    disposed = np.maximum(at_hours(country, filings.court, disposed, OFFICE, random), filings.filed + DAY // 2)
    disposition = _DISPOSITIONS[pick(_DISPOSED, many, random)]
    surname = surnames_at(persons, renamings, filings.person, filings.filed * MICRO)
    said = say_names(persons, filings.person, filings.court, random, surname)
    ended = micros(disposed, scale.seconds[1])
    disposition[ended == NEVER] = ""
    return Cases(
        person=filings.person.astype(np.int32),
        facility=filings.court.astype(np.int32),
        stay=filings.stay.astype(np.int32),
        docket=_dockets(country, filings, felony.astype(np.int64)),
        kind=KINDS[felony.astype(np.int64)],
        charge=charge,
        statute=statute,
        filed=filings.filed * MICRO,
        disposed=ended,
        disposition=disposition,
        given=said.given,
        middle=said.middle,
        surname=said.surname,
        suffix=said.suffix,
        born=said.born,
        sex=said.sex,
    )


def _dockets(country: Country, filings: Filings, felony: Int64) -> Texts:
    """Docket numbers: the kind, the year, and the number within the court's year."""
    day = (country.times.to_local(country.zone[filings.court], filings.filed) // DAY).astype("datetime64[D]")
    year = day.astype("datetime64[Y]")
    of_year = (day - year.astype("datetime64[D]")).astype(np.int64)
    yearly = country.yearly[country.county[filings.court]]
    years = year.astype(np.int64) + 1970
    number = of_year * yearly // round(_YEAR) + rank_in(filings.court * 10_000 + years) + 1
    dockets = constant("", len(number))
    for kind, before in enumerate(("CM", "CF")):
        rows = felony == kind
        dockets[rows] = number_texts(years[rows] * 1_000_000 + number[rows], 10, (4,), before)
    return dockets
