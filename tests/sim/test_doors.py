"""SFTP, dropped files, pushed messages and outages, over real sockets and files."""

import asyncio
import contextlib
import http.client
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from eyre.model.record import Operation, Record
from eyre.model.release_signal import ReleaseSignal
from eyre.sim.faults.fault import NO_FAULTS, FaultCalendar, FaultKind
from eyre.sim.faults.fault import Fault as OneFault
from eyre.sim.faults.strike import Struck
from eyre.sim.feeds.feed import Door, Feed, Posting, Wire
from eyre.sim.feeds.feed_of import feeds_of
from eyre.sim.feeds.manifest_of import manifest_of
from eyre.sim.feeds.messages import Messages
from eyre.sim.feeds.posting import instant, microseconds
from eyre.sim.feeds.press import Part, Press
from eyre.sim.serve import push
from eyre.sim.serve.run import Served, serve
from eyre.sim.serve.setup import Setup
from eyre.sim.serve.sim_clock import SimClock
from eyre.sim.world import NEVER
from eyre.sources.outcome import Accepted
from eyre.sources.parse_delivery import parse_delivery
from tests.sim.asking import ask
from tests.sim.small_world import BEGINS, small_world

WORLD = small_world(jails=60, size=40)
FEEDS = feeds_of(WORLD, seed=3)
AT = BEGINS + timedelta(days=9, hours=7, minutes=13)
PUSHING = next(feed for feed in FEEDS if feed.wire is Wire.NIEM)


@asynccontextmanager
async def client(served: Served) -> AsyncIterator[asyncssh.SFTPClient]:
    door = served.sftp
    assert door is not None
    known = asyncssh.import_known_hosts(door.known_host)
    connection = await asyncssh.connect(
        "127.0.0.1", door.port, username=door.user, password=door.password, known_hosts=known, config=None
    )
    try:
        yield await connection.start_sftp_client()
    finally:
        connection.abort()  # a polite end would wait for an answer that may never come


def contents(read: bytes | str) -> bytes:
    assert isinstance(read, bytes)
    return read


def test_files_are_had_by_sftp_as_they_are_posted() -> None:
    feeds = [feed for feed in FEEDS if feed.door is Door.SFTP]

    async def run() -> None:
        async with serve(WORLD, feeds, SimClock(AT)) as served, client(served) as sftp:
            assert set(await sftp.listdir("/")) == {feed.slug for feed in feeds}
            for feed in feeds:
                told = Press(WORLD, feed).render(AT)
                async with sftp.open(feed.path, "rb") as file:
                    assert contents(await file.read()) == told.body
                seen = await sftp.stat(feed.path)
                assert (seen.size, seen.mtime) == (len(told.body), int(told.edition.modified.timestamp()))
                full = "full-" + feed.file in await sftp.listdir(f"/{feed.slug}")
                assert full is (feed.release is ReleaseSignal.DELTA_FILE)
            whole = next(feed for feed in feeds if feed.release is ReleaseSignal.DELTA_FILE)
            async with sftp.open(f"/{whole.slug}/full-{whole.file}", "rb") as file:
                assert contents(await file.read()) == Press(WORLD, whole).render(AT, Part(whole=True)).body

    asyncio.run(run())


def test_an_empty_file_is_had_by_sftp_as_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    feed = next(feed for feed in FEEDS if feed.door is Door.SFTP)

    async def run() -> None:
        async with serve(WORLD, [feed], SimClock(AT)) as served, client(served) as sftp:
            empty = replace(served.presses[feed.slug].render(AT, Part()), body=b"")
            monkeypatch.setattr(Struck, "render", lambda *_: empty)
            async with sftp.open(feed.path, "rb") as file:
                assert contents(await file.read()) == b""

    asyncio.run(run())


