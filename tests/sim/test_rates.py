"""The country has the sizes, flows and error rates that are published of the real ones."""

from datetime import UTC, datetime

import numpy as np
import pytest
from numpy.typing import NDArray

from eyre.sim.ages import ages_on
from eyre.sim.draw_country import ADMITTED_BY_SIZE, Country, draw_country, size_at, size_factor, yearly_of
from eyre.sim.draw_custody import Custody, draw_custody
from eyre.sim.draw_world import draw_world
from eyre.sim.scale import Scale
from eyre.sim.truth import standing
from eyre.sim.world import NEVER, World

BEGINS = datetime(2026, 3, 1, tzinfo=UTC)
FIRST = int(BEGINS.timestamp())
DAY = 86_400
NATION = Scale(3, BEGINS, days=7)


@pytest.fixture(scope="module")
def nation() -> tuple[Country, Custody]:
    country = draw_country(NATION)
    return country, draw_custody(country, NATION)


@pytest.fixture(scope="module")
def tenth() -> World:
    return draw_world(3, begins=BEGINS, days=30, share=0.1)


@pytest.fixture(scope="module")
def year() -> World:
    return draw_world(3, begins=BEGINS, days=365, share=0.7, states=1)


def in_jail(world: World) -> NDArray[np.bool_]:
    jailed: NDArray[np.bool_] = world.facilities.kind[world.stays.facility] == "jail"
    return jailed


def test_there_are_as_many_jails_of_each_size_as_there_are(nation: tuple[Country, Custody]) -> None:
    sizes = nation[0].facilities.size[nation[0].jails]
    assert len(sizes) == 2_850
    assert sizes.sum() == pytest.approx(664_000, rel=0.001)
    parts = (0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99)
    published = [size_at(part) * size_factor() for part in parts]
    assert [size_at(part) for part in parts] == [10, 41, 110, 292, 657, 1_052, 2_781]
    assert np.quantile(sizes, parts) == pytest.approx(published, rel=0.02, abs=0.6)


def test_jails_admit_as_many_as_their_size_says(nation: tuple[Country, Custody]) -> None:
    country, _ = nation
    sizes, yearly = country.facilities.size[country.jails], country.yearly[country.jails]
    assert yearly.sum() == pytest.approx(7_600_000, rel=0.001)
    rates = []
    for low, (high, rate) in zip((5, 50, 100, 250, 500, 1_000), ADMITTED_BY_SIZE, strict=True):
        band = (sizes > low) & (sizes < high - 1)
        rates.append(yearly[band].sum() / sizes[band].sum() / rate)
    assert rates == pytest.approx([rates[0]] * 6, rel=0.02)
    assert yearly_of(49) / 49 == 23.2


def test_two_hundred_and_seventeen_are_booked_in_a_quarter_of_an_hour(nation: tuple[Country, Custody]) -> None:
    country, custody = nation
    booked = ~custody.under_way & (custody.facility < country.jails.stop)
    assert booked.sum() / (7 * 96) == pytest.approx(217, rel=0.01)


def test_jails_stay_as_full_as_they_are(nation: tuple[Country, Custody]) -> None:
    country, custody = nation
    jailed = custody.facility < country.jails.stop
    for day in (0, 2, 4, 6.99):
        at = FIRST + day * DAY
        held = (jailed & (custody.booked <= at) & (custody.released > at)).sum()
        assert held == pytest.approx(664_000, rel=0.01)


def test_a_stay_lasts_a_month_on_average_and_half_of_them_two_days(nation: tuple[Country, Custody]) -> None:
    country, custody = nation
    new = ~custody.under_way & (custody.facility < country.jails.stop)
    days = (custody.released - custody.booked)[new] / DAY
    assert days.mean() == pytest.approx(32, rel=0.03)
    assert 0.45 < (days < 2).mean() < 0.65
    assert 0.35 < (days < 1).mean() < 0.55


