"""Every kind of fault, a thousand variants each: `python -m bench.drift --variants 1000`.

Each variant is a source of the invented country, with a format and habits of its own, that is ridden twice as it is,
once within its fault, and twice after it, among others that nothing strikes. It counts whether the fault was flagged by
the ride that met it, whether an event was invented by it or lost, whether the source recovered, and whether the others
were harmed. Prints tables and writes `bench/results/drift.json`.
"""

import argparse
import json
import logging
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.country import ROOT, ask_server
from bench.drift_garbage import Garbage, ride_garbage
from bench.drift_messages import Pushing, ride_messages
from bench.drift_plan import Plan, Variant, plan_of
from bench.drift_score import Done, Healthy, Held, Kind, held, leaked, manifest_words, score, score_healthy
from bench.drift_world import bare_world
from eyre.circuit.breaker import Breaker
from eyre.circuit.robots import Robots
from eyre.circuit.tools import Tools
from eyre.circuit.worker import Worker
from eyre.resolve.model import default_model
from eyre.service.rekey import ensure_keys
from eyre.service.ride_board import put_on_schedule
from eyre.sim.faults.fault import FaultKind
from eyre.sim.serve.manifest_at import manifest_at
from eyre.sources.manifest import Manifest
from eyre.sources.transports.fetch_http import make_client
from eyre.store.open_store import Store, StoreSettings, open_for_a_while
from eyre.store.server.database import make_database
from eyre.store.server.start import RunningServer, ServerSettings, start_server, stop_server

RESULTS = Path(__file__).parent / "results/drift.json"
_THREADS = 8
_SHOWN = 20
_PATIENCE, _LITTLE = 60.0, 0.4
"""Seconds that a server is given, and one that never answers."""


@dataclass
class Words(logging.Handler):
    """Every word that was logged."""

    texts: list[str] = field(default_factory=list)
    level: int = logging.DEBUG

    def __post_init__(self) -> None:
        super().__init__(logging.DEBUG)

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps it."""
        self.texts.append(record.getMessage())

    def __hash__(self) -> int:
        return id(self)


@dataclass(frozen=True)
class Served:
    """The process that serves the sources, and its port."""

    process: "subprocess.Popen[str]"
    port: str

    def address(self, number: int) -> str:
        """A host of its own for each source, as real ones have: one that fails does not stand for another."""
        return f"http://127.{number >> 14 & 127}.{number >> 7 & 127}.{1 + (number & 127)}:{self.port}"


@dataclass
class Totals:
    """Everything that was counted."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    healthy: Healthy = field(default_factory=Healthy)
    garbage: dict[str, Garbage] = field(default_factory=dict)
    log_leaks: int = 0
    died: list[str] = field(default_factory=list)
    """What was logged of rides that ended in a fault of ours."""


