"""The numbers that facilities give: to a booking by the date, the year, the person, in one row, or not at all; and to a
subject."""

from dataclasses import dataclass

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


@dataclass(frozen=True)
class _Booked:
    """The bookings of one scheme: what the local clock showed then, and how many the facility books in a year."""

    facility: Int64
    instant: Int64
    shown: Int64
    yearly: Int64

    def of(self, rows: Int64) -> "_Booked":
        return _Booked(self.facility[rows], self.instant[rows], self.shown[rows], self.yearly[rows])


def number_bookings(country: Country, chains: Chains, subject: Int64, seed: int) -> tuple[Texts, Texts]:
    """The booking number and the subject number of each stay; empty where a facility gives none."""
    facility, instant = chains.custody.facility, chains.custody.booked
    scheme = schemes_of(country, seed)[facility]
    random = stream(seed, "subjects")
    tells = random.random(country.prisons.stop) < _TELLS_SUBJECT
    tells[country.prisons] = True
    base = random.integers(1_000_000, 9_000_000, country.prisons.stop)
    subjects, of = np.unique(subject, return_inverse=True)
    before = np.where(random.random(len(subjects)) < _KNOWN_BEFORE, random.integers(1, 6, len(subjects)), 0)
    rank = rank_in(facility[subjects])
    subject_number = plain_texts(base[facility[subjects]] + np.where(before > 0, -1 - rank, rank))[of]
    subject_number[~(tells[facility] | (scheme == BY_PERSON))] = ""
    shown = country.times.to_local(country.zone[facility], instant)
    booked = _Booked(facility, instant, shown, country.yearly[facility])
    booking_number = constant("", len(facility))
    for each, number in ((BY_DATE, _by_date), (BY_YEAR, _by_year), (IN_A_ROW, _in_a_row)):
        rows = np.flatnonzero(scheme == each)
        booking_number[rows] = number(booked.of(rows), base)
    rows = np.flatnonzero(scheme == BY_PERSON)
    booking_number[rows] = plain_texts(before[of[rows]] + rank_in(subject[rows]) + 1)
    return booking_number, subject_number


def _by_date(booked: _Booked, _: Int64) -> Texts:
    """2026-0301007: the seventh of 1 March. Bookings that are over when the time begins have their numbers, too."""
    day = (booked.shown // DAY).astype("datetime64[D]")
    month = day.astype("datetime64[M]")
    number = (day - month).astype(np.int64) + 1 + (month.astype(np.int64) % 12 + 1) * 100
    number += (day.astype("datetime64[Y]").astype(np.int64) + 1970) * 10_000
    that_day = np.minimum(booked.shown % DAY * booked.yearly // _YEAR_SECONDS // 2 + 1, 400)
    that_day += rank_in(booked.facility * 100_000 + booked.shown // DAY)
    return number_texts(number * 1_000 + that_day, 11, (4,))


def _by_year(booked: _Booked, _: Int64) -> Texts:
    """2026-00000007: the seventh of the year."""
    year = (booked.shown // DAY).astype("datetime64[D]").astype("datetime64[Y]")
    since = booked.shown - year.astype("datetime64[D]").astype(np.int64) * DAY
    years = year.astype(np.int64) + 1970
    that_year = since * booked.yearly // _YEAR_SECONDS + 1 + rank_in(booked.facility * 10_000 + years)
    return number_texts(years * 100_000_000 + that_year, 12, (4,))


def _in_a_row(booked: _Booked, base: Int64) -> Texts:
    """Counted since the facility began to count."""
    counted = (booked.instant - _COUNTED_FROM) * booked.yearly // _YEAR_SECONDS
    return plain_texts(counted + rank_in(booked.facility) + 1 + base[booked.facility] % 50_000)
