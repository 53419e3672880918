from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from eyre.sim.ages import ages_on

FIRST = date(1970, 1, 1)
DATES = st.dates(date(1890, 1, 1), date(2035, 12, 31)).filter(lambda day: day != date(1969, 12, 31))


def number(day: date) -> int:
    return (day - FIRST).days


def completed(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@given(st.lists(st.tuples(DATES, DATES), min_size=1, max_size=50))
def test_an_age_is_the_number_of_completed_years(pairs: list[tuple[date, date]]) -> None:
    ages = ages_on(np.array([number(born) for born, _ in pairs]), np.array([number(on) for _, on in pairs]))
    assert ages.tolist() == [completed(born, on) for born, on in pairs]


def test_who_is_born_on_a_leap_day_is_older_on_the_first_of_march_of_other_years() -> None:
    born = np.array([number(date(2000, 2, 29))], dtype=np.int32)
    days = {date(2026, 2, 28): 25, date(2026, 3, 1): 26, date(2028, 2, 28): 27, date(2028, 2, 29): 28}
    assert {day: int(ages_on(born, number(day))[0]) for day in days} == days


def test_a_birthday_adds_one_year() -> None:
    born = np.array([number(date(1990, 12, 31))])
    birthday = number(date(2026, 12, 31))
    assert [int(ages_on(born, birthday - 1)[0]), int(ages_on(born, birthday)[0])] == [35, 36]


def test_no_birth_date_gives_no_age() -> None:
    assert ages_on(np.array([-1, 0]), number(date(2026, 1, 1))).tolist() == [-1, 56]
