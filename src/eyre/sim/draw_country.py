"""The places of the invented country: jails of the sizes that there are, prisons, a court a county, probation, parole.

Sizes and rates are those that the Bureau of Justice Statistics and the Jail Data Initiative publish. The published
percentiles are of 2,179 jurisdictions that hold more than the average; the country keeps their shape, and one factor
makes 2,850 jails hold 664,000. In the same way the published admissions a year for each one held, by size, come from
daily rosters, which miss who is let go the same day; one factor makes them 7.6 million in all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from eyre.sim.local_time import LocalTimes, read_zones
from eyre.sim.place_names import PLACES, STATES, ZONES, zone_of
from eyre.sim.scale import JAILS, Scale
from eyre.sim.streams import Int64, stream
from eyre.sim.world import Facilities

JAILED, ADMITTED_A_YEAR = 664_000, 7_600_000
IMPRISONED, IMPRISONED_A_YEAR = 1_230_000, 469_200
SUPERVISED = {"probation": 2_970_000, "parole": 698_800}
SIZE_PERCENTILES = ((0.0, 1), (0.10, 10), (0.25, 41), (0.50, 110), (0.75, 292), (0.90, 657), (0.95, 1_052),
                    (0.99, 2_781), (1.0, 12_417))  # fmt: skip
ADMITTED_BY_SIZE = ((50, 23.2), (100, 11.7), (250, 11.2), (500, 7.5), (1_000, 6.2), (1_000_000, 4.8))
"""Admissions a year for each one held, in jails that hold less than so many."""

_WEIGHTS = (44, 90, 60, 30, 75, 45, 55, 100, 35, 36)  # of states, in turn
_PRISON = 1_500  # a state has one prison for so many of its prisoners
_TOWNS = 4  # a county has up to so many


@dataclass(frozen=True)
class Country:
    """The facilities, and by facility: number of its state, zone and county, and admissions a year. `jails` and so on
    are the rows of each kind, `probation` and `parole` one a state; `towns` the names of each county's towns."""

    facilities: Facilities
    state: Int64
    zone: Int64
    county: Int64
    yearly: Int64
    times: LocalTimes
    jails: slice
    prisons: slice
    courts: slice
    probation: slice
    parole: slice
    jails_of_state: Int64
    towns: tuple[tuple[str, ...], ...]


def size_at(part: float) -> float:
    """How many a jail holds below which a `part` of the 2,179 published ones lies."""
    for (low, size), (high, larger) in pairwise(SIZE_PERCENTILES):
        if part <= high:
            return float(size * (larger / size) ** ((part - low) / (high - low)))
    return float(SIZE_PERCENTILES[-1][1])


def size_factor() -> float:
    """What makes sizes of the published shape those of jails that hold 664,000 in all."""
    return JAILED / sum(size_at((rank + 0.5) / JAILS) for rank in range(JAILS))


def yearly_of(size: float) -> float:
    """The published admissions a year of a jail of this size."""
    return size * next(rate for below, rate in ADMITTED_BY_SIZE if size < below)


def supervised(kind: str, jails: Int64, scale: Scale) -> Int64:
    """How many are on probation or parole on an average day in states with so many `jails`."""
    held: Int64 = (SUPERVISED[kind] * scale.supervised_share * jails / JAILS).astype(np.int64)
    return held


