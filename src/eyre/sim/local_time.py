"""The clock on the wall of each facility, for many instants at once, all in whole seconds since 1970."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np

from eyre.sim.streams import Int64

HOUR, DAY = 3_600, 86_400
_YEARS_BEFORE = 4  # earlier changes of the clock are not looked up: only old bookings lie there


@dataclass(frozen=True)
class LocalTimes:
    """When the clocks of some zones change (`changes`, UTC) and what each is ahead of UTC from then on (`ahead`)."""

    changes: tuple[Int64, ...]
    ahead: tuple[Int64, ...]

    def to_local(self, zone: Int64, instant: Int64) -> Int64:
        """What the clock shows at each instant, in the zone of that number."""
        return instant + self._ahead(zone, instant)

    def to_instant(self, zone: Int64, shown: Int64) -> Int64:
        """When the clock shows a time; the earlier one where it does so twice, a moment later where it never does."""
        first = shown - self._ahead(zone, shown)
        return shown - self._ahead(zone, np.minimum(first, shown - self._ahead(zone, first)))

    def _ahead(self, zone: Int64, instant: Int64) -> Int64:
        ahead = np.zeros(len(instant), dtype=np.int64)
        for number, (changes, steps) in enumerate(zip(self.changes, self.ahead, strict=True)):
            rows = zone == number
            if rows.any():
                at = np.searchsorted(changes, instant[rows], side="right") - 1
                ahead[rows] = steps[np.maximum(at, 0)]
        return ahead


def read_zones(names: Sequence[str], begins: datetime, ends: datetime) -> LocalTimes:
    """The clocks of the IANA zones `names` from some years before `begins` until `ends`."""
    first = begins.astimezone(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(days=365 * _YEARS_BEFORE)
    days = [first + timedelta(days=day) for day in range((ends - first).days + 3)]
    found = [_changes(ZoneInfo(name), days) for name in names]
    return LocalTimes(tuple(changes for changes, _ in found), tuple(ahead for _, ahead in found))


def _changes(zone: ZoneInfo, days: Sequence[datetime]) -> tuple[Int64, Int64]:
    found = [(days[0], _ahead(zone, days[0]))]
    for day, next_day in pairwise(days):
        if _ahead(zone, next_day) != found[-1][1]:
            hours = (day + timedelta(hours=hour) for hour in range(1, 25))
            change = next(hour for hour in hours if _ahead(zone, hour) != found[-1][1])
            found.append((change, _ahead(zone, change)))
    return (
        np.array([int(instant.timestamp()) for instant, _ in found], dtype=np.int64),
        np.array([ahead for _, ahead in found], dtype=np.int64),
    )


def _ahead(zone: ZoneInfo, instant: datetime) -> int:
    ahead = instant.astimezone(zone).utcoffset()
    return 0 if ahead is None else int(ahead.total_seconds())
