"""Birth dates as intervals of days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eyre.normalise.birth import MAX_AGE, BirthDays, birth_from_age, parse_birth_date

EPOCH = date(1970, 1, 1)


def between(earliest: str, latest: str, digits: int) -> BirthDays:
    first, last = ((date.fromisoformat(day) - EPOCH).days for day in (earliest, latest))
    return BirthDays(first, last, digits)


SAID = {
    "1971-02-14": between("1971-02-14", "1971-02-14", 19710214),
    "1971-02-14T00:00:00": between("1971-02-14", "1971-02-14", 19710214),
    "1971/2/4": between("1971-02-04", "1971-02-04", 19710204),
    "19710214": between("1971-02-14", "1971-02-14", 19710214),
    "02/14/1971": between("1971-02-14", "1971-02-14", 19710214),
    "2-4-1971": between("1971-02-04", "1971-02-04", 19710204),
    " 2/14/1971 00:00 ": between("1971-02-14", "1971-02-14", 19710214),
    "2000-02-29": between("2000-02-29", "2000-02-29", 20000229),
    "1971": between("1971-01-01", "1971-12-31", 0),
    "1971-00-00": between("1971-01-01", "1971-12-31", 0),
    "1971-07-00": between("1971-07-01", "1971-07-31", 19710700),
    "1958-07-71": between("1958-07-01", "1958-07-31", 19580771),
    "19580771": between("1958-07-01", "1958-07-31", 19580771),
    "2001-02-29": between("2001-02-01", "2001-02-28", 20010229),
    "14/02/1971": between("1971-01-01", "1971-12-31", 19711402),
    "02141971": between("1971-02-14", "1971-02-14", 19710214),
    "12251980": between("1980-12-25", "1980-12-25", 19801225),
    "19581371": between("1958-01-01", "1958-12-31", 19581371),
    "14 Feb 1971": between("1971-02-14", "1971-02-14", 19710214),
    "14-FEB-1971": between("1971-02-14", "1971-02-14", 19710214),
    "14th February, 1971": between("1971-02-14", "1971-02-14", 19710214),
    "Feb. 14, 1971": between("1971-02-14", "1971-02-14", 19710214),
    "Sept 3 1971": between("1971-09-03", "1971-09-03", 19710903),
}


@pytest.mark.parametrize("text", SAID)
def test_a_date(text: str) -> None:
    assert parse_birth_date(text) == SAID[text]


@pytest.mark.parametrize(
    "text", ["", "00/00/0000", "0000-00-00", "9999-12-31", "0999-01-01", "02/14/71", "abc", "12", "3 Foo 1971"]
)
def test_what_is_no_date(text: str) -> None:
    assert parse_birth_date(text) is None


@pytest.mark.parametrize(
    ("age", "as_of", "earliest", "latest"),
    [
        (30, "2026-11-23", "1995-11-24", "1996-11-23"),
        (30, "2024-02-29", "1993-03-01", "1994-02-28"),
        (28, "2024-02-29", "1995-03-01", "1996-02-29"),
        (29, "2025-02-28", "1995-03-01", "1996-02-28"),
        (0, "2024-02-29", "2023-03-01", "2024-02-29"),
    ],
)
def test_an_age(age: int, as_of: str, earliest: str, latest: str) -> None:
    assert birth_from_age(age, date.fromisoformat(as_of)) == between(earliest, latest, 0)


@pytest.mark.parametrize("age", [-1, MAX_AGE + 1, 999])
def test_an_age_that_nobody_has(age: int) -> None:
    assert birth_from_age(age, date(2026, 11, 23)) is None


@given(st.dates(date(1900, 1, 1), date(2026, 11, 23)), st.dates(date(1950, 1, 1), date(2026, 11, 23)))
def test_everybody_is_born_within_the_interval_of_their_age(born: date, as_of: date) -> None:
    age = as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))
    found = birth_from_age(age, as_of)
    if age < 0:
        assert found is None
    elif found is not None:
        assert found.earliest <= (born - EPOCH).days <= found.latest


@given(st.integers(0, MAX_AGE - 1), st.dates(date(1950, 1, 1), date(2050, 12, 31)))
def test_the_intervals_of_two_ages_meet_and_do_not_overlap(age: int, as_of: date) -> None:
    younger, older = birth_from_age(age, as_of), birth_from_age(age + 1, as_of)
    assert younger is not None
    assert older is not None
    assert older.latest + 1 == younger.earliest


@given(st.dates(date(1000, 1, 1), date(2150, 12, 31)))
def test_a_date_is_read_in_each_of_its_forms(day: date) -> None:
    forms = (day.isoformat(), f"{day:%Y%m%d}", f"{day.month}/{day.day}/{day.year}", f"{day:%d %b} {day.year}")
    for form in forms:
        found = parse_birth_date(form)
        assert found == BirthDays((day - EPOCH).days, (day - EPOCH).days, int(f"{day:%Y%m%d}"))


@given(st.one_of(st.text(), st.text(alphabet="0123456789-/. T", max_size=12)))
def test_any_text_gives_an_interval_or_nothing(text: str) -> None:
    found = parse_birth_date(text)
    if found is not None:
        assert found.earliest <= found.latest <= found.earliest + 366
        assert 0 <= found.digits <= 21509999
