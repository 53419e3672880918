"""The store goes away in the middle of a ride: what was fetched is committed when it is back, or tried again later."""

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import psycopg
import pytest

from eyre.circuit import hold_on as holding
from eyre.circuit.hold_on import hold_on
from eyre.circuit.resolve_changed import ChangedRecords
from eyre.circuit.ride_source import RideEnd, ride_source
from eyre.circuit.worker import Worker
from eyre.model.custody_event import EventKind
from eyre.model.ride import Finish
from eyre.service.resolve_records import Resolved
from eyre.service.ride_board import claim, give_back
from eyre.service.same_again import Same, same_again
from eyre.store.open_store import Store
from eyre.store.server.start import RunningServer
from eyre.store.writing import StoreGoneError, writing
from tests.away import away, end_connections
from tests.circuit.publisher import Publisher
from tests.circuit.riding import EVERY, circuit
from tests.service.rosters import MODEL, NOON, believed, jail, look, page, row

TEN = [row(number) for number in range(10)]
PURPOSE = "custody_operations"


def test_what_was_fetched_is_committed_after_a_restart_and_not_asked_for_again(
    store: Store, publisher: Publisher, postgres_server: RunningServer, owner_url: str
) -> None:
    manifest = jail(fetch={"url": f"{publisher.base}/roster"})
    publisher.body = page(*TEN)
    publisher.meanwhile = partial(end_connections, postgres_server, owner_url)
    with circuit(store, manifest) as riding:
        (ridden,) = riding.ride()
        assert (ridden.end, len(publisher.asked)) == (RideEnd.CHANGED, 1)
        assert (riding.state(manifest.id).failures, riding.state(manifest.id).leased) == (0, False)
        publisher.body = page(*TEN[1:])
        assert riding.after()[0].end is RideEnd.CHANGED
        assert len(believed(store, manifest)) == 11


