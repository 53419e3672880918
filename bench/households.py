"""Invented households and who lives in them: couples and single parents, children, fathers and sons of one name, twins,
people who share a flat, who marry in, leave and move.

Everything happens between time 0 and 1; a record is made at a time in between.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.places import Country, Homes, draw_homes, draw_zips
from eyre.sim.census_names import MALE, CensusNames
from eyre.sim.slips import Int64

Float64 = NDArray[np.float64]

NONE, JUNIOR, SENIOR = 0, 1, 2
HEAD, PARTNER, CHILD, SHARER = 0, 1, 2, 3
NEVER = 2.0
SLOTS = 5
"""Addresses of a person: before joining the household, the household's three in turn, after leaving it."""

_KINDS = np.cumsum([0.36, 0.29, 0.25, 0.06])  # alone, couple, couple with children, single parent; else a shared flat
_CHILDREN = np.cumsum([0.44, 0.38, 0.13, 0.05])
_TAKES_NAME = 0.72
_JOINS_LATE = 0.14  # of partners: married within the time that records cover
_LEAVES = 0.30  # of children who are of age
_MARRIES = 0.30  # of daughters who leave
_JUNIORS = 0.05  # of households with a son
_TWINS = 0.03  # of households with two children or more
_MOVES = np.array([0.32, 0.10])  # a first move within the time, and a second one
_NEAR = 0.45  # of moves that stay in the postal code
_TODAY = 20_454  # days since 1970: 1 January 2026
_YEAR = 365.2425


@dataclass(frozen=True)
class People:
    """A row a person. `joined` and `left` bound when it lives with its household; from `renamed` on it bears `surname`,
    before that `former`. `home` are the numbers of its addresses by slot, `moved` when its household moved."""

    given: Int64
    middle: Int64
    surname: Int64
    former: Int64
    suffix: Int64
    sex: Int64
    birth: Int64
    hyphen: NDArray[np.bool_]
    renamed: Float64
    joined: Float64
    left: Float64
    home: Int64
    moved: Float64


def draw_households(
    many: int, names: CensusNames, country: Country, random: np.random.Generator
) -> tuple[People, Homes]:
    """So many households: their people, and the addresses that these have lived at."""
    household, role, order = _members(many, random)
    persons = len(role)
    sex = _sexes(household, role, random)
    birth, twin = _births(household, role, order, random)
    given, middle, suffix = _given_names(household, role, (sex, twin), names, random)
    surname, former = _surnames(household, role, names, random)
    age = (_TODAY - birth) / _YEAR
    late = (role == PARTNER) & (random.random(persons) < _JOINS_LATE)
    changes = (role == PARTNER) & (surname != former)
    leaves = (role == CHILD) & (age > 19) & (random.random(persons) < _LEAVES)
    leaves |= (role == SHARER) & (random.random(persons) < 0.6)
    left = np.where(leaves, random.random(persons), NEVER)
    weds = leaves & (role == CHILD) & (sex != MALE) & (random.random(persons) < _MARRIES)
    surname = np.where(weds, names.draw_surname(persons, random), surname)
    joined = np.where(late, random.random(persons), -1.0)
    people = People(
        given=given,
        middle=middle,
        surname=surname,
        former=former,
        suffix=suffix,
        sex=sex,
        birth=birth,
        hyphen=(changes | weds) & (random.random(persons) < 0.06),
        renamed=np.where(weds, left, np.where(changes & late, joined, -1.0)),
        joined=joined,
        left=left,
        home=np.stack(
            [np.arange(persons) + 3 * many, *(household + at * many for at in range(3)), np.arange(persons) + 3 * many],
            axis=1,
        ),
        moved=_moves(many, random)[household],
    )
    return people, draw_homes(country, _zips(many, persons, country, random), random)


def _members(many: int, random: np.random.Generator) -> tuple[Int64, Int64, Int64]:
    """The household of each person, its role, and its number among those of its role there."""
    kind = np.searchsorted(_KINDS, random.random(many), side="right")
    children = np.where((kind == 2) | (kind == 3), 1 + np.searchsorted(_CHILDREN, random.random(many), side="right"), 0)
    sharers = np.where(kind == 4, random.integers(1, 4, many), 0)
    partners = ((kind == 1) | (kind == 2)).astype(np.int64)
    counts = np.stack([np.ones(many, dtype=np.int64), partners, children, sharers], axis=1)
    household = np.repeat(np.arange(many), counts.sum(axis=1))
    role = np.repeat(np.tile(np.arange(4), many), counts.ravel())
    group = household * 4 + role
    start = np.flatnonzero(np.concatenate([[True], group[1:] != group[:-1]]))
    order = np.arange(len(group)) - np.repeat(start, np.diff(np.append(start, len(group))))
    return household, role, order


