"""A source that is asked by SFTP, by a real server."""

import asyncio
import gc
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BufferedRandom, BufferedReader, FileIO
from pathlib import Path

import asyncssh
import pytest

from eyre.circuit.ride_source import RideEnd
from eyre.sources.transports.fetch_sftp import SftpKeys
from eyre.store.open_store import Store
from tests.circuit.riding import circuit
from tests.service.rosters import jail, page, row

TEN = [row(number) for number in range(10)]


@dataclass
class Server:
    port: int
    folder: Path
    keys: SftpKeys


class _Anybody(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        return False


class _HangsAtStat(asyncssh.SFTPServer):
    async def stat(self, path: bytes) -> asyncssh.SFTPAttrs:
        await asyncio.sleep(3600)
        raise AssertionError


class _HangsAtRead(asyncssh.SFTPServer):
    async def read(self, file_obj: object, offset: int, size: int) -> bytes:
        assert isinstance(file_obj, BufferedReader | BufferedRandom | FileIO)
        file_obj.close()
        await asyncio.sleep(3600)
        raise AssertionError


@contextmanager
def serving(folder: Path, files: type[asyncssh.SFTPServer] = asyncssh.SFTPServer) -> Iterator[Server]:
    served = folder / "served"
    served.mkdir()
    host_key = asyncssh.generate_private_key("ssh-ed25519")
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def start() -> asyncssh.SSHAcceptor:
        factory = lambda channel: files(channel, chroot=str(served).encode())  # noqa: E731
        return await asyncssh.listen(
            "127.0.0.1", 0, server_factory=_Anybody, server_host_keys=[host_key], sftp_factory=factory
        )

    acceptor = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    port = acceptor.get_port()
    known = folder / "known_hosts"
    known.write_text(f"[127.0.0.1]:{port} {host_key.export_public_key().decode()}", encoding="utf-8")
    try:
        yield Server(port, served, SftpKeys(known))
    finally:

        async def stop() -> None:
            acceptor.close()
            await acceptor.wait_closed()

        asyncio.run_coroutine_threadsafe(stop(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path) as running:
        yield running


def test_a_file_is_asked_for_and_left_when_it_did_not_change(store: Store, server: Server) -> None:
    (server.folder / "roster.csv").write_bytes(page(*TEN))
    poll = {"min_seconds": 900, "max_seconds": 900}
    manifest = jail(fetch={"url": f"sftp://eyre@127.0.0.1:{server.port}/roster.csv"}, poll=poll)
    with circuit(store, manifest) as riding:
        riding.tools = replace(riding.tools, sftp_keys=server.keys)
        (first,) = riding.ride()
        assert (first.end, first.taken[0].rows) == (RideEnd.CHANGED, 10)
        (same,) = riding.after()
        assert (same.end, same.bytes_read) == (RideEnd.SAME, 0)
        (server.folder / "roster.csv").unlink()
        assert riding.after()[0].trouble.startswith("not-found")


@pytest.mark.parametrize("files", [_HangsAtStat, _HangsAtRead])
def test_a_server_that_hangs_is_left_when_its_time_is_over(
    store: Store, tmp_path: Path, files: type[asyncssh.SFTPServer], caplog: pytest.LogCaptureFixture
) -> None:
    with serving(tmp_path, files) as hanging, ThreadPoolExecutor(1) as pool:
        (hanging.folder / "roster.csv").write_bytes(page(*TEN))
        fetch = {"url": f"sftp://eyre@127.0.0.1:{hanging.port}/roster.csv", "timeout_seconds": 2.0}
        with circuit(store, jail(fetch=fetch)) as riding:
            riding.tools = replace(riding.tools, sftp_keys=hanging.keys)
            (ridden,) = pool.submit(riding.ride).result(60)
            assert (ridden.end, ridden.trouble) == (RideEnd.TROUBLE, "timed-out: no answer within 2 s")
    gc.collect()  # what nobody waited for is told of when it is thrown away
    assert not [each for each in caplog.records if "never retrieved" in each.getMessage()]


def test_a_server_with_another_key_is_not_talked_to(store: Store, server: Server) -> None:
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode()
    server.keys.known_hosts.write_text(f"[127.0.0.1]:{server.port} {other}", encoding="utf-8")
    manifest = jail(fetch={"url": f"sftp://eyre@127.0.0.1:{server.port}/roster.csv"})
    with circuit(store, manifest) as riding:
        riding.tools = replace(riding.tools, sftp_keys=server.keys)
        assert riding.ride()[0].trouble.startswith("bad-host-key")
