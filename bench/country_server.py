"""A process of its own that serves the invented country; its time is moved by whoever started it, or runs by itself.

Writes a line of JSON when it is up, with where it wrote its manifests, then takes commands on its standard input and
answers each with a line of JSON: `advance SECONDS` moves the time on and drops the files that are due, `listener URL
TOKEN` names who is sent to and tells it whom each place that sends has, `push` sends what is due, `cost` tells the CPU
seconds that were used. The end of the input ends it.
"""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

import orjson

from eyre.model.record import RecordClass
from eyre.sim.draw_world import draw_world_of
from eyre.sim.faults.fault import NO_FAULTS, Faults
from eyre.sim.feeds.feed import Door, Feed
from eyre.sim.feeds.feed_of import feeds_of
from eyre.sim.scale import Scale
from eyre.sim.serve.manifest_at import manifest_at
from eyre.sim.serve.push import Listener
from eyre.sim.serve.run import Served, serve
from eyre.sim.serve.setup import Setup
from eyre.sim.serve.sim_clock import SimClock
from eyre.sim.world import World

HTTP_ONLY = (Door.HTTP,)
EVERY_DOOR = tuple(Door)
EVERY_KIND = tuple(RecordClass)
MANIFESTS, KNOWN_HOSTS, CLIENT_KEY, DROPPED = "manifests.json", "known_hosts", "client_key", "dropped"
"""What the server puts into its folder: the manifest of each source, the keys with which it is asked by SFTP, and a
folder for each source that drops files."""
_KEEP_UP = 1.0  # real seconds between two rounds of dropping and pushing, where time runs by itself


def ridden_feeds(
    world: World, seed: int, doors: Collection[Door] = HTTP_ONLY, kinds: Collection[RecordClass] = EVERY_KIND
) -> list[Feed]:
    """Every feed of the country that is had by one of these doors, and whose publisher is of one of these kinds."""
    return [feed for feed in feeds_of(world, seed) if feed.door in doors and feed.publisher.kind in kinds]


def main() -> None:
    """Serves until the input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", required=True, help="what is drawn, as JSON")
    parser.add_argument("--now", required=True, help="the country's time at the start")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--doors", nargs="+", type=Door, default=HTTP_ONLY)
    parser.add_argument("--kinds", nargs="+", type=RecordClass, default=EVERY_KIND)
    parser.add_argument("--faults", action="store_true", help="with the faults of real places")
    parser.add_argument("--runs", action="store_true", help="its time runs by itself, as fast as the world's")
    chosen = parser.parse_args()
    scale = scale_of(chosen.scale)
    world = draw_world_of(scale)
    clock = SimClock(datetime.fromisoformat(chosen.now), monotonic=time.monotonic if chosen.runs else None)
    setup = Setup(
        faults=Faults() if chosen.faults else NO_FAULTS,
        sftp=Door.SFTP in chosen.doors,
        folder=chosen.folder / DROPPED if Door.FOLDER in chosen.doors else None,
        keep_up=_KEEP_UP if chosen.runs else 0.0,
    )
    asyncio.run(_serve(world, ridden_feeds(world, scale.seed, chosen.doors, chosen.kinds), clock, setup, chosen.folder))


def scale_text(scale: Scale) -> str:
    """A scale as JSON."""
    return json.dumps(asdict(scale) | {"begins": scale.begins.isoformat()})


def scale_of(text: str) -> Scale:
    """The scale that `scale_text` wrote."""
    told = json.loads(text)
    return Scale(**(told | {"begins": datetime.fromisoformat(told["begins"])}))


async def _serve(world: World, feeds: list[Feed], clock: SimClock, setup: Setup, folder: Path) -> None:
    loop = asyncio.get_running_loop()
    async with serve(world, feeds, clock, setup) as served:
        if served.sftp is not None:
            (folder / KNOWN_HOSTS).write_text(served.sftp.known_host, encoding="utf-8")
            (folder / CLIENT_KEY).touch(0o600)
            (folder / CLIENT_KEY).write_text(served.sftp.client_key, encoding="utf-8")
        await served.drop()
        manifests = {feed.slug: manifest_at(feed, served.address(feed)) for feed in feeds}
        told = {source: each.model_dump(mode="json", exclude_defaults=True) for source, each in manifests.items()}
        (folder / MANIFESTS).write_bytes(orjson.dumps(told))
        _say({"manifests": str(folder / MANIFESTS)})
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            _say(await _done(served, clock, line.split()))


async def _done(served: Served, clock: SimClock, command: list[str]) -> dict[str, object]:
    match command:
        case ["advance", seconds]:
            clock.advance(timedelta(seconds=float(seconds)))
            await served.drop()
            return {"now": clock.now().isoformat()}
        case ["listener", url, token]:
            served.begin_pushing(Listener(url, token))
            await served.introduce()
            return asdict(served.pushed)
        case ["push"]:
            await served.catch_up()
            return asdict(served.pushed)
        case ["cost"]:
            return {"process": time.process_time(), "answering": served.cost.seconds}
    return {"error": "no such command"}


def _say(told: dict[str, object]) -> None:
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
