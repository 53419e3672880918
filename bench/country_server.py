"""A process of its own that serves the invented country; its time is moved by whoever started it.

Writes a line of JSON with its address when it is up, then takes commands on its standard input: `advance SECONDS` is
answered with the new instant, `cost` with the CPU seconds that it used, and the end of the input ends it.
"""

import argparse
import asyncio
import json
import sys
import time
from datetime import datetime, timedelta

from eyre.sim.draw_world import draw_world
from eyre.sim.faults.fault import NO_FAULTS, Faults
from eyre.sim.feeds.feed import Door, Feed
from eyre.sim.feeds.feed_of import feeds_of
from eyre.sim.serve.run import serve
from eyre.sim.serve.setup import Setup
from eyre.sim.serve.sim_clock import SimClock
from eyre.sim.world import World


def ridden_feeds(world: World, seed: int) -> list[Feed]:
    """Every feed of the country that is had by HTTP."""
    return [feed for feed in feeds_of(world, seed) if feed.door is Door.HTTP]


def main() -> None:
    """Serves until the input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--begins", required=True)
    parser.add_argument("--days", type=float, required=True)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--faults", action="store_true", help="with the faults of real places")
    chosen = parser.parse_args()
    world = draw_world(chosen.seed, begins=datetime.fromisoformat(chosen.begins), days=chosen.days, share=chosen.share)
    clock = SimClock(datetime.fromisoformat(chosen.begins))
    asyncio.run(
        _serve(
            world, ridden_feeds(world, chosen.seed), clock, Setup(Faults() if chosen.faults else NO_FAULTS, sftp=False)
        )
    )


async def _serve(world: World, feeds: list[Feed], clock: SimClock, setup: Setup) -> None:
    loop = asyncio.get_running_loop()
    async with serve(world, feeds, clock, setup) as served:
        _say({"base": served.base})
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            command, _, told = line.strip().partition(" ")
            if command == "advance":
                _say({"now": clock.advance(timedelta(seconds=float(told))).isoformat()})
            elif command == "cost":
                _say({"process": time.process_time(), "answering": served.cost.seconds})


def _say(told: dict[str, object]) -> None:
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
