"""Birth dates as intervals of days."""

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

_EPOCH = date(1970, 1, 1).toordinal()
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_US = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: .*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_US_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[- ]?([a-z]{3,9})\.?,?[- ]?(\d{4})", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?[- ](\d{1,2})(?:st|nd|rd|th)?,?[- ](\d{4})", re.IGNORECASE)
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if number}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_YEAR = re.compile(r"(\d{4})")
OLDEST_YEAR = 1000  # historical test sets reach back that far; nothing older is a birth date
LATEST_YEAR = 2150
MAX_AGE = 130


class BirthDays(NamedTuple):
    """Closed interval in days since 1970-01-01, and the eight digits said (0 without a full date)."""

    earliest: int
    latest: int
    digits: int


@lru_cache(maxsize=1 << 17)
def parse_birth_date(text: str) -> BirthDays | None:
    """The interval of a date as text: ISO 8601, `yyyymmdd`, US `mm/dd/yyyy` or `mmddyyyy`, a date with its month's
    English name, or a bare year. Eight digits are read as year, month and day wherever a calendar has that day.

    A date that no calendar has (`1958-07-71`) is an interval of the month or the year that is certain, its digits kept
    for comparison. `None` for a placeholder (`00/00/0000`) or what is no date. Two-digit years are not guessed.
    """
    said = text.strip()
    if match := _ISO.fullmatch(said):
        return _from_parts(int(match[1]), int(match[2]), int(match[3]))
    if match := _COMPACT.fullmatch(said):
        return _from_eight(said, _from_parts(int(match[1]), int(match[2]), int(match[3])))
    if match := _US.fullmatch(said):
        return _from_parts(int(match[3]), int(match[1]), int(match[2]))
    if match := _YEAR.fullmatch(said):
        return _from_parts(int(match[1]), 0, 0)
    if (match := _DAY_FIRST.fullmatch(said)) and (month := _MONTHS.get(match[2].lower())):
        return _from_parts(int(match[3]), month, int(match[1]))
    if (match := _MONTH_FIRST.fullmatch(said)) and (month := _MONTHS.get(match[1].lower())):
        return _from_parts(int(match[3]), month, int(match[2]))
    return None


def _from_eight(said: str, year_first: BirthDays | None) -> BirthDays | None:
    """Eight digits with the year in front, unless only with the year behind a calendar has that day."""
    if year_first and year_first.earliest == year_first.latest:
        return year_first
    match = _US_COMPACT.fullmatch(said)
    year_last = _from_parts(int(match[3]), int(match[1]), int(match[2])) if match else None
    return year_last if year_last and year_last.earliest == year_last.latest else year_first


def birth_from_age(age: int, as_of: date) -> BirthDays | None:
    """The interval of somebody who is `age` years old on `as_of`; `None` for an age that nobody has."""
    if not 0 <= age <= MAX_AGE or as_of.year - age < OLDEST_YEAR:
        return None
    latest = _years_before(as_of, age)
    earliest = _years_before(as_of, age + 1) + 1
    return BirthDays(earliest - _EPOCH, latest - _EPOCH, 0)


def _years_before(day: date, years: int) -> int:
    year = day.year - years
    if day.month == 2 and day.day == 29 and not calendar.isleap(year):
        return date(year, 2, 28).toordinal()
    return date(year, day.month, day.day).toordinal()


def _from_parts(year: int, month: int, day: int) -> BirthDays | None:
    if not OLDEST_YEAR <= year <= LATEST_YEAR:
        return None
    if not 1 <= month <= 12:
        return BirthDays(
            date(year, 1, 1).toordinal() - _EPOCH,
            date(year, 12, 31).toordinal() - _EPOCH,
            _digits(year, month, day),
        )
    last = calendar.monthrange(year, month)[1]
    first_day, last_day = (day, day) if 1 <= day <= last else (1, last)
    return BirthDays(
        date(year, month, first_day).toordinal() - _EPOCH,
        date(year, month, last_day).toordinal() - _EPOCH,
        _digits(year, month, day),
    )


def _digits(year: int, month: int, day: int) -> int:
    return year * 10_000 + month * 100 + day if month or day else 0