def main() -> None:
    """Rides, scores, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--variants", type=int, default=1000, help="of each kind of fault")
    parser.add_argument("--at-once", type=int, default=100, help="variants of a kind in one batch")
    parser.add_argument("--garbage", type=int, default=1000, help="broken deliveries of each format")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--kinds", nargs="*", default=[], choices=list(FaultKind), help="of faults; without, all")
    parser.add_argument("--out", type=Path, default=RESULTS)
    chosen = parser.parse_args()
    began, totals = time.perf_counter(), Totals()
    each = min(chosen.at_once, chosen.variants)
    batches = list(range(chosen.variants // each))
    with _server() as server, _sources(chosen.seed, batches, each, chosen.kinds) as process:
        world = bare_world(chosen.seed)
        port = ask_server(process, "")["port"]
        for number in batches:
            plan = plan_of(world, chosen.seed, number, each, chosen.kinds)
            ask_server(process, "batch")
            _ride_batch(server, Served(process, port), plan, totals)
            print(f"batch {number + 1} of {len(batches)}: {time.perf_counter() - began:,.0f} s", file=sys.stderr)
        if chosen.garbage:
            with open_for_a_while(StoreSettings(make_database(server, "broken"))) as store:
                totals.garbage = ride_garbage(store, world, chosen.seed, chosen.garbage)
    _show(totals, time.perf_counter() - began)
    chosen.out.parent.mkdir(exist_ok=True)
    chosen.out.write_text(
        json.dumps({"chosen": {**vars(chosen), "out": chosen.out.name}, **_as_data(totals)}, indent=2) + "\n"
    )
    sys.exit(0 if _is_met(totals) else 1)


@contextmanager
def _server() -> Iterator[RunningServer]:
    with tempfile.TemporaryDirectory(prefix="eyre-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the server runs as a user of its own
        server = start_server(ServerSettings(folder / "server", durable=False))
        try:
            yield server
        finally:
            stop_server(server)


@contextmanager
def _sources(seed: int, batches: Sequence[int], each: int, kinds: Sequence[str]) -> "Iterator[subprocess.Popen[str]]":
    told = ["--seed", str(seed), "--batches", ",".join(map(str, batches)), "--each", str(each), "--kinds", *kinds]
    command = [sys.executable, "-m", "bench.drift_server", *told]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        if process.stdin is not None:
            process.stdin.close()
        process.wait(timeout=60)


def _ride_batch(server: RunningServer, served: Served, plan: Plan, totals: Totals) -> None:
    """All sources beside one another, and the sound ones once more by themselves."""
    words, number = Words(), plan.batch.number
    logging.getLogger().addHandler(words)
    logging.getLogger("eyre").setLevel(logging.DEBUG)
    with (
        open_for_a_while(StoreSettings(make_database(server, f"all_{number}"))) as store,
        open_for_a_while(StoreSettings(make_database(server, f"sound_{number}"))) as other,
    ):
        done = dict[str, Done]()
        _ride((store, other), served, plan, done)
        every, sound = [each.feed.slug for each in plan.variants], [each.feed.slug for each in plan.sound]
        now = held(store, every)
        now = Held(now.issues, now.noted, now.believed, now.looks, now.names - manifest_words(plan))
        score(plan, now, done, totals.kinds)
        score_healthy(plan, now, held(other, sound), totals.healthy)
    logging.getLogger().removeHandler(words)
    totals.died += [text for text in words.texts if "the ride of" in text]
    totals.log_leaks += sum(bool(leaked(now.names, text)) for text in words.texts)
    for kind in (FaultKind.DUPLICATED, FaultKind.DISORDERED):
        struck = [each for each in plan.variants if each.kind is kind]
        with open_for_a_while(StoreSettings(make_database(server, f"{kind.value}_{number}"))) as store:
            ride_messages(store, plan, struck, totals.kinds.setdefault(kind.value, Kind()))


def _ride(stores: tuple[Store, Store], served: Served, plan: Plan, done: dict[str, Done]) -> None:
    """Rides all sources in the first store and the sound ones in the second."""
    process = served.process
    store, other = stores
    model, clock = default_model(), [plan.batch.rides[0]]
    asked = [each for each in plan.variants if not each.pushed]
    manifests = {each.feed.slug: _manifest(each, served.address(at)) for at, each in enumerate(plan.variants)}
    with make_client(32) as client:
        circuits = list[Tools]()
        for one, variants in ((store, asked), (other, [each for each in asked if each.kind is None])):
            ensure_keys(one, model)
            some = {each.feed.slug: manifests[each.feed.slug] for each in variants}
            put_on_schedule(one, [(each, plan.batch.gap, clock[0]) for each in some.values()])
            tools = Tools(one, model, some, client, Breaker(), Robots(), lambda: clock[0], lambda: datetime.now(UTC))
            circuits.append(tools)
        pushing = [Pushing(tools, plan, manifests) for tools in circuits]
        for step, at in enumerate(plan.batch.rides):
            clock[0] = at
            ask_server(process, f"at {at.isoformat()}")
            for tools, pushes in zip(circuits, pushing, strict=True):
                _all_due(tools.store, at)
                Worker(tools, "bench", _THREADS, lambda _: None).ride_all_due()
                pushes.send(step, sound_only=tools.store is other, done=done)
        told: Mapping[str, Sequence[object]] = ask_server(process, "told")
    for slug, (mark, what, names) in told.items():
        done[slug] = (bool(mark), str(what), list(names))  # type: ignore[call-overload]


def _manifest(variant: Variant, base: str) -> Manifest:
    manifest = manifest_at(variant.feed, "" if variant.pushed else base + variant.feed.path)
    fetch = manifest.fetch
    if fetch is None:
        return manifest
    patience = _LITTLE if variant.kind is FaultKind.TIMEOUT else _PATIENCE
    told = {"timeout_seconds": patience, "agreed": True}
    return manifest.model_copy(update={"fetch": fetch.model_copy(update=told)})


def _all_due(store: Store, at: datetime) -> None:
    """The rides of this bench are made at its own instants, however a source's pace has changed."""
    with store.writer.connection() as writer:
        writer.execute("update eyre.ride set next_due = %s", [at])


