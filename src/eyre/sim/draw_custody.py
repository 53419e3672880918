"""Who is where and when, before anyone has a name: the stays that are under way at the beginning, and those that begin
later, each with its true end.

A stay is a short one (hours or a few days) or a long one; how many are long is what makes a jail of a size hold as many
as it holds with the admissions it has. Both kinds are skewed, and so is what is met at an instant.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eyre.sim.draw_country import Country
from eyre.sim.local_time import DAY
from eyre.sim.rhythm import BOOKINGS, OFFICE, RELEASES, Window, at_hours, draw_instants
from eyre.sim.scale import Scale
from eyre.sim.spread import Spread
from eyre.sim.streams import Int64, stream

YEAR = 365.25
_SHORT = Spread.through([60 * minutes for minutes in (
    40, 90, 150, 210, 280, 360, 450, 560, 700, 880, 1_100, 1_400, 1_800, 2_400, 3_300, 4_800, 7_200
)])  # fmt: skip
_LONG = Spread.through([DAY * days for days in (
    2, 3, 4, 5, 7, 10, 14, 20, 28, 38, 52, 72, 100, 140, 200, 300, 800
)])  # fmt: skip
_PRISON = Spread.through([DAY * days for days in (
    30, 90, 150, 210, 270, 340, 420, 500, 590, 700, 820, 980, 1_180, 1_480, 1_950, 2_800, 5_800
)])  # fmt: skip
_LEAST_LONG, _MOST_LONG = 0.01, 0.95
_REGULAR = DAY  # stays of more than a day end at the hours of releases
_LEAST = 20 * 60


@dataclass(frozen=True)
class Custody:
    """One row a stay, sorted by facility, then `booked`; instants in whole seconds since 1970. `released` is the end,
    also where it lies after what is drawn; `under_way`: it began before."""

    facility: Int64
    booked: Int64
    released: Int64
    under_way: NDArray[np.bool_]


def draw_custody(country: Country, scale: Scale) -> Custody:
    """Every stay of the time drawn."""
    window = Window(*scale.seconds)
    old_facility, old_booked, old_released = _under_way(country, window, scale.seed)
    facility, booked, released = _admitted(country, window, scale)
    facility = np.concatenate([old_facility, facility])
    booked = np.concatenate([old_booked, booked])
    released = np.concatenate([old_released, released])
    order = np.lexsort((released, booked, facility))
    under_way = order < len(old_facility)
    return Custody(facility[order], booked[order], released[order], under_way)


def _under_way(country: Country, window: Window, seed: int) -> tuple[Int64, Int64, Int64]:
    """The stays at the beginning: as many as a facility keeps on average, give or take what chance does."""
    random = stream(seed, "stock")
    size = country.facilities.size[: country.prisons.stop].astype(np.int64)
    spread = np.array([round((3 * each) ** 0.5) for each in size.tolist()])
    many = np.maximum(size + random.integers(-spread, spread + 1), 0)
    facility = np.repeat(np.arange(len(size)), many)
    share = _long_share(country)[facility]
    long_of_standing = share * _LONG.mean / (share * _LONG.mean + (1 - share) * _SHORT.mean)
    length = np.where(
        random.random(len(facility)) < long_of_standing,
        _LONG.draw_under_way(len(facility), random),
        _SHORT.draw_under_way(len(facility), random),
    )
    prison = facility >= country.prisons.start
    length = np.where(prison, _PRISON.draw_under_way(len(facility), random), length)
    gone_by = random.integers(0, length)
    booked, released = window.begins - 1 - gone_by, window.begins - 1 - gone_by + length
    at_night = at_hours(country, facility, booked, BOOKINGS, random)
    booked = np.where((gone_by > 2 * DAY) & (at_night < window.begins), at_night, booked)
    by_day = at_hours(country, facility, released, RELEASES, random)
    moved = (length > _REGULAR) & (by_day > booked + _LEAST) & (by_day >= window.begins)
    return facility, booked, np.maximum(np.where(moved, by_day, released), window.begins)


def _admitted(country: Country, window: Window, scale: Scale) -> tuple[Int64, Int64, Int64]:
    """The stays that begin within the time."""
    random = stream(scale.seed, "bookings")
    yearly = country.yearly[: country.prisons.stop]
    many = round(int(yearly.sum()) * scale.days / YEAR)
    chosen = np.searchsorted(np.cumsum(yearly), random.integers(0, yearly.sum(), many), side="right")
    facility = np.sort(chosen).astype(np.int64)
    first_prisoner = int(np.searchsorted(facility, country.prisons.start))
    booked = np.concatenate(
        [
            draw_instants(country, facility[:first_prisoner], window, BOOKINGS, random),
            draw_instants(country, facility[first_prisoner:], window, OFFICE, random),
        ]
    )
    random = stream(scale.seed, "lengths")
    long = random.random(many) < _long_share(country)[facility]
    length = np.where(long, _LONG.draw(many, random), _SHORT.draw(many, random))
    length = np.where(facility >= country.prisons.start, _PRISON.draw(many, random), length)
    released = booked + length
    by_day = at_hours(country, facility, released, RELEASES, random)
    return facility, booked, np.where((length > _REGULAR) & (by_day > booked + _LEAST), by_day, released)


def _long_share(country: Country) -> NDArray[np.float64]:
    """The share of a facility's admissions that stay long, so that it holds what it holds on average."""
    size = country.facilities.size[: country.prisons.stop]
    mean = size * YEAR * DAY / np.maximum(country.yearly[: country.prisons.stop], 1)
    return np.clip((mean - _SHORT.mean) / (_LONG.mean - _SHORT.mean), _LEAST_LONG, _MOST_LONG)
