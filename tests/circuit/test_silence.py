"""A source that sends, or drops files, is told to be silent when nothing came for longer than it may be."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from eyre.cli.as_data import to_data
from eyre.service.circuit_status import CircuitStatus, Standing, circuit_status
from eyre.service.ride_board import put_on_schedule
from eyre.service.source_status import source_report
from eyre.service.take_snapshot import Snapshot, take_snapshot
from eyre.store.open_store import Store
from tests.circuit.riding import EVERY, circuit
from tests.service.rosters import MODEL, NOON, jail, page, row

LIST = page(*(row(number) for number in range(10)))
HOUR = timedelta(hours=1)
SENDS = jail("sending_jail", fetch={"url": "push:", "silent_after_seconds": 3600})
MAY_REST = jail("resting_jail", fetch={"url": "push:"})


def standings(store: Store, *, after: timedelta) -> dict[str, Standing]:
    return {each.source: each.standing for each in status(store, after=after).sources}


def status(store: Store, *, after: timedelta) -> CircuitStatus:
    return circuit_status(store, now=NOON + after)


def registered_at_noon(store: Store) -> None:
    with store.writer.connection() as writer:
        writer.execute("update eyre.source set registered_at = %s", [NOON])


def test_a_source_that_sends_is_silent_when_nothing_came_in_time(store: Store) -> None:
    put_on_schedule(store, [(each, EVERY, NOON) for each in (SENDS, MAY_REST)])
    registered_at_noon(store)
    assert standings(store, after=HOUR) == {"sending_jail": Standing.NEW, "resting_jail": Standing.NEW}
    never = status(store, after=HOUR + timedelta(seconds=1))
    assert {each.source: each.why for each in never.sources if each.why} == {
        "sending_jail": "nothing ever came for 3,601 s, 3,600 s are declared"
    }
    assert (never.standings["silent"], never.lag_seconds) == (1, 0)
    for manifest in (SENDS, MAY_REST):
        take_snapshot(store, manifest, Snapshot((LIST,), NOON + HOUR, NOON + HOUR), MODEL)
    assert set(standings(store, after=2 * HOUR).values()) == {Standing.ON_TIME}
    later = standings(store, after=2 * HOUR + timedelta(seconds=1))
    assert later == {"sending_jail": Standing.SILENT, "resting_jail": Standing.ON_TIME}
    take_snapshot(
        store, SENDS, Snapshot((LIST,), NOON + 2 * HOUR, NOON + 2 * HOUR), MODEL
    )  # the same: heard all the same
    assert standings(store, after=3 * HOUR)["sending_jail"] is Standing.ON_TIME


def test_of_a_source_that_sends_it_is_told_when_it_was_heard_and_nothing_of_rides(store: Store) -> None:
    put_on_schedule(store, [(SENDS, EVERY, NOON)])
    take_snapshot(store, SENDS, Snapshot((LIST,), NOON, NOON), MODEL)
    report = source_report(store, "sending_jail", now=NOON)
    assert (report.status.looked_at, report.status.rows, report.status.standing) == (NOON, 10, Standing.ON_TIME)
    assert (report.status.next_due, report.status.every_seconds, report.status.failures) == (None, None, 0)
    assert to_data(report)["status"]["next_due"] is None


def test_a_folder_that_is_ridden_in_time_is_silent_when_no_file_comes(store: Store, tmp_path: Path) -> None:
    manifest = jail("dropping_jail", fetch={"url": tmp_path.as_uri(), "silent_after_seconds": 3600})
    with circuit(store, manifest) as riding:
        registered_at_noon(store)
        (tmp_path / "roster.csv").write_bytes(LIST)
        os.utime(tmp_path / "roster.csv", (NOON.timestamp(), NOON.timestamp()))
        riding.ride()
        assert standings(store, after=HOUR - EVERY) == {"dropping_jail": Standing.LATE}  # nobody rode
        for _ in range(5):
            riding.after()
        assert riding.now > NOON + HOUR
        (seen,) = circuit_status(store, now=riding.now).sources
    assert (seen.standing, seen.failures) == (Standing.SILENT, 0)


def test_only_what_is_not_asked_can_be_silent() -> None:
    with pytest.raises(ValidationError, match="one that is asked is late"):
        jail(fetch={"url": "https://jail.example/roster", "silent_after_seconds": 60})