def draw_country(scale: Scale) -> Country:
    """The places, the same for the same scale."""
    random = stream(scale.seed, "country")
    bounds = np.cumsum([0, *(_WEIGHTS[at % len(_WEIGHTS)] for at in range(scale.some_states))])
    bounds = bounds * scale.jails // bounds[-1]
    sizes, yearly = _jails(scale, random)
    rows: list[_Row] = []
    towns: list[tuple[str, ...]] = []
    names_of = [[PLACES[at] for at in random.permutation(len(PLACES))] for _ in range(scale.some_states)]
    for state in range(scale.some_states):
        for number, jail in enumerate(range(bounds[state], bounds[state + 1])):
            name = names_of[state][number]
            rows.append(_Row("jail", state, jail, f"{name} County Jail", name, sizes[jail], yearly[jail]))
            spare = names_of[state][400 + number * _TOWNS : 400 + (number + 1) * _TOWNS]
            towns.append((name, *spare[: min(_TOWNS, 1 + sizes[jail] // 40)]))
    kinds = {"jail": rows}
    kinds["prison"] = _prisons(scale, bounds, names_of, random)
    kinds["court"] = [
        _Row("court", jail.state, jail.county, f"{jail.place} County Court", jail.place, 0, 0) for jail in rows
    ]
    for kind in SUPERVISED:
        kinds[kind] = [
            _Row(kind, state, int(bounds[state]), f"{STATES[state][1]} {kind.capitalize()}", "", size, 0)
            for state, size in enumerate(supervised(kind, np.diff(bounds), scale).tolist())
        ]
    return _as_country(kinds, bounds, tuple(towns), scale)


@dataclass(frozen=True)
class _Row:
    kind: str
    state: int
    county: int
    name: str
    place: str
    size: int
    yearly: int


def _jails(scale: Scale, random: np.random.Generator) -> tuple[list[int], list[int]]:
    """Sizes and admissions a year of the jails: the quantiles of the published shape, in random order."""
    factor = size_factor()
    national = sum(yearly_of(size_at((rank + 0.5) / JAILS) * factor) for rank in range(JAILS))
    ranks = random.permutation(scale.jails)
    sizes = [size_at((rank + 0.5) / scale.jails) * factor for rank in ranks]
    yearly = [max(1, round(yearly_of(size) * ADMITTED_A_YEAR / national * scale.crowding)) for size in sizes]
    return [max(1, round(size * scale.crowding)) for size in sizes], yearly


def _prisons(scale: Scale, bounds: Int64, names_of: Sequence[Sequence[str]], random: np.random.Generator) -> list[_Row]:
    rows = []
    for state in range(scale.some_states):
        jails = int(bounds[state + 1] - bounds[state])
        held = round(IMPRISONED * scale.prison_share * jails / JAILS)
        many = -(-held // _PRISON)
        for number in range(many):
            county = int(bounds[state] + random.integers(0, jails)) if jails else int(bounds[state])
            name = names_of[state][-1 - number]
            yearly = round(IMPRISONED_A_YEAR * scale.prison_share * jails / JAILS / many)
            rows.append(_Row("prison", state, county, f"{name} Correctional Center", name, held // many, yearly))
    return rows


def _as_country(
    kinds: dict[str, list[_Row]], bounds: Int64, towns: tuple[tuple[str, ...], ...], scale: Scale
) -> Country:
    rows = [row for of_kind in kinds.values() for row in of_kind]
    ends = np.cumsum([0, *(len(of_kind) for of_kind in kinds.values())]).tolist()
    jails, prisons, courts, probation, parole = (slice(first, last) for first, last in pairwise(ends))
    counties = [row.place for row in kinds["jail"]]
    zone = [zone_of(row.state, row.county - int(bounds[row.state])) for row in rows]
    texts = {
        "slug": [_slug(row) for row in rows],
        "name": [row.name for row in rows],
        "kind": [row.kind for row in rows],
        "county": [counties[row.county] for row in rows],
        "fips": [f"{90_000 + row.state * 200 + row.county - bounds[row.state] + 1:05}" for row in rows],
        "state": [STATES[row.state][0].upper() for row in rows],
        "ocd": [_ocd(row) for row in rows],
        "zone": [ZONES[each] for each in zone],
    }
    return Country(
        facilities=Facilities(
            **{name: np.array(column, dtype=np.object_) for name, column in texts.items()},
            size=np.array([row.size for row in rows], dtype=np.int32),
        ),
        state=np.array([row.state for row in rows], dtype=np.int64),
        zone=np.array(zone, dtype=np.int64),
        county=np.array([row.county for row in rows], dtype=np.int64),
        yearly=np.array([row.yearly for row in rows], dtype=np.int64),
        times=read_zones(ZONES, scale.begins, scale.ends),
        jails=jails,
        prisons=prisons,
        courts=courts,
        probation=probation,
        parole=parole,
        jails_of_state=bounds,
        towns=towns,
    )


def _slug(row: _Row) -> str:
    return "_".join(["inv", STATES[row.state][0], *([row.place.lower()] if row.place else []), row.kind])


def _ocd(row: _Row) -> str:
    state = f"ocd-division/country:us/state:{STATES[row.state][0]}"
    return f"{state}/county:{row.place.lower()}" if row.kind in {"jail", "court"} else state
