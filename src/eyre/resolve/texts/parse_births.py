"""`normalise.birth` of many texts: plain are dates of ten characters, the year first or last, and a time after it."""

from collections.abc import Sequence

import numpy as np

from eyre.normalise.birth import LATEST_YEAR, OLDEST_YEAR, BirthDays, parse_birth_date
from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.layout import Int32, UInt8, Units, units
from eyre.resolve.texts.buffers import Bools, Buffers, Texts, buffers_of, not_plain

NO_BIRTH = np.iinfo(np.int32).min
"""Stands for the earliest day of what is no date."""

_NOUGHT, _SPACE, _NEW_LINE, _LETTER_T = map(ord, "0 \nT")
_LENGTH = 10
_SEPARATORS = np.zeros(256, dtype=np.bool_)
_SEPARATORS[[ord(mark) for mark in "-/."]] = True
_DAYS_BEFORE = np.cumsum([0, 0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])  # a month, in a common year
_EPOCH_DAYS = 719_162  # before 1970 since the year 1


def parse_births(texts: Texts) -> Int32:
    """A row a text: the `BirthDays` that `parse_birth_date` finds, in columns; `NO_BIRTH`, 0, 0 where it finds none."""
    births = np.empty((len(texts), 3), dtype=np.int32)
    plain = np.empty(len(texts), dtype=np.bool_)
    _parse(buffers_of(texts), _SEPARATORS, _DAYS_BEFORE, births, plain)
    rows, at, parsed = not_plain(texts, plain, parse_birth_date)
    if len(rows):
        births[rows] = birth_table(parsed)[at]
    return births


def birth_table(births: Sequence[BirthDays | None]) -> Int32:
    """A row a birth, as above."""
    unknown = (NO_BIRTH, 0, 0)
    return np.array([birth or unknown for birth in births], dtype=np.int32).reshape(-1, 3)


@inline_kernel
def _number(body: UInt8, start: int, many: int) -> Units:
    """What `many` digits say; less than nought if one of them is none."""
    value = units(0)
    for at in range(start, start + many):
        digit = units(body[at]) - _NOUGHT
        if digit < 0 or digit > 9:
            return units(-1)
        value = value * 10 + digit
    return value


@inline_kernel
def _ends_well(said: Buffers, i: int, year_first: bool) -> bool:
    """Whether nothing, or what may be a time, stands after a date."""
    start, stop = said.begin[i] + _LENGTH, said.begin[i + 1]
    if start == stop:
        return True
    well = said.body[start] == _SPACE or (year_first and said.body[start] == _LETTER_T)
    for at in range(start, stop):
        well &= said.body[at] != _NEW_LINE
    return bool(well)


@inline_kernel
def _day(year: int, month: int, day: int, before: Int32) -> Units:
    """A day of the Gregorian calendar in days since 1970-01-01."""
    past = units(year) - 1
    leap = (year % 4 == 0 and year % 100 != 0) or year % 400 == 0
    return past * 365 + past // 4 - past // 100 + past // 400 + before[month] + units(leap and month > 2) + day - 1


@kernel
def _parse(said: Buffers, separators: Bools, before: Int32, births: Int32, plain: Bools) -> None:
    for i in range(len(plain)):
        births[i, 0] = NO_BIRTH
        births[i, 1] = births[i, 2] = 0
        start = units(said.begin[i])
        length = said.begin[i + 1] - start
        plain[i] = length == 0
        if length < _LENGTH:
            continue
        year_first = separators[said.body[start + 4]] and separators[said.body[start + 7]]
        year_last = separators[said.body[start + 2]] and separators[said.body[start + 5]]
        if not (year_first or year_last) or not _ends_well(said, i, year_first):
            continue
        year = _number(said.body, start if year_first else start + 6, 4)
        month = _number(said.body, start + 5 if year_first else start, 2)
        day = _number(said.body, start + 8 if year_first else start + 3, 2)
        plain[i] = year >= 0 and month >= 0 and day >= 0
        if plain[i] and OLDEST_YEAR <= year <= LATEST_YEAR:
            known = 1 <= month <= 12
            first = _day(year, month if known else 1, 1, before) - _EPOCH_DAYS
            next_one = _day(year, month + 1, 1, before) if known and month < 12 else _day(year + 1, 1, 1, before)
            last = next_one - _EPOCH_DAYS - 1
            sure = known and 1 <= day <= last - first + 1
            births[i, 0] = first + day - 1 if sure else first
            births[i, 1] = first + day - 1 if sure else last
            births[i, 2] = year * 10_000 + month * 100 + day if month or day else 0
