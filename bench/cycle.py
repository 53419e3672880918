"""What a cycle of the circuit costs: `python -m bench.cycle --sources 100,1000`.

The invented country is served by a process of its own over HTTP and SFTP, in folders into which it drops files, and by
messages that it sends. Every source is put on the schedule and ridden: first when nothing is known of it, then in
steady cycles of a quarter of an hour, and at last with every row of every source that is asked understood anew, as if
each of them had changed. What is sent is sent meanwhile, and raw deliveries are kept. Each figure is beside what the
machine can do at most in the same run: bytes hashed a second by one core. What the country itself costs is told apart.
Writes `bench/results/cycle.json`.
"""

import argparse
import hashlib
import json
import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

from rich.console import Console
from rich.table import Table

from bench.country import Country, served_at
from bench.country_server import EVERY_DOOR
from bench.listened import TOKEN, free_port, listened
from bench.server_cost import ServerCost, own_peak
from eyre.bootstrap.circuit import Rides, Told, open_circuit
from eyre.circuit.ride_source import Ridden, RideEnd
from eyre.resolve.model import default_model
from eyre.service.commit_look import Taken
from eyre.service.rekey import ensure_keys
from eyre.service.resolve_records import Resolved
from eyre.service.ride_board import put_on_schedule
from eyre.service.warm_kernels import warm_live
from eyre.sim.feeds.feed import Door
from eyre.sim.scale import Scale
from eyre.store.blobs.blob_files import Blobs
from eyre.store.open_store import Store, StoreSettings, open_for_a_while
from eyre.store.server.database import make_database
from eyre.store.server.start import ServerSettings, start_server, stop_server