def test_nothing_else_can_be_done_by_sftp(tmp_path: Path) -> None:
    feeds = [feed for feed in FEEDS if feed.door is Door.SFTP][:1]

    async def run() -> None:
        async with serve(WORLD, feeds, SimClock(AT)) as served, client(served) as sftp:
            for attempt in (
                sftp.remove(feeds[0].path),
                sftp.mkdir("/new"),
                sftp.rename(feeds[0].path, "/other"),
                sftp.open("/written", "wb"),
                sftp.chmod(feeds[0].path, 0o777),
            ):
                with pytest.raises(asyncssh.SFTPPermissionDenied):
                    await attempt
            for path in ("/etc/passwd", "/../../etc/passwd", f"/{feeds[0].slug}/other", str(tmp_path)):
                with pytest.raises(asyncssh.SFTPNoSuchFile):
                    await sftp.open(path, "rb")

    asyncio.run(run())


def test_who_has_the_key_or_the_password_is_let_in_and_nobody_else() -> None:
    async def tried(served: Served, **given: Any) -> None:
        door = served.sftp
        assert door is not None
        known = asyncssh.import_known_hosts(door.known_host)
        options = {"username": door.user, "known_hosts": known, "config": None, "agent_path": None, "client_keys": None}
        connection = await asyncssh.connect("127.0.0.1", door.port, **{**options, **given})
        connection.abort()

    async def run() -> None:
        async with serve(WORLD, FEEDS[:1], SimClock(AT)) as served:
            assert served.sftp is not None
            key = asyncssh.import_private_key(served.sftp.client_key)
            await tried(served, client_keys=[key])
            await tried(served, password=served.sftp.password)
            for wrong in ({"password": "wrong"}, {"client_keys": [asyncssh.generate_private_key("ssh-ed25519")]}):
                with pytest.raises(asyncssh.PermissionDenied):
                    await tried(served, **wrong)
            with pytest.raises(asyncssh.PermissionDenied):
                await tried(served, username="other", client_keys=[key])

    asyncio.run(run())


