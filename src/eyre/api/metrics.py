"""What Prometheus reads: what all processes did and how the sources stand, as the store tells it, and how this process
is."""

from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from eyre.circuit.ride_source import RideEnd
from eyre.circuit.tally import HISTOGRAMS, OVER, SUM
from eyre.circuit.worker import Pulse
from eyre.service.circuit_status import CircuitStatus, Standing
from eyre.service.tallies import Totals

_COUNTERS = {
    "rows": "Rows of deliveries that were taken.",
    "rows_unchanged": "Rows that said what they had said before.",
    "bytes": "Bytes of deliveries that were fetched, dropped or sent.",
    "events_noted": "Custody events that came to be believed.",
    "events_withdrawn": "Events that ceased to be believed.",
    "records_resolved": "Changed records that were resolved.",
}
_HISTOGRAMS = {
    "ride_seconds": "How long a ride took.",
    "ride_late_seconds": "How long after it was due a ride began.",
    "resolve_seconds": "How long some changed records took.",
}


class Metrics(Collector):
    """Takes what the store tells, and gives the text that Prometheus reads. What the store does not tell just now stays
    as it was told last."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(self)
        self._totals = Totals({}, 0)
        self._status: CircuitStatus | None = None
        self._up = False
        self._pulse, self._open_hosts = Pulse(0.0, 0.0), 0

    def answers(self, answers: bool) -> None:
        """Takes whether the store answers."""
        self._up = answers

    def did(self, totals: Totals) -> None:
        """Takes what all processes did."""
        self._totals = totals

    def stands(self, status: CircuitStatus) -> None:
        """Takes how the sources stand."""
        self._status = status

    def text(self, pulse: Pulse, open_hosts: int) -> bytes:
        """Everything, with how the worker of this process is now, in Prometheus's text format."""
        self._pulse, self._open_hosts = pulse, open_hosts
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        """Everything, a family after the other."""
        counts = self._totals.counts
        rides = CounterMetricFamily("eyre_rides", "Rides, by how they ended.", labels=["end"])
        for end in RideEnd:
            rides.add_metric([end.value], counts.get(f"rides:{end.value}", 0.0))
        yield rides
        pushes = CounterMetricFamily("eyre_pushes", "Deliveries that were sent, by HTTP status.", labels=["status"])
        for name in sorted(name for name in counts if name.startswith("pushes:")):
            pushes.add_metric([name.partition(":")[2]], counts[name])
        yield pushes
        for name, told in _COUNTERS.items():
            yield CounterMetricFamily(f"eyre_{name}", told, value=counts.get(name, 0.0))
        for name, told in _HISTOGRAMS.items():
            yield _histogram(name, told, counts)
        yield _gauge("eyre_workers", "Processes that ride and live.", self._totals.workers)
        if self._status is not None:
            yield from _standing(self._status)
        yield _gauge("eyre_open_breakers", "Hosts that failed again and again and are left alone.", self._open_hosts)
        yield _gauge("eyre_heartbeat_age_seconds", "Since a heartbeat reached the store.", self._pulse.beaten_before)
        yield _gauge("eyre_worker_still_seconds", "Since the worker's loop last moved.", self._pulse.still_for)
        yield _gauge("eyre_store_up", "Whether the store answers.", self._up)


def _standing(status: CircuitStatus) -> Iterator[Metric]:
    sources = GaugeMetricFamily("eyre_sources", "Sources of the circuit, by how they stand.", labels=["standing"])
    for standing in Standing:
        sources.add_metric([standing.value.replace(" ", "_")], status.standings[standing.value])
    yield sources
    events = GaugeMetricFamily("eyre_events_believed", "Events that are believed now, by kind.", labels=["kind"])
    for kind, many in status.events.items():
        events.add_metric([kind], many)
    yield events
    yield _gauge("eyre_rows_listed", "Rows that all sources list now.", status.rows)
    yield _gauge("eyre_overdue_seconds", "How long the most overdue ride waits.", status.lag_seconds)


def _histogram(name: str, told: str, counts: Mapping[str, float]) -> HistogramMetricFamily:
    """Limits count what is at most as long as they are."""
    buckets, so_far = [], 0.0
    for limit in (*HISTOGRAMS[name], OVER):
        so_far += counts.get(f"{name}:{limit}", 0.0)
        buckets.append(("+Inf" if limit == OVER else str(limit), so_far))
    return HistogramMetricFamily(f"eyre_{name}", told, buckets=buckets, sum_value=counts.get(f"{name}:{SUM}", 0.0))


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, value=value)
