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
from eyre.sim.feeds.posting import microseconds
from eyre.sim.feeds.timeline import Rows
from eyre.sim.world import Int64

_ATTEMPTS = 6
_FIRST_WAIT = 0.05  # real seconds before the second attempt; then twice as long each time
_PATIENCE = 10.0  # real seconds for one answer


@dataclass
class Pushed:
    """How many messages were taken, and how many were given up: refused, or not taken after all attempts."""

    taken: int = 0
    given_up: int = 0
    attempts: int = 0


class Pusher:
    """Sends the messages of one feed, each when it is due: at its instant, or later by a fault."""

    def __init__(self, press: Struck, url: str, start: datetime) -> None:
        """What happened until `start` is not sent: a listener learns it from the feed's list."""
        self._messages = Messages(press.press)
        self._slug, self._line = press.feed.slug, _Line(url)
        self._since = microseconds(start)
        self._when, self._which = _sendings(self._messages, press.calendar)

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

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port or 80
        self._head = f"POST {parts.path or '/'} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/xml\r\n"
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, body: bytes, pushed: Pushed) -> None:
        wait = _FIRST_WAIT
        for attempt in range(_ATTEMPTS):
            if attempt:
                await asyncio.sleep(wait)
                wait *= 2
            pushed.attempts += 1
            status = await self._try(body)
            if 200 <= status < 300:
                pushed.taken += 1
                return
            if 400 <= status < 500 and status != 429:
                break
        pushed.given_up += 1

    async def _try(self, body: bytes) -> int:
        """The status of the answer; 0 when there was none."""
        try:
            return await asyncio.wait_for(self._post(body), _PATIENCE)
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
