"""All servers of a country, up while a block runs."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import process_time

from eyre.clock import Clock
from eyre.sim.faults.fault import NO_FAULTS, FaultCalendar
from eyre.sim.faults.fault_calendar import fault_calendar, wrongs_of
from eyre.sim.faults.strike import Struck
from eyre.sim.feeds.feed import Door, Feed
from eyre.sim.feeds.press import Press
from eyre.sim.serve import sftp
from eyre.sim.serve.drop_files import Dropper
from eyre.sim.serve.push import Listener, Pushed, Pusher
from eyre.sim.serve.setup import Setup
from eyre.sim.serve.shelf import Shelf
from eyre.sim.serve.web_desk import WebDesk, WebFront
from eyre.sim.serve.wire_http import Cost, HttpConnection
from eyre.sim.world import World

_HOST = "127.0.0.1"


@dataclass
class Served:
    """What runs, and where it is had. `base` is the root of the web server, without a slash at its end; `sftp` where
    the other server is (None: it was not asked for)."""

    base: str
    sftp: sftp.SftpDoor | None
    presses: Mapping[str, Struck]
    cost: Cost
    clock: Clock
    folder: Path | None = None
    pushed: Pushed = field(default_factory=Pushed)
    droppers: Sequence[Dropper] = ()
    pushers: Sequence[Pusher] = ()
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def address(self, feed: Feed) -> str:
        """The URL of the feed's list or file; a folder's where files are dropped; empty for a feed that pushes."""
        if feed.door is Door.PUSH:
            return ""
        if feed.door is Door.FOLDER and self.folder is not None:
            return (self.folder / feed.slug).as_uri()
        if feed.door is Door.SFTP and self.sftp is not None:
            return f"sftp://{self.sftp.user}@{_HOST}:{self.sftp.port}{feed.path}"
        return self.web_address(feed)

    def web_address(self, feed: Feed) -> str:
        """Where the web server has the feed's list or file: that of any feed, also of one that pushes, whose list is of
        everybody in custody."""
        return f"{self.base}{feed.path}"

    def begin_pushing(self, to: Listener) -> None:
        """From now on messages are sent to `to`: what happens after this instant."""
        pushing = [press for press in self.presses.values() if press.feed.door is Door.PUSH]
        self.pushers = [Pusher(each, to, self.clock()) for each in pushing]

    async def introduce(self) -> None:
        """Sends whom each place that pushes has in custody."""
        async with self._turn:
            await asyncio.gather(*(pusher.introduce(self.pushed) for pusher in self.pushers))

    async def catch_up(self) -> None:
        """Drops the files and pushes the messages that have become due."""
        async with self._turn:
            await self._drop()
            await self._push()

    async def drop(self) -> None:
        """Drops the files that have become due, and pushes nothing."""
        async with self._turn:
            await self._drop()

    async def _drop(self) -> None:
        now = self.clock()
        for dropper in self.droppers:
            await dropper.catch_up(now)

    async def _push(self) -> None:
        now = self.clock()
        await asyncio.gather(*(pusher.catch_up(now, self.pushed) for pusher in self.pushers))

    async def stop_pushing(self) -> None:
        """Ends the connections to the listener."""
        for pusher in self.pushers:
            await pusher.close()
        self.pushers = ()


def struck(world: World, feed: Feed, setup: Setup) -> Struck:
    """The press of a feed with the faults of its calendar."""
    if setup.faults == NO_FAULTS:
        return Struck(Press(world, feed), FaultCalendar())
    calendar = fault_calendar(feed, world, setup.faults)
    return Struck(Press(world, feed, wrongs_of(feed, world, calendar)), calendar)


@asynccontextmanager
async def serve(world: World, feeds: Sequence[Feed], clock: Clock, setup: Setup | None = None) -> AsyncIterator[Served]:
    """Serves `feeds` on 127.0.0.1, at ports that the system gives, until the block ends.

    The web server has every feed, so that a client without another door can still be tried on all of them.
    """
    setup = setup or Setup()
    presses = {feed.slug: struck(world, feed, setup) for feed in feeds}
    served = Served("", None, presses, Cost(), clock, setup.folder)
    async with AsyncExitStack() as stack:
        served.base = await _web(served, setup, stack)
        if setup.sftp:
            by_door = {slug: press for slug, press in presses.items() if press.feed.door is Door.SFTP}
            counter = sftp.Counter(by_door, clock, served.cost)
            served.sftp = await stack.enter_async_context(sftp.listening(counter, _HOST))
        if setup.folder is not None:
            dropped = [press for press in presses.values() if press.feed.door is Door.FOLDER]
            served.droppers = [Dropper(press, setup.folder, clock()) for press in dropped]
        stack.push_async_callback(served.stop_pushing)
        if setup.push_to is not None:
            served.begin_pushing(setup.push_to)
        if setup.keep_up:
            stack.push_async_callback(_stopped, asyncio.create_task(_keep_up(served, setup.keep_up)))
        yield served


async def _web(served: Served, setup: Setup, stack: AsyncExitStack) -> str:
    begun, shelf = process_time(), Shelf(setup.most_kept)

    def costs() -> dict[str, float]:
        spent = {"answering": served.cost.seconds, "requests": served.cost.requests}
        return spent | {"process": process_time() - begun, "kept_bytes": shelf.size}

    front = WebFront({slug: WebDesk(press, shelf) for slug, press in served.presses.items()}, served.clock, costs)
    connections: set[asyncio.Transport] = set()
    make = partial(HttpConnection, front.answer, served.cost, connections)
    server = await asyncio.get_running_loop().create_server(make, _HOST, 0, backlog=1024)

    async def close() -> None:
        server.close()
        for connection in list(connections):
            connection.abort()
        await server.wait_closed()

    stack.push_async_callback(close)
    return f"http://{_HOST}:{server.sockets[0].getsockname()[1]}"


async def _keep_up(served: Served, seconds: float) -> None:
    while True:
        await served.catch_up()
        await asyncio.sleep(seconds)


async def _stopped(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