def _sexes(household: Int64, role: Int64, random: np.random.Generator) -> Int64:
    sex = random.integers(0, 2, len(role))
    head = sex[role == HEAD]
    same = random.random(len(role)) < 0.03
    return np.where(role == PARTNER, np.where(same, head[household], 1 - head[household]), sex)


def _births(
    household: Int64, role: Int64, order: Int64, random: np.random.Generator
) -> tuple[Int64, NDArray[np.bool_]]:
    """Birth days, and who is the second of twins."""
    persons = len(role)
    children = np.bincount(household, role == CHILD)
    head_age = np.where(children > 0, random.uniform(24, 72, len(children)), random.uniform(20, 88, len(children)))
    gap = np.where(role == PARTNER, random.normal(-1.5, 4.5, persons), 0.0)
    age = np.where(role == SHARER, random.uniform(18, 45, persons), np.maximum(head_age[household] + gap, 18.5))
    first = np.minimum(random.uniform(18, 38, len(children)), head_age - 0.5)  # the head's age at its first child
    spaced = np.maximum(first[household] + order * random.uniform(1.0, 4.0, persons), 17.0)
    age = np.where(role == CHILD, np.maximum(head_age[household] - spaced, 0.05), age)
    birth = (_TODAY - age * _YEAR).astype(np.int64)
    twins = random.random(len(children)) < _TWINS
    second = (role == CHILD) & (order == 1) & twins[household]
    birth[second] = birth[np.flatnonzero(second) - 1]
    return birth, second


def _given_names(
    household: Int64, role: Int64, sex_and_twin: tuple[Int64, NDArray[np.bool_]], names: CensusNames,
    random: np.random.Generator,
) -> tuple[Int64, Int64, Int64]:  # fmt: skip
    """Given and middle names, none twice among those who live together, but for fathers and sons of one name."""
    sex, _ = sex_and_twin
    given, middle = names.draw_given(sex, random), names.draw_given(sex, random)
    for _ in range(3):
        pair = household * len(names.text) + given
        order = np.argsort(pair, kind="stable")
        again = order[1:][pair[order[1:]] == pair[order[:-1]]]
        given[again] = names.draw_given(sex[again], random)
    suffix = np.full(len(role), NONE)
    head = np.flatnonzero(role == HEAD)
    sons = np.flatnonzero((role == CHILD) & (sex == MALE))
    _, at = np.unique(household[sons], return_index=True)
    sons = sons[at]  # the eldest of each household
    father = head[household[sons]]
    named = (sex[father] == MALE) & (random.random(len(sons)) < _JUNIORS)
    sons, father = sons[named], father[named]
    given[sons] = given[father]
    middle[sons] = np.where(random.random(len(sons)) < 0.85, middle[father], middle[sons])
    suffix[sons], suffix[father] = JUNIOR, SENIOR
    return given, middle, suffix


def _surnames(household: Int64, role: Int64, names: CensusNames, random: np.random.Generator) -> tuple[Int64, Int64]:
    """The surname that each person comes to bear, and the one that it was born with."""
    persons = len(role)
    family = names.draw_surname(int(household[-1]) + 1, random)[household]
    own = names.draw_surname(persons, random)
    keeps = (role == SHARER) | ((role == PARTNER) & (random.random(persons) >= _TAKES_NAME))
    keeps |= (role == CHILD) & (random.random(persons) < 0.05)  # of an earlier marriage
    surname = np.where(keeps, own, family)
    return surname, np.where(role == PARTNER, own, surname)


def _moves(many: int, random: np.random.Generator) -> Float64:
    """When each household moves a first and a second time."""
    times = np.sort(random.random((many, 2)), axis=1)
    chance = random.random(many)
    return np.where(chance[:, None] < _MOVES[None, :], times, NEVER)


def _zips(many: int, persons: int, country: Country, random: np.random.Generator) -> Int64:
    """Where every address lies: the households' first, second and third ones, then one a person of its own."""
    places = [draw_zips(country, many, random)]
    for _ in range(2):
        near = random.random(many) < _NEAR
        places.append(np.where(near, places[-1], draw_zips(country, many, random)))
    return np.concatenate([*places, draw_zips(country, persons, random)])
