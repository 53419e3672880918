"""Every delivery is kept raw: taken or refused, of whatever kind; and goes where a purged record stood in it."""

import errno
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from eyre.errors import NotFoundError, SourceError, StoreError, ViewError
from eyre.ids import record_id
from eyre.service.import_delivery import Received, import_delivery
from eyre.service.purge import purge
from eyre.service.raw_deliveries import raw_deliveries, read_raw
from eyre.service.reparse import reparse
from eyre.service.take_messages import Messages, take_messages
from eyre.service.take_snapshot import Snapshot, take_snapshot
from eyre.sources.manifest import Manifest
from eyre.store.blobs.blob_error import NoRoomError
from eyre.store.blobs.blob_files import Blobs
from eyre.store.blobs.sweep_blobs import AGE, sweep_blobs
from eyre.store.delivery_blobs import kept_deliveries
from eyre.store.open_store import Store
from tests.service.house import EVERYTHING, MODEL, everything, seen
from tests.service.rosters import NOON, QUARTER, believed, jail, look, page, row
from tests.store.town import contents

ROOT = Path(__file__).parents[2]
TEN = [row(number) for number in range(10)]
MESSAGES = b"OP,BOOKING,LAST\nput,B00001,FIRST\nput,B00002,SECOND\n"
MAINTENANCE = b"<!DOCTYPE html><title>Down for maintenance</title>"


@pytest.fixture(params=[None, bytes(range(32))], ids=["plain", "sealed"])
def keeping(store: Store, tmp_path: Path, request: pytest.FixtureRequest) -> Store:
    return replace(store, blobs=Blobs(tmp_path / "blobs", request.param))


@pytest.fixture
def plain(store: Store, tmp_path: Path) -> Store:
    return replace(store, blobs=Blobs(tmp_path / "blobs"))


def pushing(name: str, key: str = "BOOKING") -> Manifest:
    """A jail that sends a message for each change."""
    return jail(
        name,
        release_signal="push_delete",
        identity_keys=[key],
        fields={
            "OP": {"to": "operation", "categories": {"put": "put", "delete": "delete"}, "required": True},
            key: {"to": "booking.booking_number"},
            "LAST": {"to": "name.surname"},
        },
    )


def files(store: Store) -> int:
    assert store.blobs is not None
    return sum(path.is_file() and path.name != "store" for path in store.blobs.directory.rglob("*"))


def bytes_of(store: Store, source: str, as_of: datetime | None = None) -> list[bytes]:
    _, pages = read_raw(store, source, EVERYTHING, as_of=as_of)
    read = [each.read() for each in pages]
    for each in pages:
        each.close()
    return read


def erase(store: Store, manifest: Manifest, number: int) -> int:
    gone = record_id(store.record_key, manifest.id, f"B{number:05}")
    with seen(store, EVERYTHING) as session:
        return purge(store, session, gone, purged_at=NOON + timedelta(days=9))


def test_each_snapshot_is_kept_and_the_same_again_is_none(keeping: Store) -> None:
    manifest = jail()
    bodies = [page(*TEN), page(*TEN), page(*TEN[1:]), page(*TEN)]
    for step, body in enumerate(bodies):
        look(keeping, manifest, step, body)
    told = raw_deliveries(keeping, manifest.id)
    assert [(each.as_of, each.bytes, each.pages, each.outcome) for each in told] == [
        (NOON + QUARTER * step, len(bodies[step]), 1, "committed") for step in (3, 2, 0)
    ]
    assert files(keeping) == 2
    assert bytes_of(keeping, manifest.id, NOON + QUARTER) == [bodies[0]]
    assert bytes_of(keeping, manifest.id, NOON + QUARTER * 2) == [bodies[2]]
    assert bytes_of(keeping, manifest.id) == [bodies[3]]
    with pytest.raises(NotFoundError) as caught:
        bytes_of(keeping, manifest.id, NOON - QUARTER)
    assert caught.value.code == "EYRE-611"


def test_the_pages_of_a_list_are_kept_in_order(keeping: Store) -> None:
    pages = (page(*TEN[5:]), page(*TEN[:5]), page())
    take_snapshot(keeping, jail(), Snapshot(pages, NOON, NOON), MODEL)
    assert bytes_of(keeping, jail().id) == list(pages)


def test_messages_and_imports_are_kept(keeping: Store) -> None:
    for step, body in enumerate((MESSAGES, MESSAGES + b"put,B00003,THIRD\n")):
        take_messages(keeping, pushing("inv_a"), Messages(body, NOON + QUARTER * step, NOON), MODEL)
        assert bytes_of(keeping, "inv_a", NOON + QUARTER * step) == [body]
    for at, body in ((NOON, page(*TEN)), (NOON + QUARTER, page(TEN[0], "torn,row"))):
        import_delivery(keeping, jail("inv_b"), Received(BytesIO(body), at, at), MODEL)
        assert bytes_of(keeping, "inv_b", at) == [body]
    large = page(*[row(number) for number in range(400)])
    import_delivery(keeping, jail("inv_b"), Received(large, NOON + 2 * QUARTER, NOON), MODEL)
    assert bytes_of(keeping, "inv_b") == [large]


