"""The invented people: names as common as the 1990 census of the United States counted them, families, aliases,
addresses. Names are in capitals, as most rolls have them."""

from dataclasses import dataclass

import numpy as np

from eyre.sim.census_names import FEMALE, MALE, CensusNames
from eyre.sim.draw_country import Country
from eyre.sim.draw_families import GENERATION, PARTNER, SHARER, SIBLING, TWIN, Families, draw_families
from eyre.sim.name_pool import name_pool
from eyre.sim.number_persons import Origins
from eyre.sim.place_names import STREETS, ZIPS
from eyre.sim.scale import Scale
from eyre.sim.streams import Int64, stream
from eyre.sim.world import Persons, Texts

_SUFFIXES: Texts = np.array(["", "JR", "SR", "III", "II"], dtype=np.object_)
_NONE, _JUNIOR, _SENIOR, _THIRD, _SECOND = range(5)
_NAMESAKES = 0.30  # of fathers and sons
_ALIASES = 0.125
_SHARES_NAME = {SIBLING: 0.92, PARTNER: 0.55, GENERATION: 0.90, TWIN: 1.0, SHARER: 0.0}
_SHARES_HOME = {SIBLING: 0.45, PARTNER: 0.85, GENERATION: 0.55, TWIN: 0.60, SHARER: 1.0}
_ELSEWHERE = 0.08  # live in another county of the state than that where they are first met
_NO_HOME = 0.03
_HOUSES: Texts = np.array([str(number) for number in range(1, 10_000)], dtype=np.object_)
_STREETS: Texts = np.array(STREETS, dtype=np.object_)
_ZIPS: Texts = np.array(ZIPS, dtype=np.object_)


@dataclass(frozen=True)
class Homes:
    """Addresses in columns."""

    house_number: Texts
    street: Texts
    city: Texts
    state: Texts
    zip: Texts


def draw_persons(country: Country, origins: Origins, scale: Scale) -> Persons:
    """The people of `origins`."""
    county = origins.county
    families = draw_families(origins, scale)
    random = stream(scale.seed, "persons")
    texts, names = name_pool()
    given, middle, surname, suffix = _names(families, names, random)
    alias_given, alias_surname = _aliases(given, families, names, random)
    homes = _take(
        draw_homes(country, county, stream(scale.seed, "addresses")),
        _shared(families, _SHARES_HOME, random),
    )
    middles = texts[middle]
    middles[random.random(len(county)) < 0.05] = ""
    return Persons(
        given=texts[given],
        middle=middles,
        surname=texts[surname],
        suffix=_SUFFIXES[suffix],
        alias_given=_or_empty(texts, alias_given),
        alias_surname=_or_empty(texts, alias_surname),
        sex=np.array(["M", "F"], dtype=np.object_)[families.female.astype(np.int64)],
        born=families.born.astype(np.int32),
        house_number=homes.house_number,
        street=homes.street,
        city=homes.city,
        state=homes.state,
        zip=homes.zip,
        twin=families.twin.astype(np.int32),
    )


def draw_homes(country: Country, county: Int64, random: np.random.Generator) -> Homes:
    """An address for each county, some in another county of the state; a few have a town and no more."""
    many = len(county)
    state = country.state[county]  # jails come first, one a county
    moved = random.random(many) < _ELSEWHERE
    county = np.where(moved, random.integers(country.jails_of_state[state], country.jails_of_state[state + 1]), county)
    towns = np.array([town.upper() for of_county in country.towns for town in of_county], dtype=np.object_)
    counts = np.array([len(of_county) for of_county in country.towns])
    town = (np.cumsum(counts) - counts)[county] + random.integers(0, counts[county]) * (random.random(many) < 0.6)
    near = np.minimum(*(random.integers(0, len(_HOUSES), (2, many))))
    street = np.minimum(*(random.integers(0, len(_STREETS), (2, many))))
    homes = Homes(
        _HOUSES[near], _STREETS[street], towns[town], country.facilities.state[county], _ZIPS[county % len(_ZIPS)]
    )
    none = random.random(many) < _NO_HOME
    homes.house_number[none] = homes.street[none] = homes.zip[none] = ""
    return homes


def _names(families: Families, names: CensusNames, random: np.random.Generator) -> tuple[Int64, Int64, Int64, Int64]:
    """Numbers of given name, middle name, surname and suffix."""
    many = len(families.head)
    sex = np.where(families.female, FEMALE, MALE)
    given, middle = names.draw_given(sex, random), names.draw_given(sex, random)
    surname = names.draw_surname(many, random)[_shared(families, _SHARES_NAME, random)]
    for _ in range(3):  # twins, brothers and sisters have different names
        again = np.flatnonzero((families.relation != 0) & (given == given[families.head]))
        given[again] = names.draw_given(sex[again], random)
    suffix = np.where(~families.female & (random.random(many) < 0.015), _JUNIOR, _NONE)
    suffix = np.where(~families.female & (random.random(many) < 0.004), _THIRD, suffix)
    suffix = np.where(~families.female & (random.random(many) < 0.003), _SECOND, suffix)
    alike = (families.relation == GENERATION) & ~families.female & ~families.female[families.head]
    alike &= (surname == surname[families.head]) & (random.random(many) < _NAMESAKES)
    rows = np.flatnonzero(alike)
    _, only = np.unique(families.head[rows], return_index=True)
    rows = rows[only]
    head = families.head[rows]
    given[rows] = given[head]
    middle[rows] = np.where(random.random(len(rows)) < 0.85, middle[head], middle[rows])
    younger = families.born[rows] > families.born[head]
    suffix[rows] = np.where(younger, _JUNIOR, _SENIOR)
    suffix[head] = np.where(younger, _SENIOR, _JUNIOR)
    return given, middle, surname, suffix


def _aliases(given: Int64, families: Families, names: CensusNames, random: np.random.Generator) -> tuple[Int64, Int64]:
    """Numbers of what some are also known by (-1: nothing): a short name, another given name, another surname."""
    many = len(given)
    known = random.random(many) < _ALIASES
    kind = random.random(many)
    short = names.nicknames[given, random.integers(0, 3, many)]
    other = names.draw_given(np.where(families.female, FEMALE, MALE), random)
    first = np.where((short >= 0) & (random.random(many) < 0.7), short, other)
    surname_only = np.where(families.female, 0.45, 0.15)  # women: a name from before or after a marriage
    alias_given = np.where(known & (kind >= surname_only), first, -1)
    alias_surname = np.where(known & (kind < surname_only + 0.25), names.draw_surname(many, random), -1)
    return alias_given, alias_surname


def _shared(families: Families, shares: dict[int, float], random: np.random.Generator) -> Int64:
    """The row whose value each person has: its own, or its head's as often as `shares` says of the relation."""
    share = np.zeros(max(shares) + 1)
    for relation, part in shares.items():
        share[relation] = part
    shares_it = random.random(len(families.head)) < share[families.relation]
    return np.where(shares_it, families.head, np.arange(len(families.head)))


def _take(homes: Homes, rows: Int64) -> Homes:
    return Homes(homes.house_number[rows], homes.street[rows], homes.city[rows], homes.state[rows], homes.zip[rows])


def _or_empty(texts: Texts, numbers: Int64) -> Texts:
    taken: Texts = texts[numbers]
    taken[numbers < 0] = ""
    return taken
