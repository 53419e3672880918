"""Birth as an interval of what is certain."""

import calendar
from datetime import date, timedelta

from eyre.model.person import Birth, BirthBasis
from eyre.sources.date_format import ReadDate

OLDEST_AGE = 120  # the longest life on record is 122 years


def birth_from_date(read: ReadDate, said: str) -> Birth | None:
    """One day; or, for a day that no calendar has (a slip of the hand), its month or its year; None for year 0."""
    if read.year < 1:
        return None
    if not 1 <= read.month <= 12:
        return Birth(date(read.year, 1, 1), date(read.year, 12, 31), BirthBasis.YEAR, said)
    last = calendar.monthrange(read.year, read.month)[1]
    if not 1 <= read.day <= last:
        return Birth(date(read.year, read.month, 1), date(read.year, read.month, last), BirthBasis.YEAR, said)
    day = date(read.year, read.month, read.day)
    return Birth(day, day, BirthBasis.DATE, said)


def birth_from_year(year: int, said: str) -> Birth:
    """Any day of `year` (1 to 9999)."""
    return Birth(date(year, 1, 1), date(year, 12, 31), BirthBasis.YEAR, said)


def birth_from_age(age: int, as_of: date, said: str) -> Birth:
    """The days of birth that give `age` completed years on the day `as_of`."""
    earliest = years_before(as_of, age + 1) + timedelta(days=1)
    return Birth(earliest, years_before(as_of, age), BirthBasis.AGE, said)


def years_before(day: date, years: int) -> date:
    """The same day `years` earlier; 28 February for a 29th that is not there."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
