"""Rides of real servers and folders: what is fetched is compared and committed, what fails is tried again."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from eyre.circuit.ride_source import RideEnd
from eyre.model.custody_event import EventKind
from eyre.service.circuit_status import Standing, circuit_status
from eyre.service.source_status import source_report
from eyre.sources.manifest import Manifest
from eyre.store.open_store import Store
from tests.circuit.publisher import Publisher
from tests.circuit.riding import EVERY, circuit
from tests.service.rosters import NOON, believed, jail, page, row

TEN = [row(number) for number in range(10)]


def fetched(publisher: Publisher, name: str = "inv_test_jail", **told: object) -> Manifest:
    fetch = {"url": f"{publisher.base}/{name}", "timeout_seconds": 1.0} | dict(told)
    return jail(name, fetch=fetch, poll={"min_seconds": 900, "max_seconds": 900})


def test_a_roster_is_ridden_again_and_again_and_asked_for_conditionally(store: Store, publisher: Publisher) -> None:
    publisher.body, publisher.headers = page(*TEN), {"ETag": '"1"'}
    with circuit(store, fetched(publisher)) as riding:
        (first,) = riding.ride()
        assert (first.end, first.taken[0].noted) == (RideEnd.CHANGED, 10)
        assert riding.ride() == []
        (second,) = riding.after()
        assert second.end is RideEnd.SAME
        assert publisher.asked[-1]["if-none-match"] == '"1"'
        publisher.body, publisher.headers = page(*TEN[1:]), {"ETag": '"2"'}
        assert riding.after()[0].end is RideEnd.CHANGED
        (confirmed,) = riding.after()
        assert (confirmed.end, confirmed.taken[0].noted) == (RideEnd.CHANGED, 1)
        (released,) = [each for each in believed(store, fetched(publisher)) if each.kind is EventKind.RELEASED]
        assert (released.during.earliest, released.during.latest) == (NOON + EVERY, NOON + 2 * EVERY)


@pytest.mark.parametrize(
    ("status", "body", "trouble"),
    [
        (503, b"", "busy"),
        (404, b"", "not-found"),
        (403, b"", "forbidden"),
        (500, b"", "refused"),
        (200, b"<html><body>We are down for maintenance</body></html>", "EYRE-30"),
    ],
)
def test_trouble_is_noted_tried_again_sooner_and_takes_nobody_away(
    store: Store, publisher: Publisher, status: int, body: bytes, trouble: str
) -> None:
    manifest = fetched(publisher)
    publisher.body = page(*TEN)
    with circuit(store, manifest) as riding:
        riding.ride()
        publisher.status, publisher.body = status, body
        for failures in (1, 2, 3, 4):
            (ridden,) = riding.after()
            assert ridden.end is RideEnd.TROUBLE
            assert ridden.trouble.startswith(trouble)
            state = riding.state(manifest.id)
            assert (state.failures, state.leased) == (failures, False)
            assert state.next_due <= riding.now + EVERY
        publisher.status, publisher.body = 200, page(*TEN)
        assert riding.after(timedelta(hours=1))[0].end is RideEnd.SAME
        assert riding.state(manifest.id).failures == 0
        assert {event.kind for event in believed(store, manifest)} == {EventKind.BOOKED}


def test_an_answer_that_breaks_off_is_trouble_and_no_shorter_roster(store: Store, publisher: Publisher) -> None:
    publisher.body = page(*TEN)
    with circuit(store, fetched(publisher)) as riding:
        riding.ride()
        publisher.cut = 200
        (ridden,) = riding.after()
        assert ridden.trouble.startswith("broken-off")


def test_a_server_that_asks_to_be_left_alone_is(store: Store, publisher: Publisher) -> None:
    publisher.status, publisher.headers = 429, {"Retry-After": "1800"}
    with circuit(store, fetched(publisher)) as riding:
        riding.ride()
        assert riding.after() == []
        assert len(riding.after()) == 1


def test_a_redirect_to_another_host_is_not_followed(store: Store, publisher: Publisher) -> None:
    publisher.status, publisher.headers = 302, {"Location": "http://127.0.0.2:1/secret"}
    with circuit(store, fetched(publisher)) as riding:
        (ridden,) = riding.ride()
        assert ridden.trouble.startswith("refused: the server sends us to another host")


def test_a_list_in_pages_is_one_look(store: Store, publisher: Publisher) -> None:
    paging = {"parameter": "page", "by": "number", "size": 4, "first": 0}
    publisher.pages = [page(*TEN[:4]), page(*TEN[4:8]), page(*TEN[8:])]
    manifest = fetched(publisher, paging=paging)
    with circuit(store, manifest) as riding:
        (first,) = riding.ride()
        assert (first.taken[0].rows, first.taken[0].arrived) == (10, 10)
        publisher.pages = [page(*TEN[:4]), page(*TEN[3:7]), page(*TEN[7:])]
        (shifted,) = riding.after()
        assert not shifted.taken[0].look.complete


@pytest.mark.parametrize(("rows", "moves"), [(3, 1), (3, -1), (10, 1), (11, 2)])
def test_a_list_that_moves_between_overlapping_pages_is_not_whole(
    store: Store, publisher: Publisher, rows: int, moves: int
) -> None:
    paging = {"parameter": "start", "by": "index", "size": 4, "overlaps": True}
    publisher.rows, publisher.page = [row(number) for number in range(rows)], lambda some: page(*some)
    manifest = fetched(publisher, paging=paging)
    with circuit(store, manifest) as riding:
        (first,) = riding.ride()
        assert (first.taken[0].rows, first.taken[0].arrived, first.taken[0].look.complete) == (rows, rows, True)
        publisher.rows.append(row(99))
        publisher.moves = moves
        (moved,) = riding.after()
        pages = rows + 1 >= 4 + max(moves, 0)  # otherwise no second page has a row
        assert moved.taken[0].look.complete == (not pages)
        if not pages:
            return
        publisher.moves = 0
        (whole,) = riding.after()
        assert (whole.taken[0].rows, whole.taken[0].look.complete) == (rows + 1, True)
        assert {event.kind for event in believed(store, manifest)} == {EventKind.BOOKED}


def test_a_host_that_is_down_is_left_alone_after_some_failures(store: Store) -> None:
    manifests = [
        jail(f"inv_dead_{number}", fetch={"url": f"http://127.0.0.1:9/{number}", "at_once": 8}) for number in range(8)
    ]
    with circuit(store, *manifests) as riding:
        ridden = riding.ride()
        assert len(ridden) == 8
        assert sum("left alone" in each.trouble for each in ridden) >= 1


def test_files_in_a_folder_are_taken_the_oldest_first_and_the_bad_ones_set_apart(store: Store, tmp_path: Path) -> None:
    manifest = jail(fetch={"url": tmp_path.as_uri()}, poll={"min_seconds": 900, "max_seconds": 900})
    bodies = {"a.csv": page(*TEN), "b.csv": b"<html>down</html>", "c.csv": page(*TEN[1:]), "d.csv.part": page(row(99))}
    for number, (name, body) in enumerate(bodies.items()):
        (tmp_path / name).write_bytes(body)
        at = (NOON + timedelta(minutes=number)).timestamp()
        os.utime(tmp_path / name, (at - 86_400, at - 86_400))
    with circuit(store, manifest) as riding:
        (ridden,) = riding.ride()
        assert [taken.rows for taken in ridden.taken] == [10, 9]
        assert ridden.end is RideEnd.TROUBLE
    assert sorted(each.name for each in (tmp_path / "taken").iterdir()) == ["a.csv", "c.csv"]
    assert [each.name for each in (tmp_path / "refused").iterdir()] == ["b.csv"]
    assert (tmp_path / "d.csv.part").exists()


def test_a_worker_that_lost_its_lease_commits_nothing(store: Store, publisher: Publisher) -> None:
    publisher.body = page(*TEN)
    manifest = fetched(publisher)
    with circuit(store, manifest) as riding:
        from eyre.circuit.ride_source import ride_source
        from eyre.service.ride_board import claim

        (slow,) = claim(store, "slow", now=riding.now, most=1, lease=timedelta(0))
        (first,) = riding.ride("quick")
        assert first.end is RideEnd.CHANGED
        publisher.body = page(*TEN[1:])
        riding.now += EVERY
        assert ride_source(riding.tools, slow).end is RideEnd.LOST
        assert {event.kind for event in believed(store, manifest)} == {EventKind.BOOKED}


def test_what_robots_are_forbidden_is_not_asked_for_unless_it_was_agreed(store: Store, publisher: Publisher) -> None:
    publisher.body = page(*TEN)
    publisher.robots = b"User-agent: *\nDisallow: /inv_forbidden\n"
    forbidden = fetched(publisher, "inv_forbidden")
    agreed = fetched(publisher, "inv_forbidden_not", agreed=True)
    allowed = fetched(publisher, "inv_allowed")
    with circuit(store, forbidden, agreed, allowed) as riding:
        ends = {each.source: each for each in riding.ride()}
    assert ends["inv_forbidden"].trouble.startswith("forbidden: the publisher's robots.txt")
    assert ends["inv_forbidden_not"].end is RideEnd.CHANGED
    assert ends["inv_allowed"].end is RideEnd.CHANGED
    assert len(publisher.asked) == 2


def test_a_column_that_has_another_name_is_told_with_source_and_field(store: Store, publisher: Publisher) -> None:
    manifest = fetched(publisher)
    publisher.body = page(*TEN)
    with circuit(store, manifest) as riding:
        riding.ride()
        publisher.body = page(*TEN).replace(b"CHARGE", b"OFFENSE")
        riding.after()
        status = circuit_status(store, now=riding.now)
        assert [(each.source, each.standing) for each in status.sources] == [(manifest.id, Standing.DRIFTING)]
        report = source_report(store, manifest.id, now=riding.now)
        assert {(issue.code, issue.field) for issue in report.issues} >= {
            ("missing-field", "CHARGE"),
            ("unknown-field", "OFFENSE"),
        }
        assert {event.kind for event in believed(store, manifest)} == {EventKind.BOOKED}
        publisher.body = page(*TEN)
        riding.after()
        assert circuit_status(store, now=riding.now).sources[0].standing is Standing.ON_TIME


def test_only_new_and_changed_rows_are_asked_for_by_their_own_pages(store: Store, publisher: Publisher) -> None:
    thin = [row(number, CHARGE="", BOND="") for number in range(10)]
    publisher.body = page(*thin)
    publisher.own = {f"B{number:05}": page(row(number)) for number in range(10) if number != 3}
    detail = {"url": f"{publisher.base}/inv_test_jail/{{BOOKING}}", "at_most": 6, "again_hours": None}
    manifest = fetched(publisher, detail=detail)
    with circuit(store, manifest) as riding:
        (first,) = riding.ride()
        assert first.taken[0].read_anew == 5
        assert riding.after()[0].taken[0].look.complete
        assert len(believed(store, manifest)) == 9
        asked = len(publisher.asked)
        publisher.own["B00003"] = page(row(3))
        riding.after()
        assert len(publisher.asked) == asked + 2
        assert len(believed(store, manifest)) == 10
        riding.after()
        assert len(publisher.asked) == asked + 3
        publisher.body = page(*thin[1:], row(10, CHARGE="", BOND=""))
        publisher.own["B00010"] = page(row(10))
        riding.after()
        riding.after()
        assert len(publisher.asked) == asked + 6
        assert sorted(event.kind.value for event in believed(store, manifest)) == ["booked"] * 11 + ["released"]


def test_a_list_is_taken_though_hardly_a_page_of_its_rows_was_had(store: Store, publisher: Publisher) -> None:
    publisher.body = page(*[row(number, CHARGE="", BOND="") for number in range(10)])
    publisher.own = {f"B{number:05}": page(row(number)) for number in range(2)}
    manifest = fetched(publisher, detail={"url": f"{publisher.base}/inv_test_jail/{{BOOKING}}"})
    with circuit(store, manifest) as riding:
        (first,) = riding.ride()
        assert (first.end, first.taken[0].rows, len(believed(store, manifest))) == (RideEnd.CHANGED, 10, 2)
        publisher.own |= {f"B{number:05}": page(row(number)) for number in range(10)}
        assert riding.after()[0].taken[0].look.complete
        assert len(believed(store, manifest)) == 10


def test_what_changes_only_on_a_rows_own_page_is_seen_in_that_rows_turn(store: Store, publisher: Publisher) -> None:
    publisher.body, publisher.headers = (
        page(*[row(number, CHARGE="", BOND="") for number in range(10)]),
        {"ETag": '"1"'},
    )
    publisher.own = {f"B{number:05}": page(row(number)) for number in range(10)}
    detail = {"url": f"{publisher.base}/inv_test_jail/{{BOOKING}}", "again_hours": 6}
    manifest = fetched(publisher, detail=detail)
    with circuit(store, manifest) as riding:
        riding.ride()
        publisher.asked.clear()
        publisher.own["B00004"] = page(row(4, CHARGE="ARSON"))
        for _ in range(24):
            riding.after()
        pages = [told["path"].rpartition("/")[2] for told in publisher.asked if "/B0" in told["path"]]
        assert sorted(pages) == sorted(publisher.own)  # each once in six hours, and no other
        changed = [event for event in believed(store, manifest) if event.kind is EventKind.CHARGES_CHANGED]
        assert len(changed) == 1
        assert changed[0].during.earliest == max(NOON, changed[0].during.latest - EVERY - timedelta(hours=6))
        del publisher.own["B00007"]
        for _ in range(24):
            assert riding.after()[0].taken[0].look.complete
        assert len(believed(store, manifest)) == 11


def delta(publisher: Publisher, **told: object) -> Manifest:
    fetch = {"url": f"{publisher.base}/changes", "reconcile": {"url": f"{publisher.base}/changes?whole=1"} | told}
    return jail(fetch=fetch, poll={"min_seconds": 900, "max_seconds": 900}, release_signal="delta_file")


def test_a_source_of_changes_is_first_asked_for_the_whole_and_again_once_a_day(
    store: Store, publisher: Publisher
) -> None:
    publisher.whole, publisher.body = page(*TEN), page()
    publisher.headers = {"ETag": '"of the whole, or not"'}
    manifest = delta(publisher)
    with circuit(store, manifest) as riding:
        riding.ride()
        assert len(believed(store, manifest)) == 10
        publisher.body = page(row(3, CHARGE="ARSON"))
        riding.after()
        assert [told["path"] for told in publisher.asked] == ["/changes?whole=1", "/changes"]
        assert "if-none-match" not in publisher.asked[1]
        assert len(believed(store, manifest)) == 11
        publisher.whole = page(
            *TEN[:3], row(3, CHARGE="ARSON"), row(4, CHARGE="FRAUD"), *TEN[5:]
        )  # a change was missed
        for _ in range(95):
            riding.after()
        changed = [event for event in believed(store, manifest) if event.kind is EventKind.CHARGES_CHANGED]
        assert len(changed) == 2
        assert [told["path"] for told in publisher.asked].count("/changes?whole=1") == 2


def test_a_whole_that_cannot_be_read_does_not_keep_the_changes_away(store: Store, publisher: Publisher) -> None:
    publisher.whole, publisher.body = b"<html>no such file</html>", page(row(1))
    manifest = delta(publisher)
    with circuit(store, manifest) as riding:
        assert riding.ride()[0].end is RideEnd.TROUBLE
        assert riding.after()[0].end is RideEnd.CHANGED
        assert len(believed(store, manifest)) == 1
        publisher.whole = page(*TEN)
        riding.after()
        assert len(believed(store, manifest)) == 10
        assert riding.after()[0].end is RideEnd.SAME


def test_a_list_is_asked_for_unconditionally_once_in_a_while_where_that_is_declared(
    store: Store, publisher: Publisher
) -> None:
    publisher.body, publisher.headers = page(*TEN), {"ETag": '"never another"'}
    with circuit(store, fetched(publisher, reconcile={"hours": 1})) as riding:
        riding.ride()
        publisher.body = page(*TEN, row(10))  # and the server says that nothing changed
        for _ in range(3):
            assert riding.after()[0].end is RideEnd.SAME
        assert riding.after()[0].end is RideEnd.CHANGED
