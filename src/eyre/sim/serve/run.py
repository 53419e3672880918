"""All servers of a country, up while a block runs."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from time import process_time

from eyre.clock import Clock
from eyre.sim.feeds.feed import Door, Feed
from eyre.sim.feeds.press import Press
from eyre.sim.serve.web_desk import WebDesk, WebFront
from eyre.sim.serve.wire_http import Cost, HttpConnection
from eyre.sim.world import World

_HOST = "127.0.0.1"


@dataclass
class Served:
    """What runs, and where it is had. `base` is the root of the web server, without a slash at its end."""

    base: str
    presses: dict[str, Press]
    cost: Cost

    def address(self, feed: Feed) -> str:
        """The URL of the feed's list or file; empty for one that is pushed."""
        return "" if feed.door is Door.PUSH else f"{self.base}{feed.path}"


@asynccontextmanager
async def serve(world: World, feeds: Sequence[Feed], clock: Clock) -> AsyncIterator[Served]:
    """Serves `feeds` on 127.0.0.1, at a port that the system gives, until the block ends."""
    presses = {feed.slug: Press(world, feed) for feed in feeds}
    cost = Cost()
    begun = process_time()

    def costs() -> dict[str, float]:
        return {"answering": cost.seconds, "requests": cost.requests, "process": process_time() - begun}

    front = WebFront({slug: WebDesk(press) for slug, press in presses.items()}, clock, costs)
    connections: set[asyncio.Transport] = set()
    loop = asyncio.get_running_loop()
    make = partial(HttpConnection, front.answer, cost, connections)
    server = await loop.create_server(make, _HOST, 0, backlog=1024)
    port = server.sockets[0].getsockname()[1]
    try:
        yield Served(f"http://{_HOST}:{port}", presses, cost)
    finally:
        server.close()
        for connection in list(connections):
            connection.abort()
        await server.wait_closed()
