"""Riders in processes of their own: started, killed, stopped, and replaced when they are dead."""

import multiprocessing
import os
import random
import re
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

from bench.rider import Orders, ride

_STARTS_AGAIN = 0.3  # seconds after its death, as a supervisor would
_MOST_FAILED = 5
_SENT = 0.15
"""Seconds after which the database has done what a stopped one had sent."""


@dataclass
class Rider:
    """One process, and what it said of itself."""

    process: ForkServerProcess
    tells: Connection
    heard: Connection
    ready: bool = False
    stopped: bool = False
    born: float = field(default_factory=time.monotonic)

    @property
    def name(self) -> str:
        """The name by which it holds leases."""
        return str(self.process.pid)


@dataclass
class Crew:
    """`size` riders that live. `said` counts what they said, `logs` keeps what they logged."""

    orders: Orders
    size: int
    riders: list[Rider] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)
    logs: list[str] = field(default_factory=list)
    _context: multiprocessing.context.ForkServerContext = field(init=False)
    _next_start: float = 0.0

    def __post_init__(self) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["bench.rider_warmed"])

    def tell(self, now: datetime) -> None:
        """Moves the riders' clock."""
        self.orders = replace(self.orders, now=now)
        for rider in self.riders:
            with suppress(OSError):
                rider.tells.send(now)

    def look_after(self) -> None:
        """Hears what was said, and replaces who has ended."""
        for rider in list(self.riders):
            dead = rider.process.exitcode is not None
            self._hear(rider)
            if dead:
                self.said["failed"] += rider.process.exitcode == 1
                if self.said["failed"] > _MOST_FAILED:
                    raise SystemExit("riders end by a fault of their own, which is told above")
                self._bury(rider)
                self._next_start = time.monotonic() + _STARTS_AGAIN
        while len(self.riders) < self.size and time.monotonic() >= self._next_start:
            self._start()

    def alive(self) -> list[Rider]:
        """Those that live and are not stopped."""
        return [each for each in self.riders if not each.stopped and each.process.exitcode is None]

    def kill(self, rider: Rider, holds: Callable[[str], int | None]) -> str:
        """Kills `rider` with signal 9. Tells what it was at, by the leases that it `holds`, which its death leaves;
        nothing where it had ended by itself a moment before."""
        with suppress(ProcessLookupError):
            os.kill(rider.process.pid or 0, signal.SIGKILL)
        held = holds(rider.name)
        rider.process.join()
        self._hear(rider)
        killed = rider.process.exitcode == -signal.SIGKILL
        self._bury(rider)
        if not killed:
            return ""
        if not rider.ready:
            return "starting"
        return "the database being away" if held is None else "riding" if held else "between two rides"

    def stop(self, chance: random.Random, holds: Callable[[str], int | None]) -> Rider | None:
        """Stops one that rides with SIGSTOP; nothing where none rides."""
        for rider in chance.sample(self.alive(), len(self.alive())):
            if rider.ready and rider.process.pid:
                os.kill(rider.process.pid, signal.SIGSTOP)
                time.sleep(_SENT)
                if holds(rider.name):
                    rider.stopped = True
                    return rider
                os.kill(rider.process.pid, signal.SIGCONT)
        return None

    def go_on(self, rider: Rider) -> None:
        """Lets a stopped one go on."""
        if rider.process.pid:
            os.kill(rider.process.pid, signal.SIGCONT)
        rider.stopped = False

    def end(self) -> None:
        """Lets all of them end in good order."""
        for rider in self.riders:
            if rider.stopped:
                self.go_on(rider)
            rider.tells.close()
        for rider in list(self.riders):
            rider.process.join(timeout=90)
            self._hear(rider)
            if rider.process.exitcode is None:
                self.said["did not end"] += 1
                rider.process.kill()
            self._bury(rider)

    def _start(self) -> None:
        hears, tells = self._context.Pipe(duplex=False)
        heard, says = self._context.Pipe(duplex=False)
        process = self._context.Process(target=ride, args=(self.orders, hears, says), daemon=True)
        process.start()
        hears.close()
        says.close()
        self.riders.append(Rider(process, tells, heard))
        self.said["started"] += 1

    def _hear(self, rider: Rider) -> None:
        with suppress(EOFError, OSError):
            while rider.heard.poll():
                what, why = rider.heard.recv()
                rider.ready = rider.ready or what == "ready"
                if what in ("log", "ended"):
                    self.logs.append(f"{rider.name}: {why}")
                    why = re.sub(r"`[^`]*`|\d+", "…", why)
                self.said[f"{what}: {why}" if why else what] += 1

    def _bury(self, rider: Rider) -> None:
        self.riders.remove(rider)
        rider.process.join()
        for end in (rider.tells, rider.heard):
            end.close()