def test_bookings_are_at_night_and_releases_by_day(nation: tuple[Country, Custody]) -> None:
    country, custody = nation
    new = ~custody.under_way & (custody.facility < country.jails.stop)
    zone = country.zone[custody.facility[new]]
    booked = country.times.to_local(zone, custody.booked[new]) // 3_600 % 24
    by_hour = np.bincount(booked, minlength=24)
    assert by_hour[[22, 23, 0, 1]].min() > 2 * by_hour[5:8].max()
    released = country.times.to_local(zone, custody.released[new]) // 3_600 % 24
    assert ((released >= 7) & (released < 19)).mean() > 0.6
    weekday = (country.times.to_local(zone, custody.booked[new]) // DAY + 3) % 7
    assert np.bincount(weekday)[4:6].min() > np.bincount(weekday)[[0, 6]].max()


def test_one_admission_in_four_is_a_return_within_the_year(year: World) -> None:
    stays = year.stays
    order = np.lexsort((stays.booked, stays.person))
    same = stays.person[order[1:]] == stays.person[order[:-1]]
    before = np.full(len(order), -1)
    before[order[1:][same]] = order[:-1][same]
    last = in_jail(year) & (stays.booked > (FIRST + 335 * DAY) * 1_000_000)
    moved_in = np.zeros(len(order), dtype=bool)
    moved_in[stays.goes_to[stays.goes_to >= 0]] = True
    returns = last & (before >= 0) & ~moved_in
    assert returns.sum() / (last & ~moved_in).sum() == pytest.approx(0.25, abs=0.025)
    again = stays.facility[before[returns]] == stays.facility[returns]
    assert again.mean() == pytest.approx(0.8, abs=0.03)


def test_some_are_moved_to_another_jail_and_most_prisoners_come_from_a_jail(tenth: World) -> None:
    stays, jailed = tenth.stays, in_jail(tenth)
    new = stays.booked >= FIRST * 1_000_000
    moved_in = np.zeros(len(stays.person), dtype=bool)
    moved_in[stays.goes_to[stays.goes_to >= 0]] = True
    assert (moved_in & new & jailed).sum() / (new & jailed).sum() == pytest.approx(0.028, abs=0.004)
    assert (moved_in & new & ~jailed).sum() / (new & ~jailed).sum() == pytest.approx(0.8, abs=0.07)


def test_people_are_as_old_and_as_often_women_as_those_in_jails_are(tenth: World) -> None:
    stays, persons = tenth.stays, tenth.persons
    jailed = stays.person[in_jail(tenth)]
    assert (persons.sex[jailed] == "F").mean() == pytest.approx(0.14, abs=0.01)
    ages = ages_on(persons.born, FIRST // DAY)
    assert ages.min() >= 18
    assert np.median(ages) == pytest.approx(34, abs=2)
    known = (persons.alias_given != "") | (persons.alias_surname != "")
    assert 0.10 < known.mean() < 0.15
    assert 0.01 < (persons.twin >= 0).mean() < 0.03


def test_names_and_birth_dates_are_as_wrong_as_published(tenth: World) -> None:
    stays, persons = tenth.stays, tenth.persons
    _, once = np.unique(stays.facility.astype(np.int64) * len(persons.born) + stays.person, return_index=True)
    person = stays.person[once]
    given, surname = stays.given[once] == persons.given[person], stays.surname[once] == persons.surname[person]
    born = stays.born[once]
    assert (given & surname).mean() == pytest.approx(0.88, abs=0.01)
    assert (born == persons.born[person]).mean() == pytest.approx(0.948, abs=0.005)
    middle = stays.middle[once] == persons.middle[person]
    assert middle.mean() == pytest.approx(0.93, abs=0.01)
    turned = (stays.given[once] == persons.surname[person]) & (stays.surname[once] == persons.given[person])
    assert turned.mean() == pytest.approx(0.002, abs=0.001)
    dates = born.astype("datetime64[D]")
    assert (dates == dates.astype("datetime64[Y]")).mean() == pytest.approx(0.0137, abs=0.003)
    assert 0 < ((stays.given == "FNU") | (stays.surname == "LNU")).mean() < 0.003
    assert 0 < (born == -1).mean() < 0.002


def test_a_facility_has_a_person_down_as_before_most_of_the_time(year: World) -> None:
    stays = year.stays
    order = np.lexsort((stays.booked, stays.person, stays.facility))
    pair = stays.facility.astype(np.int64) * len(year.persons.born) + stays.person
    same = pair[order[1:]] == pair[order[:-1]]
    earlier, later = order[:-1][same], order[1:][same]
    alike = (stays.given[earlier] == stays.given[later]) & (stays.born[earlier] == stays.born[later])
    assert 0.94 < alike.mean() < 1
    known = stays.subject_number[earlier] != ""
    assert 0.96 < (stays.subject_number[earlier] == stays.subject_number[later])[known].mean() < 1


def test_sealings_and_corrections_are_rare(tenth: World) -> None:
    assert (tenth.stays.sealed < NEVER).mean() == pytest.approx(0.004, abs=0.001)
    assert len(np.unique(tenth.corrections.stay)) / len(tenth.stays.person) == pytest.approx(0.009, abs=0.002)


def test_charges_are_two_and_a_half_a_stay_and_change_now_and_then(tenth: World) -> None:
    charges, stays = tenth.charges, tenth.stays
    assert len(charges.stay) / len(stays.person) == pytest.approx(2.5, abs=0.15)
    assert 0.005 < (charges.since > stays.booked[charges.stay]).mean() < 0.02
    assert 0.005 < (charges.until < NEVER).mean() < 0.02
    assert 0.01 < (charges.bond_changed < NEVER).mean() < 0.05


def test_projected_days_are_right_in_the_half(tenth: World) -> None:
    stays = tenth.stays
    told = (stays.projected >= 0) & (stays.released < NEVER)
    off = stays.projected[told] - stays.released[told] // (DAY * 1_000_000)
    assert 0.45 < (np.abs(off) <= 1).mean() < 0.75
    assert np.abs(off).max() > 20


def test_a_jail_holds_what_its_size_says(tenth: World) -> None:
    large = np.flatnonzero((tenth.facilities.kind == "jail") & (tenth.facilities.size > 300))
    held = np.array([len(standing(tenth, int(jail), (FIRST + 15 * DAY) * 1_000_000)) for jail in large])
    assert held.sum() == pytest.approx(tenth.facilities.size[large].sum(), rel=0.03)