def _as_data(totals: Totals) -> dict[str, object]:
    kinds = {name: vars(kind) for name, kind in totals.kinds.items()}
    garbage = {name: vars(each) for name, each in totals.garbage.items()}
    died = {"log_leaks": totals.log_leaks, "died": totals.died[:_SHOWN]}
    return {"kinds": kinds, "healthy": vars(totals.healthy), "garbage": garbage, **died}


def _is_met(totals: Totals) -> bool:
    """Whether everything that can be told was, and nothing was invented, lost or harmed."""
    kinds = totals.kinds.values()
    fine = all(kind.flagged == kind.seen and not (kind.invented or kind.lost or kind.leaks) for kind in kinds)
    broken = totals.garbage.values()
    garbage = all(each.taken == each.deliveries and not (each.leaks or each.silent or each.invented) for each in broken)
    healthy = totals.healthy
    return fine and garbage and not (healthy.harmed or healthy.alarms or totals.log_leaks or totals.died)


def _show(totals: Totals, seconds: float) -> None:
    console = Console(width=None if sys.stdout.isatty() else 150)
    told = ("variants", "can be told", "flagged", "named", "cannot", "flagged so")
    titles = ("fault", *told, "invented", "(untold)", "lost", "leaks")
    table = Table(title="Faults, each met by one ride")
    for title in (*titles, "recovered"):
        table.add_column(title, justify="left" if title == "fault" else "right")
    for name, kind in totals.kinds.items():
        named = f"{kind.named:,}/{kind.to_name:,}" if kind.to_name else ""
        counts = (
            kind.variants,
            kind.seen,
            kind.flagged,
            named,
            kind.unseen,
            kind.also,
            kind.invented,
            kind.invented_untold,
            kind.lost,
        )
        cells = [each if isinstance(each, str) else f"{each:,}" for each in (*counts, kind.leaks, kind.recovered)]
        table.add_row(name, *cells)
    console.print(table)
    for name, kind in totals.kinds.items():
        if kind.why_unseen:
            console.print(f"{name} cannot be told: {dict(kind.why_unseen)}")
    for name, kind in totals.kinds.items():
        for each in kind.examples[:6]:
            console.print(f"  {name}: {each}", markup=False)
    healthy = totals.healthy
    console.print(
        f"healthy rides {healthy.rides:,}, issues opened by them {healthy.alarms:,}; sound sources {healthy.sound:,}, "
        f"harmed {healthy.harmed:,}; logged lines with a name {totals.log_leaks}; rides that died {len(totals.died)}"
    )
    for each in [*healthy.examples[:10], *totals.died[:5]]:
        console.print(f"  {each}", markup=False)
    if totals.garbage:
        shown = Table(title="Broken deliveries")
        names = (
            "format",
            "deliveries",
            "taken or refused",
            "flagged",
            "cannot",
            "silent",
            "slowest s",
            "most MiB",
            "leaks",
            "events invented",
        )
        for title in names:
            shown.add_column(title, justify="left" if title == "format" else "right")
        for name, garbage in totals.garbage.items():
            shown.add_row(name, *garbage.cells())
        console.print(shown)
        for name, garbage in totals.garbage.items():
            if garbage.why:
                console.print(f"{name} cannot be told: {dict(garbage.why)}")
    console.print(f"{seconds:,.0f} s")


if __name__ == "__main__":
    main()
