"""Births of many records: a date as said, else a year; and an age on a day. Each distinct text is parsed once."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eyre.normalise.birth import BirthDays, birth_from_age, parse_birth_date
from eyre.resolve.gather import gathered
from eyre.resolve.said import BirthColumns, Int32
from eyre.resolve.texts.distinct import coded_values, distinct
from eyre.resolve.texts.parse_births import NO_BIRTH, birth_table, parse_births
from eyre.service.coded_texts import CodedTexts, says_nothing

_EPOCH = date(1970, 1, 1)
_NO_ROWS = np.zeros(0, dtype=np.int32)


def births_of(dates: Sequence[CodedTexts], years: CodedTexts, ages: tuple[CodedTexts, CodedTexts]) -> BirthColumns:
    """Intervals of birth. `ages` are ages in years and the days for which they hold; a year counts only where no date
    can be read. An age counts beside a date, which may be wrong; without its day it says nothing certain and is left
    out."""
    said = [_parsed(column) for column in dates]
    if not says_nothing(years):
        known = np.zeros(len(years), dtype=bool)
        for each in said:
            known[each.rows] = True
        said.append(_without(_parsed(years), known))
    if not says_nothing(ages[0]):
        said.append(_from_ages(*ages))
    return _below_each_other(said)


class _Said(NamedTuple):
    """The rows that say a birth, ascending, and which of the `births` it is."""

    rows: Int32
    codes: Int32
    births: Int32


def _said(codes: Int32, births: Int32) -> _Said:
    known = births[:, 0] != NO_BIRTH
    if known.all():
        return _Said(np.arange(len(codes), dtype=np.int32), codes, births)
    rows = np.flatnonzero(known[codes]).astype(np.int32)
    return _Said(rows, gathered(codes, rows), births)


def _without(said: _Said, known: NDArray[np.bool_]) -> _Said:
    left = ~known[said.rows]
    return _Said(said.rows[left], said.codes[left], said.births)


def _below_each_other(said: Sequence[_Said]) -> BirthColumns:
    """What any of them says, by ascending row."""
    columns = [
        (each.rows, *(gathered(np.ascontiguousarray(each.births[:, at]), each.codes) for at in range(3)))
        for each in said
    ]
    if len(columns) == 1:
        return BirthColumns(*columns[0])
    nothing = (_NO_ROWS, _NO_ROWS, _NO_ROWS, _NO_ROWS)
    rows, *births = (np.concatenate(parts) for parts in zip(nothing, *columns, strict=True))
    order = np.argsort(rows, kind="stable")
    return BirthColumns(rows[order], *(each[order] for each in births))


def _parsed(texts: CodedTexts) -> _Said:
    codes, values = coded_values(texts)
    if isinstance(values, list):
        table = birth_table([parse_birth_date(value) for value in values])
    else:
        table = parse_births(values)
    return _said(np.arange(len(table), dtype=np.int32) if codes is None else codes, table)


def _from_ages(ages: CodedTexts, days: CodedTexts) -> _Said:
    age_codes, age_texts = distinct(ages)
    day_codes, day_texts = distinct(days)
    pair, inverse = np.unique(age_codes.astype(np.int64) * len(day_texts) + day_codes, return_inverse=True)
    as_of = [_day(text) for text in day_texts]
    age = [_age(text) for text in age_texts]
    births = [_on(age[each // len(day_texts)], as_of[each % len(day_texts)]) for each in pair.tolist()]
    return _said(inverse.astype(np.int32), birth_table(births))


def _on(age: int | None, as_of: date | None) -> BirthDays | None:
    return None if age is None or as_of is None else birth_from_age(age, as_of)


def _age(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _day(text: str) -> date | None:
    interval = parse_birth_date(text)
    if interval is None or interval.earliest != interval.latest:
        return None
    return _EPOCH + timedelta(days=interval.earliest)
