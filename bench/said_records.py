"""What sources say of invented people: about three records each, with what they leave out and what they get wrong."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from bench.households import NONE, SLOTS, People
from bench.places import DIRECTIONS, KINDS_LONG, KINDS_SHORT, Country, Homes
from eyre.sim.census_names import MALE, CensusNames
from eyre.sim.slips import Int64, Rows, Texts, digits_text, mistyped

RECORDS_A_PERSON = np.array([0.28, 0.22, 0.17, 0.12, 0.08, 0.06, 0.04, 0.03])
"""The share of persons with one record, with two, … with eight."""

_compute: Any = pc
_CARE = np.array([0.5, 1.0, 1.0, 2.0])  # how many slips a record has for one of an ordinary source
_FIRST_DAY = np.datetime64("1970-01-01")
_SSN_AREAS = np.array([area for area in range(1, 900) if area != 666])
_SSN_SPACE = len(_SSN_AREAS) * 99 * 9_999
_SSN_STEP = 611_953_007  # prime, so that no two persons have one number
_HOMES_A_PERSON = 4  # at most: three of its household and one of its own
_FIRST_AREA, _AREAS_A_STATE = 301, 12  # enough that few numbers are two persons'
_SALT = 0x5EED_0000_0000
_COLUMNS = (
    "given_name middle_name surname name_suffix birth_date sex ssn phone house_number street unit city state "
    "postal_code truth"
).split()


@dataclass(frozen=True)
class _Draw:
    """A record's person and time, how careful its source is, and where the chances come from."""

    person: Int64
    time: NDArray[np.float64]
    care: NDArray[np.float64]
    random: np.random.Generator

    def chance(self, share: float) -> Rows:
        """Which records a thing happens to that befalls `share` of them, whatever their source."""
        return self.random.random(len(self.person)) < share

    def slip(self, share: float) -> Rows:
        """The same for a thing that careless sources do more often."""
        return self.random.random(len(self.person)) < share * self.care


def say_records(
    people: People, homes: Homes, first: int, world: tuple[CensusNames, Country], random: np.random.Generator
) -> pa.Table:
    """Records of `people`, all of one person after each other; `truth` counts persons from `first` on."""
    names, country = world
    many = 1 + random.choice(len(RECORDS_A_PERSON), len(people.given), p=RECORDS_A_PERSON)
    person = np.repeat(np.arange(len(many)), many)
    draw = _Draw(person, random.random(len(person)), _CARE[random.integers(0, len(_CARE), len(person))], random)
    slot = _slots(people, draw)
    home = people.home[person, slot]
    said = {
        **_names(people, names, draw),
        "birth_date": _births(people, draw),
        "sex": _column(np.where((people.sex[person] == MALE) ^ draw.slip(0.005), b"m", b"f"), draw.chance(0.06)),
        "ssn": _ssns(first + person, draw),
        "phone": _phones(people, homes, (first, home), country, draw),
        **_addresses(homes, home, country, draw),
        "truth": pa.array(first + person),
    }
    return pa.table({name: said[name] for name in _COLUMNS})


def _slots(people: People, draw: _Draw) -> Int64:
    """Which of its addresses a person lives at when the record is made."""
    person, time = draw.person, draw.time
    moved = people.moved[person]
    slot = 1 + (time >= moved[:, 0]).astype(np.int64) + (time >= moved[:, 1])
    slot = np.where(time < people.joined[person], 0, slot)
    return np.where(time >= people.left[person], SLOTS - 1, slot)


def _names(people: People, names: CensusNames, draw: _Draw) -> dict[str, Any]:
    person = draw.person
    given = people.given[person]
    short = names.nicknames[given, draw.random.integers(0, 3, len(given))]
    nickname = (short >= 0) & draw.chance(0.08)
    first = names.text[np.where(nickname, short, given)]
    first = np.where(draw.slip(0.01), first.astype("S1"), mistyped(first, draw.slip(0.025), draw.random))
    middle = names.text[people.middle[person]]
    middle = np.where(draw.chance(0.62), middle.astype("S1"), mistyped(middle, draw.slip(0.02), draw.random))
    by_middle = draw.chance(0.01)  # goes by the middle name
    first = np.where(by_middle, names.text[people.middle[person]], first)
    last = names.text[np.where(draw.time < people.renamed[person], people.former[person], people.surname[person])]
    (double,) = np.nonzero(people.hyphen[person] & (draw.time >= people.renamed[person]))
    last = last.astype(f"S{2 * last.dtype.itemsize + 1}")
    last[double] = np.char.add(np.char.add(names.text[people.former[person[double]]], b"-"), last[double])
    last = mistyped(last, draw.slip(0.025), draw.random)
    swapped = draw.slip(0.004)
    suffix = np.array([b"", b"jr", b"sr"])[people.suffix[person]]
    unsaid = (people.suffix[person] == NONE) | (draw.random.random(len(person)) < np.where(suffix == b"sr", 0.7, 0.35))
    return {
        "given_name": _column(np.where(swapped, last, first), draw.chance(0.006)),
        "middle_name": _column(middle, draw.chance(0.38) | by_middle),
        "surname": _column(np.where(swapped, first, last), draw.chance(0.003)),
        "name_suffix": _column(suffix, unsaid),
    }


