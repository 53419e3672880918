"""Whether all is well, and how it goes."""

import re
import time
from datetime import timedelta
from typing import NoReturn

import httpx2
import pytest

from eyre.api.address import Address, bind
from eyre.api.door import Door
from eyre.api.metrics import Metrics
from eyre.api.serve import listening
from eyre.circuit.ride_source import Ridden, RideEnd
from eyre.circuit.tally import Tally
from eyre.circuit.worker import Pulse
from eyre.service.commit_look import Taken
from eyre.service.tallies import Totals
from eyre.sources.manifest import Manifest
from eyre.store.writing import StoreGoneError
from tests.api.conftest import INPUT, Served


def told(text: str) -> dict[str, float]:
    """The samples of Prometheus's text format."""
    return {name: float(value) for name, value in re.findall(r"^(eyre_\S+) (\S+)$", text, flags=re.MULTILINE)}


def test_the_door_says_what_there_is(served: Served) -> None:
    links = served.get("/").json()["links"]
    assert links == {"messages": "/sources/{source}/messages", "health": "/health", "metrics": "/metrics"}
    assert [served.get(links[name]).status_code for name in ("health", "metrics")] == [200, 200]


def test_health_is_ok_while_the_store_answers_and_the_worker_moves(served: Served) -> None:
    health = served.get("/health").json()
    assert (health["status"], health["store"], health["worker"]) == ("ok", "answers", "moves")
    assert health["worker_still_seconds"] < 5


@pytest.mark.parametrize(("still_for", "status"), [(29.0, 200), (31.0, 503)])
def test_a_worker_that_stands_still_is_no_health(still_for: float, status: int) -> None:
    def status_of_all() -> NoReturn:
        raise StoreGoneError("nobody asked for it")

    def take(_manifest: Manifest, _body: bytes) -> Taken:
        raise AssertionError

    door = Door(
        tokens={},
        find=lambda _: None,
        take=take,
        answers=lambda: True,
        status=status_of_all,
        pulse=lambda: Pulse(still_for, 0.0),
        open_hosts=lambda: 0,
        counted=lambda *_: None,
        totals=status_of_all,
    )
    with listening(door, Metrics(), bind(Address("127.0.0.1", 0), tokens_given=False)) as url:
        health = httpx2.get(f"{url}/health")
        assert httpx2.get(f"{url}/metrics").status_code == 200
    assert (health.status_code, health.json()["worker"]) == (status, "moves" if status == 200 else "stands still")


def test_what_is_sent_is_counted(served: Served) -> None:
    answer = served.send(INPUT).json()
    served.send(INPUT)
    served.send(b"garbage")
    served.send(INPUT, token="wrong")
    until = time.monotonic() + 120
    while (seen := told(served.get("/metrics").text))["eyre_records_resolved_total"] < answer["changed"]:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert [seen[f'eyre_pushes_total{{status="{status}"}}'] for status in (200, 422, 401)] == [2, 1, 1]
    assert (seen["eyre_rows_total"], seen["eyre_events_noted_total"]) == (answer["rows"], answer["noted"])
    assert seen["eyre_bytes_total"] == 2 * len(INPUT)
    assert seen["eyre_resolve_seconds_count"] >= 1
    assert seen["eyre_store_up"] == 1
    assert seen['eyre_sources{standing="on_time"}'] == 0
    assert seen["eyre_open_breakers"] == 0
    assert "oz_port_wren_jail" not in served.get("/metrics").text


def test_rides_are_counted_by_their_end() -> None:
    tally, metrics = Tally(), Metrics()
    tally.ridden(Ridden("a", RideEnd.SAME, timedelta(seconds=3), bytes_read=10, seconds=0.2))
    tally.ridden(Ridden("b", RideEnd.TROUBLE, timedelta(seconds=0), trouble="busy", seconds=1.5))
    metrics.did(Totals(tally.counts(), 1))
    seen = told(metrics.text(Pulse(0.5, 7.0), 2).decode())
    assert [seen[f'eyre_rides_total{{end="{end}"}}'] for end in ("same", "trouble", "changed", "lost")] == [1, 1, 0, 0]
    assert (seen["eyre_ride_seconds_sum"], seen["eyre_ride_late_seconds_sum"]) == (1.7, 3.0)
    assert seen['eyre_ride_late_seconds_bucket{le="2.0"}'] == 1
    assert (seen["eyre_bytes_total"], seen["eyre_open_breakers"], seen["eyre_heartbeat_age_seconds"]) == (10, 2, 7)
