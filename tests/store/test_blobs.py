"""Raw deliveries on disk: whole or not there, each content once, proven when read, sealed where there is a key."""

import errno
import os
import resource
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eyre.errors import ConfigError
from eyre.model.record import RecordClass
from eyre.store.blobs.blob_error import BlobError, NoRoomError
from eyre.store.blobs.blob_files import Blob, Blobs, blob_of
from eyre.store.blobs.blob_key import read_blob_key
from eyre.store.blobs.sweep_blobs import AGE, Swept, sweep_blobs
from eyre.store.commit_delivery import Delivered, commit_delivery
from eyre.store.delivery_blobs import kept_deliveries
from eyre.store.open_store import Store
from eyre.store.purge_record import purge_record
from tests.store.town import JAIL, Town, delivery, register, said

ROOT = Path(__file__).parents[2]
KEY, OTHER = bytes(range(32)), bytes(32)
PAGE = b"BOOKING,LAST,FIRST\n" + b"B00001,SURNAME,ALEX\n" * 1000
NOW = datetime.now(UTC)


@pytest.fixture(params=[None, KEY], ids=["plain", "sealed"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs", request.param)


def held(blobs: Blobs) -> list[Path]:
    return sorted(path for path in blobs.directory.rglob("*") if path.is_file())


def test_what_is_kept_is_read_back_and_kept_once(blobs: Blobs) -> None:
    blob = blobs.keep(PAGE)
    assert blob == blobs.keep(BytesIO(PAGE)) == blob_of(PAGE)
    assert held(blobs) == [blobs.path_of(blob.sha256)]
    assert blobs.path_of(blob.sha256).stat().st_size < len(PAGE) / 20
    with blobs.read(blob) as file:
        assert file.read() == PAGE
    assert {path.stat().st_mode & 0o077 for path in blobs.directory.rglob("*")} == {0}


@given(st.binary(max_size=3000), st.booleans())
def test_any_bytes_come_back(tmp_path_factory: pytest.TempPathFactory, content: bytes, sealed: bool) -> None:
    blobs = Blobs(tmp_path_factory.mktemp("blobs"), KEY if sealed else None)
    with blobs.read(blobs.keep(content)) as file:
        assert file.read() == content


def test_what_is_larger_than_memory_is_to_hold_comes_back(blobs: Blobs) -> None:
    large = os.urandom(1 << 20) * 20
    with blobs.read(blobs.keep(BytesIO(large))) as file:
        assert file.read() == large


def test_the_place_in_a_file_is_as_before(blobs: Blobs) -> None:
    content = BytesIO(b"xx" + PAGE)
    content.seek(2)
    assert blobs.keep(content) == blob_of(PAGE)
    assert content.tell() == 2


def test_a_file_that_is_written_to_meanwhile_is_not_kept(blobs: Blobs) -> None:
    with pytest.raises(BlobError, match="written to"):
        blobs.keep(BytesIO(PAGE), blob_of(PAGE + b"more"))
    assert held(blobs) == []


@pytest.mark.parametrize("spoil", ["first", "middle", "last", "cut", "longer"])
def test_a_damaged_blob_is_never_given(blobs: Blobs, spoil: str) -> None:
    blob = blobs.keep(os.urandom(5000))
    path = blobs.path_of(blob.sha256)
    body = bytearray(path.read_bytes())
    if spoil == "cut":
        del body[-20:]
    elif spoil == "longer" and blobs.key is not None:
        body += b"\0"
    else:
        body[{"first": 0, "middle": len(body) // 2, "last": -30, "longer": 8}[spoil]] ^= 1
    path.write_bytes(body)
    with pytest.raises(BlobError, match="damaged"):
        blobs.read(blob)


def test_no_blob_can_stand_in_another_one_s_place(blobs: Blobs) -> None:
    one, other = blobs.keep(b"one"), blobs.keep(b"two")
    os.replace(blobs.path_of(other.sha256), blobs.path_of(one.sha256))
    with pytest.raises(BlobError, match="damaged"):
        blobs.read(one)


def test_a_blob_that_expands_beyond_what_was_noted_is_refused(blobs: Blobs) -> None:
    blob = blobs.keep(bytes(50 << 20))
    with pytest.raises(BlobError, match="damaged"):
        blobs.read(Blob(blob.sha256, 1000))


def test_a_blob_that_is_gone_is_told(blobs: Blobs) -> None:
    with pytest.raises(BlobError, match="cannot be read: No such file"):
        blobs.read(blob_of(PAGE))


def test_a_link_in_a_blob_s_place_is_not_followed(blobs: Blobs, tmp_path: Path) -> None:
    blob = blobs.keep(PAGE)
    path = blobs.path_of(blob.sha256)
    elsewhere = tmp_path / "elsewhere"
    os.replace(path, elsewhere)
    path.symlink_to(elsewhere)
    with pytest.raises(BlobError, match="cannot be read"):
        blobs.read(blob)
    before = elsewhere.read_bytes()
    blobs.keep(PAGE)
    assert not path.is_symlink()
    assert elsewhere.read_bytes() == before


@pytest.mark.parametrize("name", [b"", b"../../etc", b"x" * 31, b"x" * 33])
def test_only_a_hash_makes_a_path(tmp_path: Path, name: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Blobs(tmp_path).path_of(name)


def test_sealed_bytes_need_their_key(tmp_path: Path) -> None:
    blob = Blobs(tmp_path, KEY).keep(PAGE)
    assert b"SURNAME" not in Blobs(tmp_path).path_of(blob.sha256).read_bytes()
    with pytest.raises(BlobError, match="there is no key"):
        Blobs(tmp_path).read(blob)
    with pytest.raises(BlobError, match="another key"):
        Blobs(tmp_path, OTHER).read(blob)
    assert KEY.hex() not in repr(Blobs(tmp_path, KEY))
    assert repr(KEY) not in repr(Blobs(tmp_path, KEY))


def test_what_was_kept_before_there_was_a_key_is_still_read(tmp_path: Path) -> None:
    blob = Blobs(tmp_path).keep(PAGE)
    with Blobs(tmp_path, KEY).read(blob) as file:
        assert file.read() == PAGE


def test_the_same_bytes_are_sealed_otherwise_each_time(tmp_path: Path) -> None:
    written = []
    for name in ("a", "b"):
        blobs = Blobs(tmp_path / name, KEY)
        written.append(blobs.path_of(blobs.keep(PAGE).sha256).read_bytes())
    assert written[0] != written[1]


@pytest.mark.parametrize("written", [KEY, KEY.hex().encode(), KEY.hex().upper().encode() + b"\n"])
def test_a_key_is_read_raw_or_as_hex_digits(tmp_path: Path, written: bytes) -> None:
    (tmp_path / "key").write_bytes(written)
    assert read_blob_key(tmp_path / "key") == KEY


@pytest.mark.parametrize("written", [b"", b"short", b"g" * 64, KEY + b"\0", b"ab" * 31, None])
def test_a_file_that_holds_no_key_is_refused_and_not_shown(tmp_path: Path, written: bytes | None) -> None:
    if written is not None:
        (tmp_path / "key").write_bytes(written)
    with pytest.raises(ConfigError, match="key file") as caught:
        read_blob_key(tmp_path / "key")
    assert caught.value.code == "EYRE-121"
    assert not written or written.hex() not in str(caught.value)


def test_where_there_is_no_room_nothing_is_left(blobs: Blobs) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    noise = os.urandom(1 << 20)
    try:
        with pytest.raises(NoRoomError, match="not taken") as caught:
            blobs.keep(noise)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    assert os.strerror(errno.EFBIG) in str(caught.value)
    assert held(blobs) == []
    with blobs.read(blobs.keep(noise)) as file:
        assert file.read() == noise


def test_a_directory_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NoRoomError, match="cannot be kept"):
        Blobs(tmp_path / "file" / "blobs").keep(PAGE)


WRITER = """
import os, sys
from pathlib import Path
from eyre.store.blobs.blob_files import Blobs
blobs = Blobs(Path(sys.argv[1]), bytes(range(32)) if sys.argv[2] else None)
print("ready", flush=True)
while True:
    blobs.keep(os.urandom(300_000))
"""


@pytest.mark.parametrize("wait", [0.0, 0.013, 0.037, 0.081])
def test_a_process_that_is_killed_leaves_whole_blobs_and_what_is_swept(blobs: Blobs, store: Store, wait: float) -> None:
    arguments = [str(blobs.directory), "yes" if blobs.key else ""]
    running = subprocess.Popen([sys.executable, "-c", WRITER, *arguments], cwd=ROOT, stdout=subprocess.PIPE)
    assert running.stdout is not None
    running.stdout.readline()
    while not held(blobs):
        time.sleep(0.001)
    time.sleep(wait)
    running.kill()
    running.wait()
    running.stdout.close()
    whole = [path for path in held(blobs) if path.parent.name != "new"]
    for path in whole:
        with blobs.read(Blob(bytes.fromhex(path.name), 300_000)):
            pass
    with store.writer.connection() as writer:
        swept = sweep_blobs(writer, blobs, now=datetime.now(UTC) + AGE + timedelta(minutes=1))
    assert swept.unnamed == len(whole)
    assert held(blobs) == []


def test_what_is_young_is_not_swept(blobs: Blobs, store: Store) -> None:
    blob = blobs.keep(PAGE)
    (blobs.directory / "new" / "draft").write_bytes(b"half")
    with store.writer.connection() as writer:
        assert sweep_blobs(writer, blobs, now=datetime.now(UTC) + AGE - timedelta(minutes=1)) == Swept(0, 0)
    old = (NOW - 2 * AGE).timestamp()
    os.utime(blobs.path_of(blob.sha256), (old, old))
    blobs.keep(PAGE)  # found again, so somebody is about to name it
    with store.writer.connection() as writer:
        assert sweep_blobs(writer, blobs, now=NOW) == Swept(0, 0)


def test_other_files_in_the_directory_are_left_alone(blobs: Blobs, store: Store) -> None:
    strange = blobs.directory / "ab" / "cd"
    strange.mkdir(parents=True)
    for name in ("README", "ab" * 32 + ".part"):
        (strange / name).write_text("mine")
    with store.writer.connection() as writer:
        sweep_blobs(writer, blobs, now=NOW + 9 * AGE)
    assert len(held(blobs)) == 2


@pytest.mark.parametrize("rows", [1, 300])
@pytest.mark.parametrize("length", [100, 1_000_000])
def test_a_delivery_names_its_blobs_or_none(town: Town, tmp_path: Path, rows: int, length: int) -> None:
    blobs = Blobs(tmp_path)
    pages = (blobs.keep(b"one"), blobs.keep(b"two"))
    first, again = (replace(delivery(JAIL, hour), blobs=pages, length=length) for hour in (0, 1))
    with town.store.writer.connection() as writer:
        register(writer, JAIL, "terms/jail", RecordClass.CUSTODY)
        records = [said(f"k{number}") for number in range(rows)]
        assert commit_delivery(writer, first, Delivered(records), record_key=town.store.record_key).kept
        assert [each.pages for each in kept_deliveries(writer, JAIL)] == [pages]
        writer.commit()
        purged = purge_record(writer, town.id_of("k0"), purged_at=NOW)
        assert (purged.deliveries, purged.blobs) == (1, frozenset(each.sha256 for each in pages))
        assert not commit_delivery(writer, again, Delivered(records), record_key=town.store.record_key).kept
        assert kept_deliveries(writer, JAIL) == []