def test_a_maintenance_page_is_evidence(keeping: Store) -> None:
    with pytest.raises(SourceError):
        look(keeping, jail(), 0, MAINTENANCE)
    (told,) = raw_deliveries(keeping, jail().id)
    assert (told.outcome, told.rows_in) == ("refused", 0)
    assert bytes_of(keeping, jail().id) == [MAINTENANCE]


def test_raw_bytes_are_shown_to_those_who_may_see_all_and_to_nobody_else(plain: Store) -> None:
    look(plain, jail(), 0, page(*TEN))
    with pytest.raises(ViewError) as caught:
        read_raw(plain, jail().id, "public_inquiry")
    assert caught.value.code == "EYRE-511"


def test_a_refused_delivery_is_taken_once_its_manifest_is_mended(keeping: Store) -> None:
    wrong = jail(identity_keys=["NUMBER"], fields={"NUMBER": {"to": "booking.booking_number"}})
    with pytest.raises(SourceError):
        look(keeping, wrong, 0, page(*TEN))
    assert raw_deliveries(keeping, wrong.id)[0].outcome == "refused"
    again = reparse(keeping, jail(), MODEL)
    assert (again.known, again.rows_in, again.changed, again.as_of) == (False, 10, 10, NOON)
    assert len(believed(keeping, jail())) == 10
    (told,) = raw_deliveries(keeping, jail().id)
    assert (told.outcome, told.accepted, told.received_at) == ("committed", 10, NOON + timedelta(seconds=1))
    assert reparse(keeping, jail(), MODEL).known


def test_refused_messages_and_files_are_taken_once_their_manifest_is_mended(plain: Store) -> None:
    wrong = jail("inv_a", identity_keys=["NUMBER"], fields={"NUMBER": {"to": "booking.booking_number"}})
    with pytest.raises(SourceError):
        import_delivery(plain, wrong, Received(page(*TEN), NOON, NOON), MODEL)
    assert reparse(plain, jail("inv_a"), MODEL).changed == 10
    with pytest.raises(SourceError):
        take_messages(plain, pushing("inv_b", "NUMBER"), Messages(MESSAGES, NOON, NOON), MODEL)
    assert reparse(plain, pushing("inv_b"), MODEL).changed == 2
    assert {each.outcome for each in raw_deliveries(plain, "inv_b")} == {"committed"}


def test_what_cannot_be_kept_is_not_taken_and_is_taken_when_there_is_room(
    plain: Store, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    look(plain, jail(), 0, page(*TEN))
    tables = ["record", "delivery", "delivery_blob", "look", "roster", "run", "event", "issue"]
    before = contents(owner_url, tables)
    with full_disk(monkeypatch), pytest.raises(NoRoomError, match="No space left") as caught:
        look(plain, jail(), 1, page(*TEN[1:]))
    assert caught.value.code == "EYRE-211"
    assert caught.value.remedy
    with full_disk(monkeypatch), pytest.raises(NoRoomError):
        import_delivery(plain, jail("inv_b"), Received(page(*TEN[1:3]), NOON, NOON), MODEL)
    assert contents(owner_url, tables) == before
    assert files(plain) == 1
    assert look(plain, jail(), 1, page(*TEN[1:])).gone == 1
    assert files(plain) == 2


@contextmanager
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is synced finds no room, as on a full disk that had promised some."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        yield


KILLED_BEFORE_IT_IS_NAMED = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
import eyre.service.take_snapshot as taking
from eyre.store.blobs.blob_files import Blobs
from eyre.store.open_store import StoreSettings, open_store
from tests.service.rosters import jail, look, page, row


def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)


