"""When in a week things happen: bookings at night and at the end of the week, releases by day and after court."""

from dataclasses import dataclass

import numpy as np

from eyre.sim.draw_country import Country
from eyre.sim.local_time import DAY, HOUR
from eyre.sim.streams import Int64, pick

_EVERY_DAY = (100, 100, 100, 100, 100, 100, 100)
_BUSINESS_DAYS = (110, 105, 100, 100, 90, 2, 1)
_THURSDAY = 3  # 1 January 1970 was one; weeks begin on Monday


def _week(days: tuple[int, ...], hours: tuple[int, ...]) -> Int64:
    return np.array([day * hour for day in days for hour in hours], dtype=np.int64)


BOOKINGS = _week(
    (94, 97, 99, 101, 110, 111, 91),
    (58, 56, 50, 40, 30, 22, 18, 18, 22, 28, 34, 38, 40, 42, 46, 50, 52, 52, 50, 50, 52, 56, 60, 60),
)
RELEASES = _week(
    _EVERY_DAY, (14, 10, 8, 7, 7, 10, 22, 40, 62, 66, 60, 56, 50, 58, 66, 74, 80, 76, 62, 48, 38, 32, 26, 20)
)
OFFICE = _week(_BUSINESS_DAYS, (0, 0, 0, 0, 0, 0, 0, 2, 30, 50, 55, 45, 30, 45, 52, 48, 30, 8, 2, 1, 0, 0, 0, 0))


@dataclass(frozen=True)
class Window:
    """From `begins` to `ends`, in whole seconds since 1970."""

    begins: int
    ends: int


def draw_instants(country: Country, facility: Int64, window: Window, week: Int64, random: np.random.Generator) -> Int64:
    """An instant within the window for each facility, as often in each hour of its local week as `week` says."""
    instants = np.zeros(len(facility), dtype=np.int64)
    zones = country.zone[facility]
    for zone in range(int(zones.max(initial=-1)) + 1):
        rows = np.flatnonzero(zones == zone)
        if not len(rows):
            continue
        edges = country.times.to_local(np.full(2, zone), np.array([window.begins, window.ends - 1]))
        hours = np.arange(edges[0] // HOUR, edges[1] // HOUR + 1)
        weights = week[_hour_of_week(hours)]
        hour = hours[pick(weights if weights.any() else weights + 1, len(rows), random)]
        shown = hour * HOUR + random.integers(0, HOUR, len(rows))
        instants[rows] = country.times.to_instant(np.full(len(rows), zone), shown)
    outside = np.flatnonzero((instants < window.begins) | (instants >= window.ends))
    instants[outside] = random.integers(window.begins, window.ends, len(outside))
    return instants


def at_hours(country: Country, facility: Int64, instant: Int64, week: Int64, random: np.random.Generator) -> Int64:
    """Each instant moved within its local day to an hour of that kind of things, to the next Monday where nothing of
    the kind happens on such a day."""
    zone = country.zone[facility]
    day = country.times.to_local(zone, instant) // DAY
    by_day = week.reshape(7, 24)
    weekday = (day + _THURSDAY) % 7
    idle = by_day.sum(axis=1) * 20 < by_day.sum(axis=1).max()
    day = np.where(idle[weekday], day + 7 - weekday, day)
    hour = pick(by_day[0], len(instant), random)
    return country.times.to_instant(zone, day * DAY + hour * HOUR + random.integers(0, HOUR, len(instant)))


def _hour_of_week(hours: Int64) -> Int64:
    """The hour of the week that each hour since 1970 on a local clock is."""
    return (hours + _THURSDAY * 24) % (7 * 24)
