"""A process of its own that serves the sources of a batch of `bench.drift`, with their faults.

Writes a line of JSON with its address when it is up, then takes commands on its standard input: `at INSTANT` moves its
time there, `told` is answered with what was done to whom, and the end of the input ends it.
"""

import argparse
import asyncio
import json
import sys
from dataclasses import replace
from datetime import datetime
from functools import partial

from bench.drift_plan import Plan, Told, Variant, plan_of, reads_alike
from bench.drift_world import bare_world
from eyre.sim.faults.fault import Fault, FaultCalendar, FaultKind
from eyre.sim.faults.strike import Struck
from eyre.sim.feeds.posting import microseconds
from eyre.sim.feeds.press import Part, Press, Rendered
from eyre.sim.serve.shelf import Shelf
from eyre.sim.serve.sim_clock import SimClock
from eyre.sim.serve.web_desk import WebDesk, WebFront
from eyre.sim.serve.wire_http import Cost, HttpConnection

_SPOILED = (FaultKind.MAINTENANCE, FaultKind.GARBAGE, FaultKind.TRUNCATED, FaultKind.DRIFT, FaultKind.ENCODING)


class Spoiled(Struck):
    """A press whose body is spoiled while the fault lasts, in the way of its variant."""

    def __init__(self, press: Press, variant: Variant) -> None:
        """Told what was done, once it was asked."""
        fault = variant.fault
        calendar = FaultCalendar() if fault is None else FaultCalendar((fault,), (fault,))
        super().__init__(press, calendar)
        self._variant = variant
        self.told: Told | None = None
        self._bodies = b"", b""

    @property
    def is_changed(self) -> bool:
        """Whether something else is read of what was served than of the sound page."""
        return not reads_alike(self._variant, *self._bodies)

    def render(self, at: datetime, part: Part | None = None) -> Rendered:
        """The list as served at `at`."""
        fault: Fault | None = self._variant.fault
        if fault is None or fault.kind not in _SPOILED or not fault.begins <= microseconds(at) < fault.ends:
            return super().render(at, part)
        part = part or Part()
        edition = self.edition(at)
        told = self.press.printed(edition, self.press.rows(edition, whole=part.whole), part)
        body, what, names = self._variant.spoiled(told.body)
        if self.told is None:
            self._bodies = told.body, body
            self.told = (b"1", what, names)
        onward = "" if fault.kind in (FaultKind.MAINTENANCE, FaultKind.GARBAGE) else told.onward
        return replace(told, body=body, onward=onward)


def press_of(plan: Plan, variant: Variant) -> Press:
    """What publishes for a variant."""
    return Press(plan.worlds[variant.story], variant.feed, variant.wrongs)


def main() -> None:
    """Serves until the input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--batches", required=True, help="their numbers, with commas")
    parser.add_argument("--each", type=int, required=True)
    parser.add_argument("--kinds", nargs="*", default=[], help="of faults; without, all")
    chosen = parser.parse_args()
    asyncio.run(_serve(chosen.seed, [int(each) for each in chosen.batches.split(",")], chosen.each, chosen.kinds))


async def _serve(seed: int, batches: list[int], each: int, kinds: list[str]) -> None:
    loop, world = asyncio.get_running_loop(), bare_world(seed)
    connections: set[asyncio.Transport] = set()
    desks: dict[str, WebDesk] = {}
    clock = SimClock(world.begins)
    front = WebFront(desks, clock, dict)
    make = partial(HttpConnection, front.answer, Cost(), connections)
    server = await loop.create_server(make, "0.0.0.0", 0, backlog=1024)  # noqa: S104 - see `host_of`
    _say({"port": str(server.sockets[0].getsockname()[1])})
    presses: dict[str, Spoiled] = {}
    waiting = iter(batches)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        command, _, told = line.strip().partition(" ")
        if command == "batch":
            plan = plan_of(world, seed, next(waiting), each, kinds)
            presses = {v.feed.slug: Spoiled(press_of(plan, v), v) for v in plan.variants if not v.pushed}
            desks.clear()
            desks |= {slug: WebDesk(press, Shelf(1 << 30)) for slug, press in presses.items()}
            _say({"sources": len(desks)})
        elif command == "at":
            clock.advance(datetime.fromisoformat(told) - clock.now())
            _say({"now": clock.now().isoformat()})
        elif command == "told":
            done = {slug: press.told for slug, press in presses.items() if press.told is not None}
            _say({slug: [presses[slug].is_changed, what, list(names)] for slug, (_, what, names) in done.items()})
    server.close()
    for connection in list(connections):
        connection.abort()


def _say(told: dict[str, object]) -> None:
    print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
