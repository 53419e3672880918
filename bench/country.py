"""The invented country, served by a process of its own, and everything that a benchmark needs to ride it."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from bench.country_server import CLIENT_KEY, EVERY_KIND, HTTP_ONLY, KNOWN_HOSTS, ridden_feeds, scale_text
from eyre.model.record import RecordClass
from eyre.sim.draw_world import draw_world_of
from eyre.sim.feeds.feed import Door, Feed
from eyre.sim.scale import Scale
from eyre.sim.serve.push import Pushed
from eyre.sim.world import World
from eyre.sources.manifest import Manifest
from eyre.sources.transports.fetch_sftp import SftpKeys

ROOT = Path(__file__).parents[1]


@dataclass
class Country:
    """What is served at which scale and by which doors, the keys with which it is asked by SFTP, and until where its
    time has come."""

    scale: Scale
    doors: Collection[Door]
    kinds: Collection[RecordClass]
    manifests: dict[str, Manifest]
    sftp_keys: SftpKeys | None
    process: "subprocess.Popen[str]"
    now: datetime

    @cached_property
    def world(self) -> World:
        """The country itself, drawn again in this process when it is first asked for: a gigabyte for all of it."""
        return draw_world_of(self.scale)

    @cached_property
    def feeds(self) -> list[Feed]:
        """The feeds that are served."""
        return ridden_feeds(self.world, self.scale.seed, self.doors, self.kinds)

    def advance(self, by: timedelta) -> None:
        """Moves the country's time on, and lets it drop the files that are due."""
        self.now = datetime.fromisoformat(self._asked(f"advance {by.total_seconds()}")["now"])

    def introduce(self, url: str, token: str) -> Pushed:
        """Names who is sent to (`{slug}` in the URL stands for the source) and lets each place that sends tell whom it
        has. Returns when all of that is answered."""
        return Pushed(**self._asked(f"listener {url} {token}"))

    def push(self) -> Pushed:
        """Lets every place send what has happened until now, and tells what was sent so far."""
        return Pushed(**self._asked("push"))

    def cpu_seconds(self) -> float:
        """What the country has cost so far."""
        return float(self._asked("cost")["process"])

    def _asked(self, command: str) -> dict[str, Any]:
        return ask_server(self.process, command)


@contextmanager
def served_country(
    *, share: float, begins: datetime, days: float, seed: int = 7, faults: bool = False
) -> Iterator[Country]:
    """The country at the instant `begins`, up while the block runs; with the faults of real places, or with none; of
    its sources those that are had by HTTP. For the others see `served_at`."""
    with served_at(Scale(seed, begins, days, share), faults=faults) as country:
        yield country


@contextmanager
def served_at(
    scale: Scale,
    doors: Collection[Door] = HTTP_ONLY,
    kinds: Collection[RecordClass] = EVERY_KIND,
    *,
    faults: bool = False,
    runs_from: datetime | None = None,
) -> Iterator[Country]:
    """The same at any scale and with the sources of `kinds` that are had by `doors`; what sends sends to nobody before
    `Country.introduce`. Its time runs by itself where it is told from when on, and else stands."""
    with tempfile.TemporaryDirectory(prefix="eyre-country-") as folder:
        now = runs_from or scale.begins
        command = [sys.executable, "-m", "bench.country_server", "--scale", scale_text(scale), "--folder", folder]
        command += ["--now", now.isoformat(), "--doors", *sorted(doors), "--kinds", *sorted(kinds)]
        command += ["--faults"] if faults else []
        command += ["--runs"] if runs_from else []
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            told = json.loads(Path(ask_server(process, "")["manifests"]).read_bytes())
            manifests = {source: Manifest.model_validate_json(json.dumps(body)) for source, body in told.items()}
            keys = SftpKeys(Path(folder, KNOWN_HOSTS), Path(folder, CLIENT_KEY)) if Door.SFTP in doors else None
            yield Country(scale, doors, kinds, manifests, keys, process, now)
        finally:
            if process.stdin is not None:
                process.stdin.close()
            process.wait(timeout=30)


def ask_server(process: "subprocess.Popen[str]", command: str) -> dict[str, Any]:
    """What the server answers to a command; without one, the next line that it says."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("the server has no pipes")
    if command:
        process.stdin.write(f"{command}\n")
        process.stdin.flush()
    told: dict[str, Any] = json.loads(process.stdout.readline())
    return told
