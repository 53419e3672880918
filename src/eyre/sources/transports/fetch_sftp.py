"""A delivery asked for by SFTP. The server's host key must be known beforehand; there is no trust on first use."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote, urlsplit

import asyncssh

from eyre.sources.fetch_rule import Fetch
from eyre.sources.limits import Limits
from eyre.sources.transports.fetched import Fetched, FetchError, NotChanged, TroubleKind

_PORT = 22


@dataclass(frozen=True, slots=True)
class SftpKeys:
    """Where the keys of known hosts are (`known_hosts` of OpenSSH), and the private key to log in with, if any."""

    known_hosts: Path
    client_key: Path | None = None


def fetch_sftp(fetch: Fetch, limits: Limits, keys: SftpKeys, *, validators: Mapping[str, str]) -> Fetched | NotChanged:
    """The file at `fetch.url`, or that its size and its time are those of `validators`. Raises `FetchError`."""
    try:
        return asyncio.run(asyncio.wait_for(_fetch(fetch, limits, keys, validators), fetch.timeout_seconds))
    except TimeoutError as error:
        raise FetchError(TroubleKind.TIMED_OUT, f"no answer within {fetch.timeout_seconds:g} s") from error
    except asyncssh.HostKeyNotVerifiable as error:
        raise FetchError(
            TroubleKind.BAD_HOST_KEY,
            f"the key of `{fetch.host}` is not the one that is known",
            remedy="ask the publisher, then put its key into the file of known hosts",
        ) from error
    except asyncssh.PermissionDenied as error:
        raise FetchError(TroubleKind.FORBIDDEN, f"`{fetch.host}` does not let us in") from error
    except asyncssh.SFTPNoSuchFile as error:
        raise FetchError(TroubleKind.NOT_FOUND, "there is no such file") from error
    except (asyncssh.Error, OSError) as error:
        raise FetchError(TroubleKind.UNREACHABLE, f"`{fetch.host}` cannot be reached") from error


def _note_stray(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """What a task ended with that nobody waits for. Those of a connection that was left end with it, and say nothing
    that the ride does not."""
    if not isinstance(context.get("exception"), asyncssh.Error):
        loop.default_exception_handler(context)


async def _fetch(fetch: Fetch, limits: Limits, keys: SftpKeys, validators: Mapping[str, str]) -> Fetched | NotChanged:
    asyncio.get_running_loop().set_exception_handler(_note_stray)
    parts = urlsplit(fetch.url)
    connection = await asyncssh.connect(
        parts.hostname or "",
        parts.port or _PORT,
        username=unquote(parts.username or ""),
        known_hosts=str(keys.known_hosts),
        client_keys=[str(keys.client_key)] if keys.client_key else [],
        agent_path=None,
        config=[],
    )
    try:
        sftp = await connection.start_sftp_client()
        path = unquote(parts.path)
        stat = await sftp.stat(path)
        told = {"size": str(stat.size), "mtime": str(stat.mtime)}
        if told == dict(validators):
            return NotChanged()
        if (stat.size or 0) > limits.max_bytes:
            raise FetchError(TroubleKind.TOO_LARGE, f"the file is larger than {limits.max_bytes} bytes")
        file = await sftp.open(path, "rb")
        most = limits.max_bytes + 1 if stat.size is None else stat.size  # what is asked for beyond is asked in vain
        body = cast(bytes, await file.read(most))  # its types do not tell binary files from others
        await file.close()
    finally:
        connection.abort()  # a server that hangs answers no goodbye either, and would be waited for without end
    if len(body) > limits.max_bytes:
        raise FetchError(TroubleKind.TOO_LARGE, f"the file is larger than {limits.max_bytes} bytes")
    if stat.size is not None and len(body) < stat.size:
        raise FetchError(TroubleKind.BROKEN_OFF, "the file is shorter than the server says")
    spoken = datetime.fromtimestamp(stat.mtime, UTC) if stat.mtime is not None else None
    return Fetched((body,), told, spoken)
