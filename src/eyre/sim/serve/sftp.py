"""SFTP: each feed's file in a folder of its name, as it is posted at the simulated instant. Nothing can be written."""

import asyncio
import stat
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from time import thread_time
from typing import Any

import asyncssh

from eyre.clock import Clock
from eyre.model.release_signal import ReleaseSignal
from eyre.sim.faults.fault import FaultKind
from eyre.sim.faults.strike import Struck
from eyre.sim.feeds.press import Part
from eyre.sim.serve.wire_http import Cost

USER, PASSWORD = "eyre", "invented"  # of a server that serves invented people to this machine alone
_FULL = "full-"
_GLANCE = 0.05  # seconds between two looks whether who waits in vain has gone
_FOLDER = stat.S_IFDIR | 0o555
_FILE = stat.S_IFREG | 0o444


@dataclass(frozen=True, slots=True)
class SftpDoor:
    """Where the server is. `known_host` is its public key as a line of OpenSSH's `known_hosts`; it lets in by the
    password, and by `client_key`, a private key as OpenSSH text."""

    port: int
    known_host: str
    client_key: str
    user: str = USER
    password: str = PASSWORD


@dataclass(frozen=True)
class Counter:
    """What the server hands out: feeds by slug, at the clock's instant."""

    presses: Mapping[str, Struck]
    clock: Clock
    cost: Cost

    def names(self, path: str) -> list[str]:
        """What stands in a folder. Raises `SFTPNoSuchFile`."""
        slug = path.strip("/")
        if not slug:
            return list(self.presses)
        if slug not in self.presses:
            raise asyncssh.SFTPNoSuchFile("no such folder")
        feed = self.presses[slug].feed
        return [feed.file, _FULL + feed.file] if feed.release is ReleaseSignal.DELTA_FILE else [feed.file]

    def look(self, path: str) -> tuple[bytes, datetime]:
        """A file's bytes, and since when they are the same. Raises `SFTPNoSuchFile`."""
        begun = thread_time()
        slug, _, name = path.strip("/").partition("/")
        if slug not in self.presses or name not in self.names(slug):
            raise asyncssh.SFTPNoSuchFile("no such file")
        told = self.presses[slug].render(self.clock(), Part(whole=name.startswith(_FULL)))
        self.cost.requests += 1
        self.cost.seconds += thread_time() - begun
        return told.body, told.edition.modified

    def fate(self, path: str) -> FaultKind | None:
        """The outage of the feed whose folder it is."""
        press = self.presses.get(path.strip("/").partition("/")[0])
        return None if press is None else press.fate(self.clock())


@dataclass(frozen=True, slots=True)
class _Opened:
    """An open file, empty or not: the library takes what is false for none."""

    body: bytes


class _Guest(asyncssh.SSHServer):
    """Lets in whoever knows the password or has the key; notes the connection among those that are `up`."""

    def __init__(self, up: set[asyncssh.SSHServerConnection], key: asyncssh.SSHKey) -> None:
        self._up, self._key = up, key
        self._connection: asyncssh.SSHServerConnection | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn
        self._up.add(conn)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._connection is not None:
            self._up.discard(self._connection)

    def begin_auth(self, username: str) -> bool:
        return True

    def public_key_auth_supported(self) -> bool:
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        return username == USER and key.public_data == self._key.public_data

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, PASSWORD)


class _Files(asyncssh.SFTPServer):
    """The files of one connection."""

    def __init__(self, counter: Counter, channel: "asyncssh.SSHServerChannel[bytes]") -> None:
        super().__init__(channel)
        self._counter = counter

    async def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> object:
        if pflags & (asyncssh.FXF_WRITE | asyncssh.FXF_APPEND | asyncssh.FXF_CREAT | asyncssh.FXF_TRUNC):
            raise asyncssh.SFTPPermissionDenied("this server only gives")
        await self._meet(path)
        return _Opened(self._counter.look(_text(path))[0])

    async def open56(self, path: bytes, desired_access: int, flags: int, attrs: asyncssh.SFTPAttrs) -> object:
        return await self.open(path, asyncssh.FXF_READ, attrs)

    def read(self, file_obj: object, offset: int, size: int) -> bytes:
        assert isinstance(file_obj, _Opened)  # noqa: S101 - what `open` gave
        return file_obj.body[offset : offset + size]

    def close(self, file_obj: object) -> None:
        """Nothing is to be closed."""

    async def stat(self, path: bytes) -> asyncssh.SFTPAttrs:
        text = _text(path)
        if text.strip("/").count("/") == 0:
            self._counter.names(text)
            return asyncssh.SFTPAttrs(permissions=_FOLDER)
        await self._meet(path)
        body, modified = self._counter.look(text)
        at = int(modified.timestamp())
        return asyncssh.SFTPAttrs(permissions=_FILE, size=len(body), atime=at, mtime=at)

    lstat = stat

    def fstat(self, file_obj: object) -> asyncssh.SFTPAttrs:
        assert isinstance(file_obj, _Opened)  # noqa: S101 - what `open` gave
        return asyncssh.SFTPAttrs(permissions=_FILE, size=len(file_obj.body))

    async def scandir(self, path: bytes) -> AsyncIterator[asyncssh.SFTPName]:
        for name in self._counter.names(_text(path)):
            here = path.rstrip(b"/") + b"/" + name.encode()
            yield asyncssh.SFTPName(name.encode(), attrs=await self.stat(here))

    def realpath(self, path: bytes) -> bytes:
        return b"/" + b"/".join(part for part in path.split(b"/") if part not in (b"", b".", b".."))

    async def _meet(self, path: bytes) -> None:
        """What an outage does to whoever asks."""
        match self._counter.fate(_text(path)):
            case FaultKind.TIMEOUT:
                while not self.channel.is_closing():
                    await asyncio.sleep(_GLANCE)
            case FaultKind.RESET:
                self.channel.get_connection().abort()
            case FaultKind.UNAVAILABLE:
                raise asyncssh.SFTPNoSuchFile("no such file")


def _refused(*_: Any, **__: Any) -> Any:
    raise asyncssh.SFTPPermissionDenied("this server only gives")


for _name in (  # what the base class would do to this machine's own files
    "write", "setstat", "lsetstat", "fsetstat", "remove", "mkdir", "rmdir", "rename", "posix_rename", "readlink",
    "symlink", "link", "lock", "unlock", "statvfs", "fstatvfs", "fsync",
):  # fmt: skip
    setattr(_Files, _name, _refused)


@asynccontextmanager
async def listening(counter: Counter, host: str) -> AsyncIterator[SftpDoor]:
    """A server at a port that the system gives, with keys of its own, up while the block runs."""
    up: set[asyncssh.SSHServerConnection] = set()
    key, client = asyncssh.generate_private_key("ssh-ed25519"), asyncssh.generate_private_key("ssh-ed25519")
    server = await asyncssh.listen(
        host,
        0,
        server_factory=partial(_Guest, up, client),
        server_host_keys=[key],
        sftp_factory=partial(_Files, counter),
        allow_scp=False,
    )
    try:
        port = server.get_port()
        known = f"[{host}]:{port} {key.export_public_key().decode().strip()}\n"
        yield SftpDoor(port, known, client.export_private_key().decode())
    finally:
        server.close()
        for connection in list(up):
            connection.abort()
        await server.wait_closed()


def _text(path: bytes) -> str:
    return path.decode("utf-8", errors="replace")
