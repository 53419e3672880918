"""Births of many records: a date as said, else a year; and an age on a day. Each distinct text is parsed once."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from eyre.normalise.birth import BirthDays, birth_from_age, parse_birth_date
from eyre.resolve.ragged import distinct
from eyre.resolve.said import BirthColumns, Int32
from eyre.service.coded_texts import CodedTexts

_EPOCH = date(1970, 1, 1)
_NOT_SAID = np.iinfo(np.int32).min


def births_of(dates: Sequence[CodedTexts], years: CodedTexts, ages: tuple[CodedTexts, CodedTexts]) -> BirthColumns:
    """Intervals of birth. `ages` are ages in years and the days for which they hold; a year counts only where no date
    can be read. An age counts beside a date, which may be wrong; without its day it says nothing certain and is left
    out."""
    said = [_parsed(column) for column in dates]
    known = np.zeros(len(years), dtype=bool)
    for each in said:
        known |= each[:, 0] != _NOT_SAID
    of_years = _parsed(years)
    of_years[known] = _NOT_SAID
    said += [of_years, _from_ages(*ages)]
    kept = [(each, np.flatnonzero(each[:, 0] != _NOT_SAID)) for each in said]
    rows = np.concatenate([rows for _, rows in kept]).astype(np.int32)
    births = np.concatenate([each[rows] for each, rows in kept])
    order = np.argsort(rows, kind="stable")
    births = births[order]
    return BirthColumns(rows[order], *(np.ascontiguousarray(births[:, at]) for at in range(3)))


def _parsed(texts: CodedTexts) -> Int32:
    codes, values = distinct(texts)
    return _table([parse_birth_date(value) for value in values])[codes]


def _from_ages(ages: CodedTexts, days: CodedTexts) -> Int32:
    age_codes, age_texts = distinct(ages)
    day_codes, day_texts = distinct(days)
    pair, inverse = np.unique(age_codes.astype(np.int64) * len(day_texts) + day_codes, return_inverse=True)
    as_of = [_day(text) for text in day_texts]
    age = [_age(text) for text in age_texts]
    births = [_on(age[each // len(day_texts)], as_of[each % len(day_texts)]) for each in pair.tolist()]
    return _table(births)[inverse]


def _on(age: int | None, as_of: date | None) -> BirthDays | None:
    return None if age is None or as_of is None else birth_from_age(age, as_of)


def _age(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _day(text: str) -> date | None:
    interval = parse_birth_date(text)
    if interval is None or interval.earliest != interval.latest:
        return None
    return _EPOCH + timedelta(days=interval.earliest)


def _table(births: Sequence[BirthDays | None]) -> Int32:
    """A row of earliest, latest and digits a birth; one more where there is none, so that no code is out of bounds."""
    unknown = (_NOT_SAID, 0, 0)
    return np.array([birth or unknown for birth in births] or [unknown], dtype=np.int32)
