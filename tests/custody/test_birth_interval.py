"""Ages over time: what each allows, the day on which one flips, and ages that contradict one another."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from eyre.custody.birth_interval import AgeSeen, BirthInterval, birth_interval
from eyre.model.person import Birth, BirthBasis
from eyre.sources.read_birth import birth_from_age, years_before


def seen(age: int, first: date, last: date | None = None, read_on: date | None = None) -> AgeSeen:
    return AgeSeen(birth_from_age(age, read_on or first, str(age)), first, last or first)


def test_one_sighting_allows_a_year() -> None:
    assert birth_interval([seen(34, date(2026, 3, 1))]) == BirthInterval(date(1991, 3, 2), date(1992, 3, 1), 1, False)


def test_a_sighting_that_lasts_narrows_it() -> None:
    found = birth_interval([seen(34, date(2026, 3, 1), date(2026, 5, 1))])
    assert found == BirthInterval(date(1991, 5, 2), date(1992, 3, 1), 1, False)
    assert found == birth_interval([seen(34, date(2026, 3, 1), date(2026, 5, 1), read_on=date(2026, 4, 11))])


def test_the_day_on_which_the_age_flips_pins_the_birthday() -> None:
    before, after = seen(34, date(2026, 3, 1), date(2026, 4, 9)), seen(35, date(2026, 4, 10), date(2026, 6, 1))
    assert birth_interval([before, after]) == BirthInterval(date(1991, 4, 10), date(1991, 4, 10), 2, False)


def test_ages_that_contradict_are_outvoted_and_marked() -> None:
    slip = seen(43, date(2026, 3, 2))
    found = birth_interval([seen(34, date(2026, 3, 1)), slip, seen(34, date(2026, 3, 3))])
    assert found == BirthInterval(date(1991, 3, 4), date(1992, 3, 1), 2, True)


def test_of_two_ages_the_wider_then_the_earlier_interval_is_taken() -> None:
    narrow, wide = seen(34, date(2026, 3, 1), date(2026, 9, 1)), seen(40, date(2026, 3, 1))
    assert birth_interval([narrow, wide]) == BirthInterval(date(1985, 3, 2), date(1986, 3, 1), 1, True)


def test_what_is_no_age_is_left_out() -> None:
    day = date(1991, 4, 10)
    assert birth_interval([AgeSeen(Birth(day, day, BirthBasis.DATE), date(2026, 3, 1), date(2026, 3, 1))]) is None
    assert birth_interval([]) is None


def test_an_age_that_was_not_counted_on_is_no_error() -> None:
    stuck = seen(34, date(2026, 3, 1), date(2029, 3, 1))
    assert birth_interval([stuck]) == BirthInterval(date(1991, 3, 2), date(1992, 3, 1), 1, False)


@given(
    st.dates(date(1930, 1, 1), date(2008, 12, 31)),
    st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 200), st.integers(0, 200)), min_size=1, max_size=8),
)
def test_the_birthday_lies_within(born: date, drawn: list[tuple[int, int, int]]) -> None:
    sightings = []
    for start, length, read in drawn:
        first = date(2022, 1, 1) + timedelta(days=start)
        age = age_on(born, first)
        days = [day for day in (first + timedelta(days=at) for at in range(length + 1)) if age_on(born, day) == age]
        sightings.append(seen(age, first, days[-1], read_on=days[read % len(days)]))
    found = birth_interval(sightings)
    assert found is not None
    assert not found.contradicted
    assert found.earliest <= born <= found.latest


def age_on(born: date, day: date) -> int:
    age = day.year - born.year
    return age if born <= years_before(day, age) else age - 1
