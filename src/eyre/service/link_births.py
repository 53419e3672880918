"""Births of many records: a date as said, else a year; and an age on a day. Each distinct text is parsed once."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from eyre.normalise.birth import BirthDays, birth_from_age, parse_birth_date
from eyre.resolve.said import BirthColumns, Int32
from eyre.resolve.texts.distinct import coded_values, distinct
from eyre.resolve.texts.parse_births import NO_BIRTH, birth_table, parse_births
from eyre.service.coded_texts import CodedTexts, says_nothing

_EPOCH = date(1970, 1, 1)
_NO_ROWS = np.zeros(0, dtype=np.int64)


def births_of(dates: Sequence[CodedTexts], years: CodedTexts, ages: tuple[CodedTexts, CodedTexts]) -> BirthColumns:
    """Intervals of birth. `ages` are ages in years and the days for which they hold; a year counts only where no date
    can be read. An age counts beside a date, which may be wrong; without its day it says nothing certain and is left
    out."""
    said = [_parsed(column) for column in dates]
    if not says_nothing(years):
        known = np.zeros(len(years), dtype=bool)
        for each in said:
            known |= each[:, 0] != NO_BIRTH
        of_years = _parsed(years)
        of_years[known] = NO_BIRTH
        said.append(of_years)
    if not says_nothing(ages[0]):
        said.append(_from_ages(*ages))
    rows, births = _below_each_other(said)
    return BirthColumns(rows, *(np.ascontiguousarray(births[:, at]) for at in range(3)))


def _below_each_other(said: Sequence[Int32]) -> tuple[Int32, Int32]:
    """The rows in which one of the tables has a birth, ascending, and these births."""
    kept = [(each, np.flatnonzero(each[:, 0] != NO_BIRTH)) for each in said]
    rows = np.concatenate([_NO_ROWS, *(rows for _, rows in kept)]).astype(np.int32)
    births = np.concatenate([birth_table([]), *(each.take(rows, axis=0) for each, rows in kept)])
    if len(said) < 2:
        return rows, births
    order = np.argsort(rows, kind="stable")
    return rows[order], births[order]


def _parsed(texts: CodedTexts) -> Int32:
    codes, values = coded_values(texts)
    if isinstance(values, list):
        table = birth_table([parse_birth_date(value) for value in values])
    else:
        table = parse_births(values)
    return table if codes is None else table.take(codes, axis=0)


def _from_ages(ages: CodedTexts, days: CodedTexts) -> Int32:
    age_codes, age_texts = distinct(ages)
    day_codes, day_texts = distinct(days)
    pair, inverse = np.unique(age_codes.astype(np.int64) * len(day_texts) + day_codes, return_inverse=True)
    as_of = [_day(text) for text in day_texts]
    age = [_age(text) for text in age_texts]
    births = [_on(age[each // len(day_texts)], as_of[each % len(day_texts)]) for each in pair.tolist()]
    return birth_table(births)[inverse]


def _on(age: int | None, as_of: date | None) -> BirthDays | None:
    return None if age is None or as_of is None else birth_from_age(age, as_of)


def _age(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _day(text: str) -> date | None:
    interval = parse_birth_date(text)
    if interval is None or interval.earliest != interval.latest:
        return None
    return _EPOCH + timedelta(days=interval.earliest)
