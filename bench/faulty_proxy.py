"""A TCP proxy that misbehaves when it is told: connections are cut, stand still, crawl, or are refused."""

import asyncio
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

_PIECE = 16_384
_RESET = struct.pack("ii", 1, 0)  # closes with RST, as a peer that vanished does


@dataclass
class FaultyProxy:
    """Passes what comes to `port` on this machine on to `behind`, a socket's path or a host and port. What follows is
    for other threads to call; a fault lasts until `clear`."""

    behind: Path | tuple[str, int]
    port: int = 0
    cut_open: int = 0
    _rate: float | None = None
    _refuses: bool = False
    _deaf: bool = False
    _doom: int | None = None
    _cut_asked: bool = False
    _open: set[asyncio.StreamWriter] = field(default_factory=set)
    _passes: asyncio.Event = field(default_factory=asyncio.Event)
    _loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def cut_question(self) -> None:
        """Resets every connection as soon as something more is asked, which still arrives."""
        self._do(partial(self._set, cut_asked=True))

    def cut_answer(self, after: int) -> None:
        """Resets every connection once so many bytes more were answered."""
        self._do(partial(self._set, doom=after))

    def stall(self) -> None:
        """Passes nothing on; connections stay open."""
        self._do(self._passes.clear)

    def lose_answers(self) -> None:
        """What is asked is passed on and done, and no answer comes back; the connections are reset by `clear`."""
        self._do(partial(self._set, deaf=True))

    def slow(self, rate: float) -> None:
        """Passes at most so many bytes a second on each connection, and each piece a twentieth of a second late."""
        self._do(partial(self._set, rate=rate))

    def refuse(self) -> None:
        """Resets every connection, and each new one at once."""
        self._do(partial(self._set, refuses=True))
        self._do(self._reset)

    def clear(self) -> None:
        """The network is well again."""
        self._do(self._cleared)

    def _do(self, what: Callable[[], object]) -> None:
        self._loop.call_soon_threadsafe(what)

    def _set(self, **told: float | bool | None) -> None:
        for name, value in told.items():
            setattr(self, f"_{name}", value)

    def _cleared(self) -> None:
        if self._deaf:
            self._reset()
        self._set(rate=None, refuses=False, deaf=False, doom=None, cut_asked=False)
        self._passes.set()

    def _reset(self) -> None:
        self.cut_open += len(self._open) // 2
        for writer in list(self._open):
            _abort(writer)

    async def _serve(self, up: threading.Event, down: asyncio.Event) -> None:
        self._passes.set()
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        up.set()
        await down.wait()
        server.close()
        self._reset()

    async def _connected(self, asks: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        far = None if self._refuses else await self._far_side()
        if far is None:
            _abort(answer)
            return
        answers, ask = far
        both = {answer, ask}
        self._open |= both
        try:
            await asyncio.gather(self._pump(asks, ask, back=False), self._pump(answers, answer, back=True))
        finally:
            self._open -= both
            for writer in both:
                writer.close()

    async def _far_side(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        try:
            if isinstance(self.behind, Path):
                return await asyncio.open_unix_connection(str(self.behind))
            return await asyncio.open_connection(*self.behind)
        except OSError:
            return None  # nobody is there, which whoever connected hears by a reset

    async def _pump(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, back: bool) -> None:
        with suppress(OSError):
            while piece := await source.read(_PIECE):
                await self._passes.wait()
                if self._rate is not None:
                    await asyncio.sleep(0.05 + len(piece) / self._rate)
                if back and self._deaf:
                    continue
                if back and self._doom is not None:
                    target.write(piece[: self._doom])
                    self._doom -= len(piece)
                    if self._doom <= 0:
                        self._doom = None
                        await target.drain()
                        self._reset()
                        return
                    continue
                target.write(piece)
                await target.drain()
                if not back and self._cut_asked:
                    self._cut_asked = False
                    self._reset()
        target.close()


def _abort(writer: asyncio.StreamWriter) -> None:
    held: socket.socket | None = writer.get_extra_info("socket")
    if held is not None and held.family != socket.AF_UNIX:
        with suppress(OSError):
            held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()


@contextmanager
def faulty_proxy(behind: Path | tuple[str, int]) -> Iterator[FaultyProxy]:
    """A proxy on a thread of its own, up while the block runs."""
    proxy, up, down = FaultyProxy(behind), threading.Event(), asyncio.Event()

    def run() -> None:
        asyncio.set_event_loop(proxy._loop)
        proxy._loop.run_until_complete(proxy._serve(up, down))
        for task in (left := asyncio.all_tasks(proxy._loop)):
            task.cancel()
        proxy._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        proxy._loop.close()

    thread = threading.Thread(target=run, name="proxy", daemon=True)
    thread.start()
    up.wait()
    try:
        yield proxy
    finally:
        proxy._loop.call_soon_threadsafe(down.set)
        thread.join()