def _births(people: People, draw: _Draw) -> Any:
    born = _FIRST_DAY + people.birth[draw.person].astype("timedelta64[D]")
    year = born.astype("datetime64[Y]").astype(np.int64) + 1970
    month = born.astype("datetime64[M]").astype(np.int64) % 12 + 1
    day = (born - born.astype("datetime64[M]")).astype(np.int64) + 1
    turned = draw.slip(0.006) & (day <= 12)
    month, day = np.where(turned, day, month), np.where(turned, month, day)
    year = np.where(draw.slip(0.006), year + draw.random.choice([-10, -1, 1, 10], len(year)), year)
    month = np.where(draw.slip(0.004), draw.random.integers(1, 13, len(year)), month)
    day = np.where(draw.slip(0.008), draw.random.integers(1, 29, len(year)), day)
    day = np.minimum(day, np.where(month == 2, 28, 30))
    unknown = draw.slip(0.012)
    month, day = np.where(unknown, 1, month), np.where(unknown, 1, day)
    dash = np.full(len(year), b"-")
    text = digits_text(year, 4)
    for part in (dash, digits_text(month, 2), dash, digits_text(day, 2)):
        text = np.char.add(text, part)
    return _column(text, draw.chance(0.05))


def _ssns(number: Int64, draw: _Draw) -> Any:
    mixed = (number * _SSN_STEP + 271_828_183) % _SSN_SPACE
    area, rest = _SSN_AREAS[mixed // (99 * 9_999)], mixed % (99 * 9_999)
    value = area * 1_000_000 + (rest // 9_999 + 1) * 10_000 + rest % 9_999 + 1
    return _column(mistyped(digits_text(value, 9), draw.slip(0.02), draw.random), draw.chance(0.70))


def _phones(people: People, homes: Homes, first_and_home: tuple[int, Int64], country: Country, draw: _Draw) -> Any:
    """A telephone of the address, which all share who live there, or one of one's own, which half change at some
    time."""
    first, home = first_and_home
    own = draw.random.random(len(home)) < 0.82
    changed = draw.time > 2 * _share_of(first + draw.person)
    line = np.where(own, 2 * (2 * (first + draw.person) + changed), 2 * (_HOMES_A_PERSON * first + home) + 1)
    where = np.where(own, people.home[draw.person, 1], home)
    state = country.city_state[country.zip_city[homes.zip[where]]]
    mixed = _mixed(line)
    area = _FIRST_AREA + state * _AREAS_A_STATE + (mixed % np.uint64(_AREAS_A_STATE)).astype(np.int64)
    number = area * 10_000_000 + 2_000_000 + (mixed // np.uint64(64) % np.uint64(7_999_999)).astype(np.int64)
    return _column(mistyped(digits_text(number, 10), draw.slip(0.015), draw.random), draw.chance(0.45))


def _addresses(homes: Homes, home: Int64, country: Country, draw: _Draw) -> dict[str, Any]:
    none = draw.chance(0.12)
    zip_, house = homes.zip[home], homes.house[home]
    kind = np.where(draw.chance(0.08), 0, homes.kind[home])
    direction = np.where(draw.chance(0.3), 0, homes.direction[home])
    parts = (
        DIRECTIONS[direction],
        mistyped(country.street_text[homes.street[home]], draw.slip(0.03), draw.random),
        np.where(draw.chance(0.2), KINDS_LONG[kind], KINDS_SHORT[kind]),
    )
    street = _compute.utf8_trim_whitespace(
        _compute.binary_join_element_wise(*(pa.array(part).cast(pa.string()) for part in parts), " ")
    )
    unit = homes.unit[home]
    city = country.zip_city[zip_]
    return {
        "house_number": _column(_number(house, draw.slip(0.015), draw), none),
        "street": _compute.if_else(pa.array(none), pa.scalar(None, pa.string()), street),
        "unit": _column(_number(unit, draw.slip(0.01), draw), none | (unit == 0) | draw.chance(0.35)),
        "city": _column(mistyped(country.city_text[city], draw.slip(0.01), draw.random), none | draw.chance(0.03)),
        "state": _column(country.state_text[country.city_state[city]], none | draw.chance(0.02)),
        "postal_code": _column(
            mistyped(country.zip_text[zip_], draw.slip(0.012), draw.random), none | draw.chance(0.05)
        ),
    }


def _number(numbers: Int64, wrong: Rows, draw: _Draw) -> Texts:
    """Whole numbers of up to five digits as texts; a wrong one has a slip."""
    return mistyped(numbers.astype("S6"), wrong, draw.random)


def _column(texts: Texts, missing: Rows) -> Any:
    return pa.array(texts, mask=missing).cast(pa.string())


def _mixed(numbers: Int64) -> NDArray[np.uint64]:
    """Each number well mixed (splitmix64), the same in every run."""
    mixed = numbers.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _share_of(numbers: Int64) -> NDArray[np.float64]:
    """A number from 0 to 1 that belongs to each of `numbers`."""
    return _mixed(numbers ^ _SALT).astype(np.float64) / 2.0**64
