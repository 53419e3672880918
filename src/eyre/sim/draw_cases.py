"""Criminal cases as courts have them down."""

import numpy as np

from eyre.sim.counted import number_texts, rank_in
from eyre.sim.draw_country import Country
from eyre.sim.draw_ends import MICRO, micros
from eyre.sim.local_time import DAY
from eyre.sim.name_pool import constant
from eyre.sim.offences import DESCRIPTION, FELONY, STATUTE, WEIGHT
from eyre.sim.plan_filings import Filings
from eyre.sim.say_names import say_names
from eyre.sim.scale import Scale
from eyre.sim.streams import Int64, pick, stream
from eyre.sim.surnames_at import surnames_at
from eyre.sim.world import NEVER, Cases, Charges, Persons, Renamings, Texts

_DISPOSITIONS: Texts = np.array(["guilty", "dismissed", "nolle prosequi", "not guilty"], dtype=np.object_)
_DISPOSED = (62, 28, 8, 2)
_YEAR = 365.25
KINDS: Texts = np.array(["criminal misdemeanor", "criminal felony"], dtype=np.object_)


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
    disposition = _DISPOSITIONS[pick(_DISPOSED, many, random)]
    surname = surnames_at(persons, renamings, filings.person, filings.filed * MICRO)
    said = say_names(persons, filings.person, filings.court, random, surname)
    ended = micros(filings.disposed, scale.seconds[1])
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
