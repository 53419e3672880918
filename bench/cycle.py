"""What a cycle of the circuit costs: `python -m bench.cycle --sources 100,1000`.

The invented country is served by a process of its own over HTTP and SFTP, in folders into which it drops files, and by
messages that it sends. Every source is put on the schedule and ridden, by as many processes as there are cores: first
when nothing is known of it, then in steady cycles of a quarter of an hour, and at last with every row of every source
that is asked understood anew, as if each of them had changed. What is sent is sent meanwhile, and raw deliveries are
kept. Each figure is beside what the machine can do at most in the same run: bytes hashed a second by one core. What the
country itself costs is told apart. Writes `bench/results/cycle.json`.
"""

import argparse
import hashlib
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.country import Country, served_at
from bench.country_server import EVERY_DOOR, EVERY_KIND
from bench.cycle_rider import Other, Rider, another, ready
from bench.listened import TOKEN, free_port, listened
from bench.own_server import own_server, scratch_folder
from bench.server_cost import ServerCost, own_peak
from eyre.bootstrap.circuit import Circuit
from eyre.model.record import RecordClass
from eyre.service.ride_board import put_on_schedule
from eyre.sim.feeds.feed import Door
from eyre.sim.scale import Scale
from eyre.store.blobs.blob_files import Blobs
from eyre.store.open_store import Store, StoreSettings, open_for_a_while
from eyre.store.server.database import make_database

