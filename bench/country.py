"""The invented country, served by a process of its own, and everything that a benchmark needs to ride it."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bench.country_server import ridden_feeds
from eyre.sim.draw_world import draw_world
from eyre.sim.feeds.feed import Feed
from eyre.sim.serve.manifest_at import manifest_at
from eyre.sim.world import World
from eyre.sources.manifest import Manifest

ROOT = Path(__file__).parents[1]


@dataclass
class Country:
    """What is served, and until where its time has come."""

    world: World
    feeds: list[Feed]
    manifests: dict[str, Manifest]
    process: "subprocess.Popen[str]"
    now: datetime

    def advance(self, by: timedelta) -> None:
        """Moves the country's time on."""
        self.now = datetime.fromisoformat(self._asked(f"advance {by.total_seconds()}")["now"])

    def cpu_seconds(self) -> float:
        """What the country has cost so far."""
        return float(self._asked("cost")["process"])

    def _asked(self, command: str) -> dict[str, str]:
        return ask_server(self.process, command)


@contextmanager
def served_country(
    *, share: float, begins: datetime, days: float, seed: int = 7, faults: bool = False
) -> Iterator[Country]:
    """The country at the instant `begins`, up while the block runs; with the faults of real places, or with none."""
    command = [sys.executable, "-m", "bench.country_server", "--seed", str(seed), "--begins", begins.isoformat()]
    command += ["--days", str(days), "--share", str(share)]
    command += ["--faults"] if faults else []
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        world = draw_world(seed, begins=begins, days=days, share=share)
        feeds = ridden_feeds(world, seed)
        base = ask_server(process, "")["base"]
        manifests = {feed.slug: manifest_at(feed, base + feed.path) for feed in feeds}
        yield Country(world, feeds, manifests, process, begins)
    finally:
        if process.stdin is not None:
            process.stdin.close()
        process.wait(timeout=30)


def ask_server(process: "subprocess.Popen[str]", command: str) -> dict[str, str]:
    """What the server answers to a command; without one, the next line that it says."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("the server has no pipes")
    if command:
        process.stdin.write(f"{command}\n")
        process.stdin.flush()
    told: dict[str, str] = json.loads(process.stdout.readline())
    return told