def test_a_store_that_stays_away_ends_no_worker_and_loses_nothing(
    store: Store,
    publisher: Publisher,
    postgres_server: RunningServer,
    owner_url: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    manifest = jail(fetch={"url": f"{publisher.base}/roster"})
    publisher.body = page(*TEN)
    monkeypatch.setattr(holding, "WAITS", (0.01,))
    monkeypatch.setattr(store.writer, "timeout", 0.2)
    with circuit(store, manifest) as riding:
        (lost,) = claim(store, "w", now=riding.now, most=1, lease=timedelta(seconds=1))
        with away(postgres_server, owner_url):
            worker = Worker(riding.tools, "w", 1, riding.ridden.append)
            assert worker._ride(lost) is None
        assert "could not even be given back" in caplog.text
        monkeypatch.setattr(store.writer, "timeout", 30.0)
        time.sleep(1)
        (ridden,) = riding.ride()
        assert ridden.end is RideEnd.CHANGED
        assert len(believed(store, manifest)) == 10


def test_no_room_is_trouble_that_is_told_and_tried_again_later(
    store: Store, publisher: Publisher, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where the disk stays full for longer than a ride holds on. That a full disk is met so is shown by the chaos."""
    manifest = jail(fetch={"url": f"{publisher.base}/roster"})
    publisher.body = page(*TEN)
    monkeypatch.setattr(holding, "WAITS", (0.01,))
    with circuit(store, manifest) as riding:
        with monkeypatch.context() as patch:
            patch.setattr("eyre.service.commit_look.note_look", no_room)
            (ridden,) = riding.ride()
        assert (ridden.end, ridden.trouble[:8]) == (RideEnd.TROUBLE, "EYRE-207")
        assert [each.levelno for each in caplog.records if "no room" in each.message][-1] == logging.ERROR
        assert believed(store, manifest) == []
        assert NOON < riding.state(manifest.id).next_due < NOON + EVERY
        assert riding.after()[0].end is RideEnd.CHANGED


def no_room(*_: object, **__: object) -> None:
    raise psycopg.errors.DiskFull("could not extend file")


def test_holding_on_ends_when_it_is_told_to_stop() -> None:
    stop = threading.Event()
    tried = []

    def act() -> None:
        tried.append(time.monotonic())
        if len(tried) == 2:
            stop.set()
        raise StoreGoneError("nobody asked for it")

    with pytest.raises(StoreGoneError):
        hold_on("a", stop, act)
    assert len(tried) == 2


def test_a_page_that_is_as_before_is_asked_for_when_another_look_came_in_between(
    store: Store, publisher: Publisher
) -> None:
    """That nothing changed is said of the publisher's own page, and would confirm the other's gap as a release."""
    manifest = jail(fetch={"url": f"{publisher.base}/roster"})
    publisher.body, publisher.headers = page(*TEN), {"ETag": '"1"'}
    with circuit(store, manifest) as riding:
        riding.ride()
        assert riding.after()[0].end is RideEnd.SAME
        look(store, manifest, 1.5, page(*TEN[1:]))
        riding.after()
        assert [each.get("if-none-match") for each in publisher.asked] == [None, '"1"', '"1"', None]
        assert EventKind.RELEASED not in {event.kind for event in believed(store, manifest)}
        assert riding.after()[0].end is RideEnd.SAME
        assert riding.state(manifest.id).failures == 0


def test_a_page_that_is_the_same_is_not_noted_by_who_lost_the_lease(store: Store, publisher: Publisher) -> None:
    manifest = jail(fetch={"url": f"{publisher.base}/roster"})
    publisher.body = page(*TEN)
    with circuit(store, manifest) as riding:
        riding.ride()
        riding.now += EVERY
        (slow,) = claim(store, "slow", now=riding.now, most=1, lease=timedelta(0))
        riding.ride("quick")
        with pytest.raises(Exception, match="was lost to another worker"):
            same_again(
                store,
                manifest,
                Same(riding.now + EVERY, riding.now + EVERY),
                within=give_back(slow, _never, now=riding.now),
            )


def test_a_ride_that_lost_its_lease_changes_nothing_at_all(store: Store, publisher: Publisher, owner_url: str) -> None:
    """Not even until when it was said what stands unchanged, which is written down before something older is told."""
    manifest = jail(fetch={"url": f"{publisher.base}/roster"})
    publisher.body = page(*TEN)
    with circuit(store, manifest) as riding:
        riding.ride()
        riding.now += EVERY
        (slow,) = claim(store, "slow", now=riding.now, most=1, lease=timedelta(0))
        assert riding.ride("quick")[0].end is RideEnd.SAME
        before = _records(owner_url)
        assert ride_source(riding.tools, slow).end is RideEnd.LOST
        assert _records(owner_url) == before


def _records(owner_url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(owner_url) as owner:
        return owner.execute(
            "select * from eyre.record r join eyre.record_version v on v.record = r.id order by 1"
        ).fetchall()


def _never(_changed: bool) -> Finish:
    raise AssertionError


def test_changed_records_are_resolved_after_a_restart(
    store: Store, postgres_server: RunningServer, owner_url: str
) -> None:
    taken = look(store, jail(), 0, page(*TEN))
    told: list[Resolved] = []
    changed = ChangedRecords(store, MODEL, PURPOSE, told.append)
    changed.start()
    changed.add(taken.records)
    _until(lambda: len(told) == 1)
    end_connections(postgres_server, owner_url)
    changed.add(taken.records)
    _until(lambda: len(told) == 2)
    changed.finish()
    assert [each.records for each in told] == [10, 10]


def test_one_lost_connection_is_enough_to_make_all_of_them_anew(
    store: Store, postgres_server: RunningServer, owner_url: str
) -> None:
    with writing(store), writing(store), writing(store):
        pass
    end_connections(postgres_server, owner_url)
    failed = 0
    for _ in range(3):
        try:
            with writing(store) as writer:
                writer.execute("select 1")
        except StoreGoneError:
            failed += 1
    assert failed == 1


def test_who_stands_still_in_a_transaction_is_cut_off(store: Store) -> None:
    with writing(store) as writer:
        (kept,) = writer.execute("show idle_in_transaction_session_timeout").fetchone() or ("",)
        assert kept == "1min"
    with pytest.raises(StoreGoneError):
        _stand_still(store)


def _stand_still(store: Store) -> None:
    with writing(store) as writer:
        writer.execute("set local idle_in_transaction_session_timeout = '50ms'")
        time.sleep(0.3)
        writer.execute("select 1")


def _until(what: Callable[[], bool]) -> None:
    until = time.monotonic() + 120  # kernels may have to be compiled first
    while not what():
        assert time.monotonic() < until
        time.sleep(0.02)
