"""What a process did, added up: numbers by name, which the store adds to those of all others.

Nothing is counted by source: there are thousands of them. A name is that of the metric (`docs/reference/http.md`), with
what it is counted by behind a colon: `rides:trouble`, `ride_seconds:0.5` for rides that took up to half a second and
longer than the limit before, `ride_seconds:sum` for all seconds.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock
from types import MappingProxyType

from eyre.circuit.ride_source import Ridden
from eyre.service.commit_look import Taken
from eyre.service.resolve_records import Resolved

QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""Seconds: a page that did not change takes 5 ms, a publisher may let a ride wait for 30 s."""
LATE = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 900.0, 3600.0)
HISTOGRAMS: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {"ride_seconds": QUICK, "ride_late_seconds": LATE, "resolve_seconds": QUICK}
)
OVER, SUM = "inf", "sum"


@dataclass
class Tally:
    """Told of rides, of deliveries that were sent and of persons, on any thread."""

    _counts: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    _lock: Lock = field(default_factory=Lock)

    def ridden(self, ride: Ridden) -> None:
        """Counts a ride."""
        with self._lock:
            self._counts[f"rides:{ride.end.value}"] += 1
            self._counts["bytes"] += ride.bytes_read
            self._observe("ride_seconds", ride.seconds)
            self._observe("ride_late_seconds", ride.late / timedelta(seconds=1))
            for taken in ride.taken:
                self._taken(taken)

    def pushed(self, status: int, taken: Taken | None, size: int) -> None:
        """Counts a delivery that was sent, by the HTTP status of its answer, whether it was taken or not."""
        with self._lock:
            self._counts[f"pushes:{status}"] += 1
            self._counts["bytes"] += size
            if taken is not None and not taken.known:
                self._taken(taken)

    def resolved(self, batch: Resolved) -> None:
        """Counts changed records that were resolved together."""
        with self._lock:
            self._counts["records_resolved"] += batch.records
            self._observe("resolve_seconds", batch.seconds)

    def counts(self) -> dict[str, float]:
        """Everything so far."""
        with self._lock:
            return dict(self._counts)

    def _observe(self, name: str, seconds: float) -> None:
        limits = HISTOGRAMS[name]
        at = bisect_left(limits, seconds)
        self._counts[f"{name}:{limits[at] if at < len(limits) else OVER}"] += 1
        self._counts[f"{name}:{SUM}"] += seconds

    def _taken(self, taken: Taken) -> None:
        self._counts["rows"] += taken.rows
        self._counts["rows_unchanged"] += max(taken.rows - taken.read_anew, 0)
        self._counts["events_noted"] += taken.noted
        self._counts["events_withdrawn"] += taken.withdrawn
