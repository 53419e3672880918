"""The servers of a country on a thread of their own, for whoever is not asynchronous."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from eyre.clock import Clock
from eyre.sim.feeds.feed import Feed
from eyre.sim.serve.run import Served, serve
from eyre.sim.serve.setup import Setup
from eyre.sim.world import World

_PATIENCE = 60.0  # seconds until a country of any size is up


@contextmanager
def serve_in_thread(world: World, feeds: Sequence[Feed], clock: Clock, setup: Setup) -> Iterator[Served]:
    """As `serve`; the thread has ended when the block has."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="invented country", daemon=True)
    thread.start()
    serving = serve(world, feeds, clock, setup)
    try:
        yield asyncio.run_coroutine_threadsafe(serving.__aenter__(), loop).result(_PATIENCE)
        asyncio.run_coroutine_threadsafe(serving.__aexit__(None, None, None), loop).result(_PATIENCE)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