def test_files_are_dropped_at_each_posting(tmp_path: Path) -> None:
    feeds = [feed for feed in FEEDS if feed.door is Door.FOLDER]
    assert {feed.renames for feed in feeds} == {True, False}

    async def run() -> None:
        clock = SimClock(AT)
        async with serve(WORLD, feeds, clock, Setup(folder=tmp_path)) as served:
            await served.catch_up()
            before = {feed.slug: list((tmp_path / feed.slug).iterdir()) for feed in feeds}
            clock.advance(timedelta(hours=3))
            await served.catch_up()
            await served.catch_up()
            for feed in feeds:
                assert served.address(feed) == (tmp_path / feed.slug).as_uri()
                files = sorted((tmp_path / feed.slug).iterdir(), key=lambda file: (file.name[:5] != "full-", file))
                modified = datetime.fromtimestamp(files[-1].stat().st_mtime, UTC)
                assert modified == datetime.strptime(files[-1].stem[-16:], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
                assert len(before[feed.slug]) == 1 + (feed.release is ReleaseSignal.DELTA_FILE)
                posted = len(files) - len(before[feed.slug])
                assert posted == {Posting.QUARTER: 12, Posting.HOURLY: 3}.get(feed.posting, posted) or posted <= 1
                assert files[-1].read_bytes() == Press(WORLD, feed).render(clock()).body

    asyncio.run(run())


class Listener:
    """Takes pushed messages; answers the first request for each with 503 where `refuses` says so."""

    def __init__(self, refuses: int = 0) -> None:
        self.bodies: list[bytes] = []
        self.paths: set[str] = set()
        self.tokens: set[str] = set()
        self.refuses = refuses

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                size = next(int(line.split(":")[1]) for line in head.split("\r\n") if line.startswith("Content-Length"))
                body = await reader.readexactly(size)
                self.paths.add(head.split(" ")[1])
                self.tokens |= {line.split(": ")[1] for line in head.split("\r\n") if line.startswith("Authorization")}
                if self.refuses:
                    self.refuses -= 1
                    writer.write(b"HTTP/1.1 503 Later\r\nContent-Length: 0\r\n\r\n")
                else:
                    self.bodies.append(body)
                    writer.write(b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")
        writer.close()


def pushed(setup: Setup, hours: int, refuses: int = 0) -> tuple[list[Record], Served]:
    async def run() -> tuple[Listener, Served]:
        listener, clock = Listener(refuses), SimClock(AT)
        server = await asyncio.start_server(listener.take, "127.0.0.1", 0)
        to = push.Listener(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/in/{{slug}}", "a token")
        async with serve(WORLD, [PUSHING], clock, replace(setup, push_to=to)) as served:
            for _ in range(hours):
                clock.advance(timedelta(hours=1))
                await served.catch_up()
        server.close()
        assert listener.paths <= {f"/in/{PUSHING.slug}"}
        return listener, served

    listener, served = asyncio.run(run())
    records = []
    for body in listener.bodies:
        first, _ = parse_delivery(manifest_of(PUSHING), body, as_of=AT)
        assert isinstance(first, Accepted)
        records.append(first.record)
    return records, served


def test_a_place_that_begins_to_push_first_tells_whom_it_has() -> None:
    listener = Listener()

    async def run() -> None:
        server = await asyncio.start_server(listener.take, "127.0.0.1", 0)
        to = push.Listener(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/{{slug}}", "a token")
        async with serve(WORLD, [PUSHING], SimClock(AT)) as served:
            await served.introduce()
            assert not listener.bodies
            served.begin_pushing(to)
            await served.introduce()
            await served.catch_up()
            assert served.pushed.taken == 1
        server.close()

    asyncio.run(run())
    (body,) = listener.bodies
    told = [each.record for each in parse_delivery(manifest_of(PUSHING), body, as_of=AT) if isinstance(each, Accepted)]
    stays, rows = WORLD.stays, WORLD.rows_of(WORLD.stays, PUSHING.publisher.facility)
    at = microseconds(AT)
    held = (stays.booked[rows] <= at) & (stays.released[rows] > at) & (stays.sealed[rows] > at)
    assert {record.booking.booking_number for record in told if record.booking} == set(stays.booking_number[rows][held])
    assert listener.paths == {f"/{PUSHING.slug}"}
    assert listener.tokens == {"Bearer a token"}


def test_messages_are_pushed_and_tell_what_happened() -> None:
    records, served = pushed(Setup(), 72)
    first, last = microseconds(AT), microseconds(AT + timedelta(hours=72))
    rows = WORLD.rows_of(WORLD.stays, PUSHING.publisher.facility)
    stays = WORLD.stays
    booked, released, sealed = stays.booked[rows], stays.released[rows], stays.sealed[rows]
    numbers = stays.booking_number[rows]
    told = {record.booking.booking_number for record in records if record.booking}
    out = {record.booking.booking_number for record in records if record.booking and record.booking.released_at}
    assert told >= set(numbers[(booked > first) & (booked <= last) & (booked < sealed)])
    assert out == set(numbers[(released > first) & (released <= last) & (released < sealed)])
    withdrawn = [record for record in records if record.operation is Operation.DELETE]
    assert len(withdrawn) == ((sealed > first) & (sealed <= last)).sum()
    assert len(out) > 3
    assert [record.as_of for record in records] == sorted(record.as_of for record in records)
    assert served.pushed.taken == served.pushed.attempts == len(records)


def test_a_message_not_taken_is_sent_again() -> None:
    sound, _ = pushed(Setup(), 24)
    records, served = pushed(Setup(), 24, refuses=3)
    assert records == sound
    assert (served.pushed.taken, served.pushed.given_up) == (len(sound), 0)
    assert served.pushed.attempts == len(sound) + 3


def test_messages_come_twice_and_late() -> None:
    sound, _ = pushed(Setup(), 48)
    twice, _ = pushed(Setup(faults=replace(NO_FAULTS, duplicated=0.3)), 48)
    late, _ = pushed(Setup(faults=replace(NO_FAULTS, disordered=0.3)), 48)
    counts = Counter((record.key, record.as_of) for record in twice)
    assert max(counts.values()) == 2
    assert set(counts) >= {(record.key, record.as_of) for record in sound}
    assert [record.as_of for record in late] != sorted(record.as_of for record in late)


def test_messages_wait_for_the_end_of_an_outage() -> None:
    down = replace(NO_FAULTS, short_outage=3.0)
    records, _ = pushed(Setup(faults=down), 72)
    sound, _ = pushed(Setup(), 72)
    told = {(record.key, record.as_of) for record in records}
    assert len(told - {(record.key, record.as_of) for record in sound}) <= 5
    assert len(told) > len(sound) - 10


def test_the_messages_of_a_feed_are_the_same_each_time() -> None:
    first, second = Messages(Press(WORLD, PUSHING)), Messages(Press(WORLD, PUSHING))
    assert len(first.at) > 20
    for row, at in list(zip(first.row.tolist(), first.at.tolist(), strict=True))[:20]:
        assert first.message(row, at) == second.message(row, at)
        assert at < NEVER
        assert instant(at) > BEGINS - timedelta(days=21)


def test_only_a_feed_that_pushes_has_messages() -> None:
    with pytest.raises(TypeError, match="NIEM"):
        Messages(Press(WORLD, next(feed for feed in FEEDS if feed.wire is Wire.CRIMESTAR)))


@pytest.mark.parametrize("kind", [FaultKind.RESET, FaultKind.UNAVAILABLE, FaultKind.TIMEOUT])
def test_an_outage_is_met_on_the_web_and_by_sftp(kind: FaultKind) -> None:
    web = next(feed for feed in FEEDS if feed.door is Door.HTTP)
    files = next(feed for feed in FEEDS if feed.door is Door.SFTP)
    fault = OneFault(kind, microseconds(AT) - 1, microseconds(AT) + 60_000_000)

    async def by_web(served: Served, feed: Feed) -> int:
        try:
            return (await asyncio.wait_for(asyncio.to_thread(ask, served.address(feed)), 10)).status
        except (http.client.RemoteDisconnected, ConnectionResetError):
            return -1
        except TimeoutError:
            return -2

    async def by_sftp(served: Served, feed: Feed) -> int:
        try:
            async with client(served) as sftp:
                await asyncio.wait_for(sftp.open(feed.path, "rb"), 0.3)
        except (asyncssh.SFTPConnectionLost, asyncssh.ConnectionLost):
            return -1
        except TimeoutError:
            return -2
        except asyncssh.SFTPNoSuchFile:
            return 503
        return 200

    async def run() -> None:
        clock = SimClock(AT)
        async with serve(WORLD, [web, files], clock) as served:
            for press in served.presses.values():
                press.calendar = FaultCalendar((fault,), (fault,))
            met = {FaultKind.RESET: -1, FaultKind.UNAVAILABLE: 503, FaultKind.TIMEOUT: -2}[kind]
            assert await by_sftp(served, files) == met
            if kind is not FaultKind.TIMEOUT:
                assert await by_web(served, web) == met
            clock.advance(timedelta(minutes=2))
            assert await by_web(served, web) == 200
            assert await by_sftp(served, files) == 200

    asyncio.run(run())


def test_servers_keep_up_by_themselves(tmp_path: Path) -> None:
    feed = replace(next(f for f in FEEDS if f.door is Door.FOLDER), posting=Posting.QUARTER, offset=timedelta(0))

    async def run() -> int:
        clock = SimClock(AT)
        async with serve(WORLD, [feed], clock, Setup(folder=tmp_path, keep_up=0.01)):
            await asyncio.sleep(0.1)
            clock.advance(timedelta(minutes=30))
            await asyncio.sleep(0.2)
        return len(list((tmp_path / feed.slug).iterdir()))

    assert asyncio.run(run()) >= 3


def test_what_all_keep_is_bounded() -> None:
    feeds = [replace(feed, limit=None) for feed in FEEDS if feed.door is Door.HTTP][:20]

    async def run() -> None:
        async with serve(WORLD, feeds, SimClock(AT), Setup(most_kept=30_000)) as served:
            bodies = [(await asyncio.to_thread(ask, served.address(feed))).body for feed in feeds]
            assert sum(press.press.kept for press in served.presses.values()) < 60_000
            again = [(await asyncio.to_thread(ask, served.address(feed))).body for feed in feeds]
            assert bodies == again

    asyncio.run(run())
