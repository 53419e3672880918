"""Messages pushed to a listener by HTTP POST, with retries."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import numpy as np

from eyre.sim.faults.fault import OUTAGES, FaultCalendar, FaultKind
from eyre.sim.faults.strike import Struck
from eyre.sim.feeds.messages import Messages
from eyre.sim.feeds.posting import instant, microseconds
from eyre.sim.feeds.press import Part
from eyre.sim.feeds.timeline import Rows
from eyre.sim.world import Int64

_ATTEMPTS = 6
_FIRST_WAIT = 0.05  # real seconds before the second attempt; then twice as long each time
_PATIENCE = 10.0  # real seconds for one answer
_PATIENCE_AT_FIRST = 600.0  # the same, for everybody in custody at once, by all places at once


@dataclass
class Pushed:
    """How many messages were taken, and how many were given up: refused, or not taken after all attempts."""

    taken: int = 0
    given_up: int = 0
    attempts: int = 0


@dataclass(frozen=True)
class Listener:
    """Who is sent to: `url`, in which `{slug}` stands for the feed's, and with which `token` if it wants one."""

    url: str
    token: str = ""


class Pusher:
    """Sends the messages of one feed, each when it is due: at its instant, or later by a fault."""

    def __init__(self, press: Struck, listener: Listener, start: datetime) -> None:
        """What happened until `start` is not sent as messages of its own: see `introduce`."""
        self._messages, self._press = Messages(press.press), press.press
        self._line = _Line(listener.url.replace("{slug}", press.feed.slug), listener.token)
        self._since = microseconds(start)
        self._when, self._which = _sendings(self._messages, press.calendar)

    async def introduce(self, pushed: Pushed) -> None:
        """Sends everybody who was in custody at the start, in one delivery: what a place does that begins to send."""
        body = self._press.render(instant(self._since), Part(whole=True)).body
        await self._line.send(body, pushed, patience=_PATIENCE_AT_FIRST)

    async def catch_up(self, now: datetime, pushed: Pushed) -> None:
        """Sends what became due until `now`, in the order in which it did."""
        until = microseconds(now)
        first, last = np.searchsorted(self._when, [self._since, until], side="right").tolist()
        self._since = max(self._since, until)
        for which in self._which[first:last].tolist():
            told = self._messages.message(int(self._messages.row[which]), int(self._messages.at[which]))
            await self._line.send(told.body, pushed)

    async def close(self) -> None:
        """Ends the connection."""
        await self._line.close()


def _sendings(messages: Messages, calendar: FaultCalendar) -> tuple[Int64, Rows]:
    """When each sending is due, in order, and which message it is; a duplicate is a sending of its own."""
    when, which = messages.at.copy(), np.arange(len(messages.at))
    late = {(fault.row, fault.begins): fault.ends for fault in calendar.of(FaultKind.DISORDERED)}
    twice = {(fault.row, fault.begins): fault.ends for fault in calendar.of(FaultKind.DUPLICATED)}
    again: list[tuple[int, int]] = []
    for seat, key in enumerate(zip(messages.row.tolist(), messages.at.tolist(), strict=True)):
        when[seat] = late.get(key, when[seat])
        if key in twice:
            again.append((twice[key], seat))
    when = np.concatenate([when, np.array([at for at, _ in again], dtype=np.int64)])
    which = np.concatenate([which, np.array([seat for _, seat in again], dtype=np.intp)])
    for kind in OUTAGES:
        for fault in calendar.of(kind):
            when[(when >= fault.begins) & (when < fault.ends)] = fault.ends
    order = np.lexsort((which, when))
    return when[order], which[order].astype(np.intp)


class _Line:
    """One kept connection to the listener."""

    def __init__(self, url: str, token: str) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port or 80
        self._head = f"POST {parts.path or '/'} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/xml\r\n"
        self._head += f"Authorization: Bearer {token}\r\n" if token else ""
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, body: bytes, pushed: Pushed, *, patience: float = _PATIENCE) -> None:
        wait = _FIRST_WAIT
        for attempt in range(_ATTEMPTS):
            if attempt:
                await asyncio.sleep(wait)
                wait *= 2
            pushed.attempts += 1
            status = await self._try(body, patience)
            if 200 <= status < 300:
                pushed.taken += 1
                return
            if 400 <= status < 500 and status != 429:
                break
        pushed.given_up += 1

    async def _try(self, body: bytes, patience: float) -> int:
        """The status of the answer; 0 when there was none."""
        try:
            return await asyncio.wait_for(self._post(body), patience)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, ValueError):
            await self.close()
            return 0

    async def _post(self, body: bytes) -> int:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        writer.write(f"{self._head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        await reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection", "").lower() == "close" or "content-length" not in headers:
            await self.close()
        return int(lines[0].split(" ")[1])

    async def close(self) -> None:
        if self._streams is not None:
            _, writer = self._streams
            self._streams = None
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