RESULTS = Path(__file__).parent / "results/cycle.json"
BEGINS = datetime(2026, 5, 4, 14, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
NATIONAL = 5_910
"""Sources of the whole country: 2,850 jails, a court for each, 110 prisons, 100 offices of probation and parole."""


@dataclass(frozen=True)
class Cycle:
    """What one cycle came to. Seconds by the clock and of work (ours, the database's, the country's); rides, deliveries
    that were sent, and how many of either failed; the rows that were listed and those that were read anew; events;
    records resolved; the database's size, and the most memory that we and the database's processes held."""

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
    parser.add_argument("--steady", type=int, default=3, help="cycles after the first")
    parser.add_argument("--doors", nargs="+", type=Door, default=EVERY_DOOR, help="how they are had")
    parser.add_argument("--no-replay", action="store_true", help="without the cycle in which every row is new")
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
    told = {"hashed_a_second": limit, "load": load, "cycles": [asdict(each) for each in every]}
    RESULTS.write_text(json.dumps(told, indent=2) + "\n")


def _measured(scale: Scale, chosen: argparse.Namespace) -> list[Cycle]:
    with tempfile.TemporaryDirectory(prefix="eyre-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the server runs as a user of its own
        server = start_server(ServerSettings(folder / "server"))
        try:
            url = make_database(server)
            kept = None if chosen.no_raw else Blobs(folder / "blobs")
            with (
                served_at(scale, tuple(chosen.doors)) as country,
                open_for_a_while(StoreSettings(url, blobs=kept)) as store,
            ):
                cycles = _Cycles(store, country, ServerCost(server.area.data, url))
                return cycles.ride(chosen.steady, replayed=not chosen.no_replay)
        finally:
            stop_server(server)


class _Cycles:
    """The cycles of one country."""

    def __init__(self, store: Store, country: Country, database: ServerCost) -> None:
        self.store, self.country, self.database = store, country, database
        self.model = default_model()
        self.counts: Counter[str] = Counter()
        self.troubles: Counter[str] = Counter()
        self.port = free_port()
        self._counting = Lock()
        ensure_keys(store, self.model)
        warm_live(self.model)
        began = time.perf_counter()
        put_on_schedule(store, [(each, QUARTER, BEGINS) for each in country.manifests.values()])
        print(f"{len(country.manifests):,} sources put on the schedule in {time.perf_counter() - began:.1f} s")

    def ride(self, steady: int, *, replayed: bool) -> list[Cycle]:
        found = [self._cycle("first")]
        for _ in range(steady):
            self.country.advance(QUARTER)
            found.append(self._cycle("steady"))
        if replayed:
            self.country.advance(QUARTER)
            self._forget_what_rows_said()
            found.append(self._cycle("anew"))
        return found

    def _cycle(self, what: str) -> Cycle:
        self.counts.clear()
        with self.store.writer.connection() as writer:
            writer.execute("update eyre.ride set next_due = %s", [self.country.now])
        self.database.begin()
        before = self._spent()
        self.troubles.clear()
        made = self._ridden(introduce=what == "first")
        seconds, cpu, worked, country_cpu = (b - a for a, b in zip(before, self._spent(), strict=True))
        counts = self.counts
        if self.troubles:
            print(f"{what}: {dict(self.troubles)}")
        return Cycle(
            what=what,
            sources=len(self.country.manifests),
            rides=made,
            sent=counts["sent"],
            trouble=counts["trouble"] + counts["given_up"],
            rows=counts["rows"],
            read_anew=counts["read_anew"],
            events=counts["events"],
            resolved=counts["resolved"],
            seconds=round(seconds, 2),
            cpu=round(cpu, 2),
            database_cpu=round(worked, 2),
            country_cpu=round(country_cpu, 2),
            mebibytes_read=round(counts["bytes"] / 2**20, 1),
            database_mebibytes=self.database.mebibytes(),
            peak_mebibytes=own_peak(),
            database_peak_mebibytes=self.database.end(),
        )

    def _spent(self) -> tuple[float, float, float, float]:
        return time.perf_counter(), time.process_time(), self.database.worked(), self.country.cpu_seconds()

    def _ridden(self, *, introduce: bool) -> int:
        """Rides everything, while what sends sends; ends when all of it is answered and every changed record is put
        together."""
        country = self.country
        rides = Rides(country.manifests, clock=lambda: country.now, sftp_keys=country.sftp_keys)
        told = Told(self._note_ride, self._note_resolved)
        with (
            open_circuit(self.store, self.model, rides, told) as circuit,
            listened(self.store, country, circuit, self._note_sent, self.port) as url,
            ThreadPoolExecutor(1) as pool,
        ):
            sending = pool.submit(country.introduce, url, TOKEN) if introduce else pool.submit(country.push)
            made = circuit.worker.ride_all_due()
            self.counts["given_up"] = sending.result().given_up
        return made

    def _note_ride(self, ride: Ridden) -> None:
        with self._counting:
            self.counts["trouble"] += ride.end is RideEnd.TROUBLE
            self.counts["bytes"] += ride.bytes_read
            if ride.trouble:
                self.troubles[ride.trouble.partition(":")[0]] += 1
            for taken in ride.taken:
                self._note_taken(taken)

    def _note_sent(self, taken: Taken, size: int) -> None:
        with self._counting:
            self.counts["sent"] += 1
            self.counts["bytes"] += size
            self._note_taken(taken)

    def _note_taken(self, taken: Taken) -> None:
        self.counts["rows"] += taken.rows
        self.counts["read_anew"] += taken.read_anew
        self.counts["events"] += taken.noted

    def _note_resolved(self, batch: Resolved) -> None:
        with self._counting:
            self.counts["resolved"] += batch.records

    def _forget_what_rows_said(self) -> None:
        """Every source has a new title, by which all that it says is understood anew, and no page is known to be the
        same."""
        country = self.country
        country.manifests = {
            source: each.model_copy(update={"title": f"{each.title} (anew)"})
            for source, each in country.manifests.items()
        }
        put_on_schedule(self.store, [(each, QUARTER, BEGINS) for each in country.manifests.values()])
        with self.store.writer.connection() as writer:
            writer.execute("update eyre.ride set validators = '{}'")


def _hashed_a_second() -> float:
    """What one core does at the most with bytes: hash them."""
    block = bytes(1 << 24)
    began = time.perf_counter()
    for _ in range(4):
        hashlib.sha256(block).digest()
    return 4 * len(block) / (time.perf_counter() - began)


def _table(cycles: list[Cycle]) -> Table:
    table = Table(title=f"Cycles of {cycles[0].sources:,} sources")
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
