"""What this process did, counted for Prometheus. Nothing is labelled by source: there are thousands of them."""

from datetime import timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from eyre.circuit.ride_source import Ridden, RideEnd
from eyre.circuit.worker import Pulse
from eyre.service.circuit_status import CircuitStatus, Standing
from eyre.service.commit_look import Taken
from eyre.service.resolve_records import Resolved

_QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""Seconds: a page that did not change takes 5 ms, a publisher may let a ride wait for 30 s."""
_LATE = (0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 900, 3600)


class Metrics:
    """Told of rides, pushes and persons, on any thread; gives the text that Prometheus reads."""

    def __init__(self) -> None:
        self._registry = all_of = CollectorRegistry()
        self._rides = Counter("eyre_rides", "Rides, by how they ended.", ["end"], registry=all_of)
        self._ride_seconds = _seconds("eyre_ride_seconds", "How long a ride took.", all_of)
        self._late = _seconds("eyre_ride_late_seconds", "How long after it was due a ride began.", all_of, _LATE)
        self._pushes = Counter("eyre_pushes", "Deliveries that were sent, by HTTP status.", ["status"], registry=all_of)
        self._rows = Counter("eyre_rows", "Rows of deliveries that were taken.", registry=all_of)
        self._same = Counter("eyre_rows_unchanged", "Rows that said what they had said before.", registry=all_of)
        self._bytes = Counter("eyre_bytes", "Bytes of deliveries that were fetched, dropped or sent.", registry=all_of)
        self._noted = Counter("eyre_events_noted", "Custody events that came to be believed.", registry=all_of)
        self._withdrawn = Counter("eyre_events_withdrawn", "Events that ceased to be believed.", registry=all_of)
        self._resolved = Counter("eyre_records_resolved", "Changed records that were resolved.", registry=all_of)
        self._resolve_seconds = _seconds("eyre_resolve_seconds", "How long some changed records took.", all_of)
        self._sources = Gauge(
            "eyre_sources", "Sources on the schedule, by how they stand.", ["standing"], registry=all_of
        )
        self._listed = Gauge("eyre_rows_listed", "Rows that all sources list now.", registry=all_of)
        self._overdue = Gauge("eyre_overdue_seconds", "How long the most overdue ride waits.", registry=all_of)
        self._breakers = Gauge(
            "eyre_open_breakers", "Hosts that failed again and again and are left alone.", registry=all_of
        )
        self._beaten = Gauge("eyre_heartbeat_age_seconds", "Since a heartbeat reached the store.", registry=all_of)
        self._still = Gauge("eyre_worker_still_seconds", "Since the worker's loop last moved.", registry=all_of)
        self._up = Gauge("eyre_store_up", "Whether the store answers.", registry=all_of)
        for end in RideEnd:
            self._rides.labels(end.value)

    def ridden(self, ride: Ridden) -> None:
        """Counts a ride."""
        self._rides.labels(ride.end.value).inc()
        self._ride_seconds.observe(ride.seconds)
        self._late.observe(ride.late / timedelta(seconds=1))
        self._bytes.inc(ride.bytes_read)
        for taken in ride.taken:
            self._taken(taken)

    def pushed(self, status: int, taken: Taken | None, size: int) -> None:
        """Counts a delivery that was sent, whether it was taken or not."""
        self._pushes.labels(str(status)).inc()
        self._bytes.inc(size)
        if taken is not None and not taken.known:
            self._taken(taken)

    def resolved(self, batch: Resolved) -> None:
        """Counts changed records that were resolved together."""
        self._resolved.inc(batch.records)
        self._resolve_seconds.observe(batch.seconds)

    def answers(self, answers: bool) -> None:
        """Takes whether the store answers."""
        self._up.set(answers)

    def stands(self, status: CircuitStatus) -> None:
        """Takes how the sources stand."""
        for standing in Standing:
            self._sources.labels(standing.value.replace(" ", "_")).set(status.standings[standing.value])
        self._listed.set(status.rows)
        self._overdue.set(status.lag_seconds)

    def text(self, pulse: Pulse, open_hosts: int) -> bytes:
        """Everything, with how the worker is now, in Prometheus's text format."""
        self._still.set(pulse.still_for)
        self._beaten.set(pulse.beaten_before)
        self._breakers.set(open_hosts)
        return generate_latest(self._registry)

    def _taken(self, taken: Taken) -> None:
        self._rows.inc(taken.rows)
        self._same.inc(max(taken.rows - taken.read_anew, 0))
        self._noted.inc(taken.noted)
        self._withdrawn.inc(taken.withdrawn)


def _seconds(name: str, told: str, registry: CollectorRegistry, buckets: tuple[float, ...] = _QUICK) -> Histogram:
    return Histogram(name, told, buckets=buckets, registry=registry)