taking.commit_delivery = die
store = open_store(StoreSettings(sys.argv[1], blobs=Blobs(Path(sys.argv[2]))))
look(store, jail(), 0, page(*[row(number) for number in range(10)]))
"""


def test_a_worker_that_is_killed_leaves_a_blob_that_nobody_names(plain: Store, owner_url: str) -> None:
    assert plain.blobs is not None
    arguments = [owner_url, str(plain.blobs.directory)]
    died = subprocess.run([sys.executable, "-c", KILLED_BEFORE_IT_IS_NAMED, *arguments], check=False, cwd=ROOT)
    assert died.returncode == -9
    assert files(plain) == 1
    assert raw_deliveries(plain, jail().id) == ()
    look(plain, jail(), 1, page(*TEN[1:]))
    with plain.writer.connection() as writer:
        assert sweep_blobs(writer, plain.blobs, now=datetime.now(UTC) + 2 * AGE).unnamed == 1
    assert bytes_of(plain, jail().id) == [page(*TEN[1:])]


def test_a_purge_takes_the_raw_bytes_of_every_delivery_in_which_the_record_stood(keeping: Store) -> None:
    manifest = jail()
    bodies = [page(*TEN[1:]), page(*TEN), page(*TEN, row(10)), page(*TEN[1:], row(10)), page(*TEN[1:])]
    for step, body in enumerate(bodies):
        look(keeping, manifest, step, body)
    with pytest.raises(SourceError):
        look(keeping, manifest, 5, MAINTENANCE)
    assert erase(keeping, manifest, 0) == 3
    assert [each.as_of for each in raw_deliveries(keeping, manifest.id)] == [NOON + QUARTER * n for n in (4, 3, 0)]
    for step in (0, 3, 4):
        assert b"B00000" not in bytes_of(keeping, manifest.id, NOON + QUARTER * step)[0]
    assert files(keeping) == 2


def test_bytes_of_a_purged_record_that_come_again_are_not_kept(keeping: Store, owner_url: str) -> None:
    manifest = jail()
    look(keeping, manifest, 0, page(*TEN))
    assert erase(keeping, manifest, 0) == 1
    assert files(keeping) == 0
    look(keeping, manifest, 0, page(*TEN))
    look(keeping, manifest, 1, page(*TEN, row(10)))
    look(keeping, manifest, 2, page(*TEN, row(10), row(11)))
    look(keeping, manifest, 3, page(row(0, DOB="torn"), *TEN[1:]))
    small = page(TEN[0], TEN[1])
    import_delivery(keeping, manifest, Received(small, NOON + 4 * QUARTER, NOON), MODEL)
    assert raw_deliveries(keeping, manifest.id) == ()
    assert files(keeping) == 0
    look(keeping, manifest, 5, page(*TEN[1:]))
    assert bytes_of(keeping, manifest.id) == [page(*TEN[1:])]
    assert all(b"B00000" not in str(each).encode() for each in everything(keeping).values())


def test_other_files_go_from_when_the_record_was_first_told(plain: Store) -> None:
    manifest = jail("inv_court")
    bodies = [page(*TEN[1:]), page(*TEN), page(*TEN[1:])]
    for step, body in enumerate(bodies):
        at = NOON + QUARTER * step
        import_delivery(plain, manifest, Received(body + b"\n" * step, at, at), MODEL)
    assert erase(plain, manifest, 0) == 2
    assert [each.as_of for each in raw_deliveries(plain, manifest.id)] == [NOON]


def test_the_same_bytes_of_another_source_go_too(plain: Store) -> None:
    for name in ("inv_a", "inv_b"):
        look(plain, jail(name), 0, page(*TEN))
    assert erase(plain, jail("inv_a"), 0) == 2
    assert files(plain) == 0


def test_a_purge_is_refused_where_kept_bytes_cannot_be_reached(plain: Store) -> None:
    look(plain, jail(), 0, page(*TEN))
    with pytest.raises(StoreError) as caught:
        erase(replace(plain, blobs=None), jail(), 0)
    assert caught.value.code == "EYRE-213"
    assert erase(plain, jail(), 0) == 1


def test_without_a_directory_nothing_is_kept_and_nothing_else_changes(store: Store) -> None:
    look(store, jail(), 0, page(*TEN))
    assert raw_deliveries(store, jail().id) == ()
    assert erase(store, jail(), 0) == 0


def torn(number: int) -> str:
    """A row whose key can be told and nothing else."""
    return row(number, DOB="torn")


@pytest.mark.parametrize("seed", range(12))
def test_whatever_came_in_whatever_order_no_raw_byte_of_a_purged_record_is_left(plain: Store, seed: int) -> None:
    """Law L2 for what is kept raw: rows stand, go, come back, are torn, come late, before and after the purge."""
    draw = Random(seed)
    manifest = jail()

    def deliver(steps: list[int]) -> None:
        for step in steps:
            own = draw.choice([[TEN[0]], [row(0, BOND=f"{step}.00")], [torn(0)], [], [], [row(0, LAST="OTHER")]])
            body = page(*own, *TEN[1 : draw.randrange(7, 10)])
            with suppress(SourceError):
                if draw.random() < 0.2:
                    at = NOON + QUARTER * step
                    import_delivery(plain, manifest, Received(BytesIO(body), at, at + QUARTER), MODEL)
                else:
                    look(plain, manifest, step, draw.choice([body] * 5 + [MAINTENANCE + body]))

    look(plain, manifest, 0, page(*TEN))
    deliver(draw.sample(range(1, 9), 8))
    assert erase(plain, manifest, 0) > 0
    deliver(draw.sample(range(5, 13), 6))
    assert plain.blobs is not None
    with plain.writer.connection() as writer:
        left = kept_deliveries(writer, manifest.id)
    assert left
    for each in left:
        with plain.blobs.read(each.pages[0]) as file:
            assert each.outcome == "refused" or b"B00000" not in file.read()
    assert files(plain) == len({each.pages[0].sha256 for each in left})


def test_a_row_that_was_set_aside_before_the_record_was_ever_taken_goes_too(plain: Store) -> None:
    manifest = jail()
    for step, first in enumerate((torn(0), row(0))):
        look(plain, manifest, step, page(first, *TEN[1:]))
    assert erase(plain, manifest, 0) == 2
    assert files(plain) == 0
