from datetime import UTC, datetime

import numpy as np
import pytest

from eyre.normalise.us_state import state_code
from eyre.sim.addresses_at import addresses_at
from eyre.sim.ages import ages_on
from eyre.sim.draw_world import draw_world
from eyre.sim.place_names import PLACES, STATES, ZONES
from eyre.sim.surnames_at import surnames_at
from eyre.sim.world import World

BEGINS = datetime(2026, 3, 1, tzinfo=UTC)
FIRST = int(BEGINS.timestamp()) * 1_000_000
DAY = 86_400_000_000
REAL_STATES = (
    "al ak az ar ca co ct de dc fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or "
    "pa ri sc sd tn tx ut vt va wa wv wi wy pr vi gu as mp fm mh pw um aa ae ap"
).split()


@pytest.fixture(scope="module")
def world() -> World:
    return draw_world(21, begins=BEGINS, days=60, share=0.04)


def test_no_state_of_the_country_is_a_real_one() -> None:
    codes = [code for code, _ in STATES]
    assert len(set(codes)) == 50
    assert not set(codes) & set(REAL_STATES)
    assert [state_code(code.upper()) for code in codes] == codes
    assert len({name for _, name in STATES}) == 50


def test_places_have_names_and_codes_of_their_own(world: World) -> None:
    facilities = world.facilities
    assert len(set(PLACES)) == len(PLACES)
    jails = facilities.kind == "jail"
    assert len(set(zip(facilities.state[jails], facilities.county[jails], strict=True))) == jails.sum()
    assert all(len(fips) == 5 and fips >= "90001" for fips in facilities.fips)
    assert len(set(facilities.fips[jails])) == jails.sum()
    assert set(facilities.zone) <= set(ZONES)


def test_each_county_has_a_court_and_each_state_its_offices(world: World) -> None:
    facilities = world.facilities
    of = {kind: facilities.ocd[facilities.kind == kind].tolist() for kind in ("jail", "court", "probation", "parole")}
    assert of["jail"] == of["court"]
    assert of["probation"] == of["parole"] == [f"ocd-division/country:us/state:{code}" for code, _ in STATES[:2]]


def test_fathers_and_sons_bear_one_name_and_a_suffix(world: World) -> None:
    persons = world.persons
    seniors = np.flatnonzero(persons.suffix == "SR")
    assert len(seniors) > 20
    names: dict[tuple[str, str], list[int]] = {}
    for row in np.flatnonzero(persons.suffix == "JR").tolist():
        names.setdefault((persons.given[row], persons.surname[row]), []).append(row)
    sons = {row: names.get((persons.given[row], persons.surname[row]), []) for row in seniors}
    assert all(sons.values())
    apart = [max(persons.born[sons[row]]) - persons.born[row] for row in seniors]
    assert min(apart) > 17 * 365
    assert (persons.sex[seniors] == "M").all()


def test_families_live_at_one_address(world: World) -> None:
    persons = world.persons
    at_home = np.flatnonzero(persons.street != "")
    homes = persons.house_number[at_home] + " " + persons.street[at_home] + " " + persons.city[at_home]
    _, of, many = np.unique(homes.astype(str), return_inverse=True, return_counts=True)
    assert 0.1 < (many[of] > 1).mean() < 0.3
    assert 0.01 < (persons.street == "").mean() < 0.05


def test_twins_share_a_birth_date_and_mostly_a_surname(world: World) -> None:
    persons = world.persons
    twins = np.flatnonzero(persons.twin >= 0)
    other = persons.twin[twins]
    assert len(twins) > 300
    assert (persons.born[twins] == persons.born[other]).all()
    assert (persons.surname[twins] == persons.surname[other]).all()
    assert (persons.given[twins] != persons.given[other]).mean() > 0.98


def test_everybody_is_of_age_when_first_met(world: World) -> None:
    persons, stays, cases, terms = world.persons, world.stays, world.cases, world.supervisions
    for person, since in ((stays.person, stays.booked), (cases.person, cases.filed), (terms.person, terms.began)):
        assert ages_on(persons.born[person], since // DAY + 1).min() >= 18
    assert (persons.born != -1).all()


def test_an_address_is_the_first_one_until_a_move(world: World) -> None:
    moves, persons = world.moves, world.persons
    person = moves.person.astype(np.int64)
    before, after = addresses_at(world, person, moves.at - 1), addresses_at(world, person, moves.at)
    assert (before.house_number == persons.house_number[person]).all()
    assert (before.zip == persons.zip[person]).all()
    assert (after.house_number == moves.house_number).all()
    assert (after.city == moves.city).all()
    everybody = np.arange(len(persons.born))
    assert (addresses_at(world, everybody, FIRST - 1).street == persons.street).all()
    assert len(person) / len(everybody) == pytest.approx(0.25 * 60 / 365, abs=0.01)


def test_a_new_surname_is_borne_from_its_day_on(world: World) -> None:
    renamings, persons = world.renamings, world.persons
    person = renamings.person.astype(np.int64)
    assert len(person)
    assert (surnames_at(persons, renamings, person, renamings.at - 1) == persons.surname[person]).all()
    assert (surnames_at(persons, renamings, person, renamings.at) == renamings.surname).all()


def test_names_are_in_capitals(world: World) -> None:
    for table in (world.persons, world.stays, world.cases, world.supervisions):
        for name in ("given", "middle", "surname", "suffix"):
            assert all(text == text.upper() for text in getattr(table, name))
