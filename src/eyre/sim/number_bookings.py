"""The numbers that facilities give: to a booking by the date, the year, the person, in one row, or not at all; and to a
subject."""

import numpy as np

from eyre.sim.counted import number_texts, plain_texts, rank_in
from eyre.sim.draw_country import Country
from eyre.sim.link_stays import Chains
from eyre.sim.local_time import DAY
from eyre.sim.name_pool import constant
from eyre.sim.streams import Int64, pick, stream
from eyre.sim.world import Texts

BY_DATE, BY_YEAR, BY_PERSON, IN_A_ROW, NONE = range(5)
_SCHEMES = (15, 25, 10, 40, 10)
_TELLS_SUBJECT = 0.5  # of facilities, besides those whose booking numbers mean nothing without
_KNOWN_BEFORE = 0.3  # of subjects: with bookings that are older than what is drawn
_YEAR_SECONDS = 31_557_600
_COUNTED_FROM = 1_000_000_000  # in 2001: no stay that is drawn began before


def schemes_of(country: Country, seed: int) -> Int64:
    """How each jail and prison numbers its bookings."""
    random = stream(seed, "numbers")
    scheme = pick(_SCHEMES, country.prisons.stop, random)
    scheme[country.prisons] = IN_A_ROW
    return scheme


def number_bookings(country: Country, chains: Chains, subject: Int64, seed: int) -> tuple[Texts, Texts]:
    """The booking number and the subject number of each stay; empty where a facility gives none."""
    facility, booked = chains.custody.facility, chains.custody.booked
    scheme = schemes_of(country, seed)[facility]
    random = stream(seed, "subjects")
    tells = random.random(country.prisons.stop) < _TELLS_SUBJECT
    base = random.integers(1_000_000, 9_000_000, country.prisons.stop)
    tells[country.prisons] = True
    subjects, of = np.unique(subject, return_inverse=True)
    before = np.where(random.random(len(subjects)) < _KNOWN_BEFORE, random.integers(1, 6, len(subjects)), 0)
    rank = rank_in(facility[subjects])
    number = base[facility[subjects]] + np.where(before > 0, -1 - rank, rank)
    subject_number = plain_texts(number)[of]
    subject_number[~(tells[facility] | (scheme == BY_PERSON))] = ""

    shown = country.times.to_local(country.zone[facility], booked)
    day = (shown // DAY).astype("datetime64[D]")
    year = day.astype("datetime64[Y]").astype(np.int64) + 1970
    new_year = (year - 1970).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64) * DAY
    yearly = country.yearly[facility]
    rows_of = [np.flatnonzero(scheme == each) for each in range(NONE)]
    booking_number = constant("", len(facility))

    rows = rows_of[BY_DATE]
    month_day = (day[rows] - day[rows].astype("datetime64[M]")).astype(np.int64) + 1
    month_day += (day[rows].astype("datetime64[M]").astype(np.int64) % 12 + 1) * 100
    that_day = shown[rows] % DAY * yearly[rows] // _YEAR_SECONDS // 2 + 1
    that_day = np.minimum(that_day, 400) + rank_in(facility[rows] * 100_000 + shown[rows] // DAY)
    booking_number[rows] = number_texts((year[rows] * 10_000 + month_day) * 1_000 + that_day, 11, (4,))

    rows = rows_of[BY_YEAR]
    that_year = (shown[rows] - new_year[rows]) * yearly[rows] // _YEAR_SECONDS + 1
    that_year += rank_in(facility[rows] * 10_000 + year[rows])
    booking_number[rows] = number_texts(year[rows] * 100_000_000 + that_year, 12, (4,))

    rows = rows_of[BY_PERSON]
    booking_number[rows] = plain_texts(before[of[rows]] + rank_in(subject[rows]) + 1)

    rows = rows_of[IN_A_ROW]
    in_a_row = (booked[rows] - _COUNTED_FROM) * yearly[rows] // _YEAR_SECONDS + rank_in(facility[rows]) + 1
    booking_number[rows] = plain_texts(in_a_row + base[facility[rows]] % 50_000)
    return booking_number, subject_number
