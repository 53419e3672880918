"""The servers of a country on a thread of their own, for whoever is not asynchronous."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from eyre.clock import Clock
from eyre.sim.feeds.feed import Feed
from eyre.sim.serve.run import Served, serve
from eyre.sim.serve.setup import Setup
from eyre.sim.world import World

_PATIENCE = 60.0  # seconds until a country of any size is up


@dataclass(frozen=True)
class InThread:
    """What is served, on a thread's own `loop`."""

    served: Served
    loop: asyncio.AbstractEventLoop

    def introduce(self) -> None:
        """As `Served.introduce`, which is over when this returns."""
        asyncio.run_coroutine_threadsafe(self.served.introduce(), self.loop).result()


@contextmanager
def serve_in_thread(world: World, feeds: Sequence[Feed], clock: Clock, setup: Setup) -> Iterator[InThread]:
    """As `serve`; the thread has ended when the block has."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="invented country", daemon=True)
    thread.start()
    serving = serve(world, feeds, clock, setup)
    try:
        yield InThread(asyncio.run_coroutine_threadsafe(serving.__aenter__(), loop).result(_PATIENCE), loop)
        asyncio.run_coroutine_threadsafe(serving.__aexit__(None, None, None), loop).result(_PATIENCE)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