RESULTS = Path(__file__).parent / "results/cycle.json"
BEGINS = datetime(2026, 5, 4, 14, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
NATIONAL = 5_910
"""Sources of the whole country: 2,850 jails, a court for each, 110 prisons, 100 offices of probation and parole."""


@dataclass(frozen=True)
class Cycle:
    """What one cycle came to. Seconds by the clock and of work (ours, the database's, the country's); rides, deliveries
    that were sent, and how many of either failed; the rows that were listed and those that were read anew; events;
    records resolved; the database's size; the most memory that our processes held together in this cycle, and that the
    database's did."""

    what: str
    sources: int
    rides: int
    sent: int
    trouble: int
    rows: int
    read_anew: int
    events: int
    resolved: int
    seconds: float
    cpu: float
    database_cpu: float
    country_cpu: float
    mebibytes_read: float
    database_mebibytes: int
    peak_mebibytes: int
    database_peak_mebibytes: int

    def a_core_second(self, many: int) -> float:
        """So many for each second that a core worked for us or the database."""
        return many / (self.cpu + self.database_cpu)


def main() -> None:
    """Prints a table for each number of sources."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--sources", default=f"100,1000,{NATIONAL},10000", help=f"how many, about; {NATIONAL:,} are the whole country"
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="processes that ride; a core each")
    parser.add_argument("--steady", type=int, default=3, help="cycles after the first")
    parser.add_argument("--doors", nargs="+", type=Door, default=EVERY_DOOR, help="how they are had")
    parser.add_argument(
        "--kinds", nargs="+", type=RecordClass, default=EVERY_KIND, help="whose they are; `custody`: rosters of jails"
    )
    parser.add_argument("--no-replay", action="store_true", help="without the cycle in which every row is new")
    parser.add_argument(
        "--shared-buffers", default="512MB", help="of the database: as it has them on a machine of 4 GB"
    )
    parser.add_argument("--no-raw", action="store_true", help="raw deliveries are not kept")
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 190)
    limit = _hashed_a_second()
    load = os.getloadavg()[0]
    every: list[Cycle] = []
    for many in map(int, chosen.sources.split(",")):
        scale = Scale(chosen.seed, BEGINS, 1, many / NATIONAL)
        cycles = _measured(scale, chosen)
        console.print(_table(cycles))
        every += cycles
    console.print(f"one core hashes {limit / 1e6:,.0f} MB/s (SHA-256); load at the start {load:.1f}")
    RESULTS.parent.mkdir(exist_ok=True)
    told = {"hashed_a_second": limit, "load": load, "kinds": chosen.kinds, "cycles": [asdict(each) for each in every]}
    RESULTS.write_text(json.dumps(told, indent=2) + "\n")


def _measured(scale: Scale, chosen: argparse.Namespace) -> list[Cycle]:
    with scratch_folder() as folder, own_server(folder, shared_buffers=chosen.shared_buffers) as server:
        url = make_database(server)
        kept = None if chosen.no_raw else Blobs(folder / "blobs")
        with (
            served_at(scale, tuple(chosen.doors), tuple(chosen.kinds)) as country,
            open_for_a_while(StoreSettings(url, blobs=kept)) as store,
        ):
            cycles = _Cycles(store, country, ServerCost(server.area.data, url))
            with cycles.beside(chosen.workers - 1, kept.directory if kept else None):
                return cycles.ride(chosen.steady, replayed=not chosen.no_replay)


class _Cycles:
    """The cycles of one country, ridden by this process and `others`."""

    def __init__(self, store: Store, country: Country, database: ServerCost) -> None:
        self.country, self.database = country, database
        began = time.perf_counter()
        put_on_schedule(store, [(each, QUARTER, BEGINS) for each in country.manifests.values()])
        print(f"{len(country.manifests):,} sources put on the schedule in {time.perf_counter() - began:.1f} s")
        self.rider = Rider(store, ready(store), country.sftp_keys)
        self.port = free_port()
        self.others: list[Other] = []

    @contextmanager
    def beside(self, others: int, blobs: Path | None) -> Iterator[None]:
        """So many other processes ride too, while the block runs."""
        self.others = [another(self.database.url, blobs, self.country.sftp_keys) for _ in range(others)]
        try:
            for each in self.others:
                each.answer()
            yield
        finally:
            for each in self.others:
                each.end()

    def ride(self, steady: int, *, replayed: bool) -> list[Cycle]:
        """The first cycle, so many steady ones, and one in which every row is new."""
        found = [_told(self._cycle("first"))]
        for _ in range(steady):
            self.country.advance(QUARTER)
            found.append(_told(self._cycle("steady")))
        if replayed:
            self.country.advance(QUARTER)
            self._forget_what_rows_said()
            found.append(_told(self._cycle("anew")))
        return found

    def _cycle(self, what: str) -> Cycle:
        self.rider.counts.clear()
        self.rider.troubles.clear()
        with self.rider.store.writer.connection() as writer:
            writer.execute("update eyre.ride set next_due = %s", [self.country.now])
        self.database.begin()
        before = self._spent()
        told = self._ridden(introduce=what == "first")
        seconds, cpu, worked, country_cpu = (b - a for a, b in zip(before, self._spent(), strict=True))
        counts = sum((Counter(each["counts"]) for each in told), self.rider.counts)
        if troubles := sum((Counter(each["troubles"]) for each in told), self.rider.troubles):
            print(f"{what}: {dict(troubles)}")
        return Cycle(
            what=what,
            sources=len(self.country.manifests),
            rides=counts["rides"],
            sent=counts["sent"],
            trouble=counts["trouble"] + counts["given_up"],
            rows=counts["rows"],
            read_anew=counts["read_anew"],
            events=counts["events"],
            resolved=counts["resolved"],
            seconds=round(seconds, 2),
            cpu=round(cpu + sum(each["cpu"] for each in told), 2),
            database_cpu=round(worked, 2),
            country_cpu=round(country_cpu, 2),
            mebibytes_read=round(counts["bytes"] / 2**20, 1),
            database_mebibytes=self.database.mebibytes(),
            peak_mebibytes=own_peak() + sum(each["peak"] for each in told),
            database_peak_mebibytes=self.database.end(),
        )

    def _spent(self) -> tuple[float, float, float, float]:
        return time.perf_counter(), time.process_time(), self.database.worked(), self.country.cpu_seconds()

    def _ridden(self, *, introduce: bool) -> list[dict[str, Any]]:
        """Rides everything, while what sends sends; ends when all of it is answered. Gives what the others tell."""
        country, given_up = self.country, 0

        @contextmanager
        def sent(circuit: Circuit) -> Iterator[None]:
            nonlocal given_up
            with (
                listened(self.rider.store, country, circuit, self.rider.note_sent, self.port) as url,
                ThreadPoolExecutor(1) as pool,
            ):
                sending = pool.submit(country.introduce, url, TOKEN) if introduce else pool.submit(country.push)
                yield
                given_up = sending.result().given_up

        for each in self.others:
            each.begin(f"ride {country.now.isoformat()}")
        self.rider.ride(country.manifests, country.now, sent)
        self.rider.counts["given_up"] = given_up
        return [each.answer() for each in self.others]

    def _forget_what_rows_said(self) -> None:
        """Every source has a new title, by which all that it says is understood anew, and no page is known to be the
        same."""
        country = self.country
        country.manifests = {
            source: each.model_copy(update={"title": f"{each.title} (anew)"})
            for source, each in country.manifests.items()
        }
        put_on_schedule(self.rider.store, [(each, QUARTER, BEGINS) for each in country.manifests.values()])
        with self.rider.store.writer.connection() as writer:
            writer.execute("update eyre.ride set validators = '{}'")
        for each in self.others:
            each.begin("manifests")
            each.answer()


def _told(cycle: Cycle) -> Cycle:
    """The cycle as it is, told at once: the whole of a country takes long."""
    print(f"{cycle.what}: {cycle.seconds:.1f} s, {cycle.rides:,} rides, {cycle.peak_mebibytes:,} MiB", flush=True)
    return cycle


def _hashed_a_second() -> float:
    """What one core does at the most with bytes: hash them."""
    block = bytes(1 << 24)
    began = time.perf_counter()
    for _ in range(4):
        hashlib.sha256(block).digest()
    return 4 * len(block) / (time.perf_counter() - began)


def _table(cycles: list[Cycle]) -> Table:
    table = Table(title=f"Cycles of {cycles[0].sources:,} sources, {cycles[0].rides:,} of which are asked")
    titles = ("cycle", "rides", "sent", "trouble", "rows", "read anew", "events", "resolved", "s", "CPU", "database")
    for title in (
        *titles,
        "country",
        "MiB read",
        "base MiB",
        "rows/s",
        "rows/core-s",
        "anew/core-s",
        "peak MiB",
        "+ base",
    ):
        table.add_column(title, justify="left" if title == "cycle" else "right")
    for each in cycles:
        table.add_row(
            each.what,
            *(f"{value:,}" for value in list(asdict(each).values())[2:15]),
            f"{each.rows / each.seconds:,.0f}",
            f"{each.a_core_second(each.rows):,.0f}",
            f"{each.a_core_second(each.read_anew):,.0f}",
            f"{each.peak_mebibytes:,}",
            f"{each.database_peak_mebibytes:,}",
        )
    return table


if __name__ == "__main__":
    main()
