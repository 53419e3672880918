"""What a cycle of the circuit costs: `python -m bench.cycle --sources 100,1000`.

The invented country is served over HTTP by a process of its own. Every source is put on the schedule and ridden: first
when nothing is known of it, then in steady cycles of a quarter of an hour, and at last with every row changed at once
(by a parser that understands everything anew). Each figure is beside what the machine can do at most in the same run:
bytes hashed a second by one core. What the country itself costs is told apart. Writes `bench/results/cycle.json`.
"""

import argparse
import hashlib
import json
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from rich.console import Console
from rich.table import Table

from bench.arrivals import server_processes
from bench.country import Country, served_country
from eyre.bootstrap.circuit import Rides, Told, open_circuit
from eyre.circuit.ride_source import Ridden
from eyre.resolve.model import default_model
from eyre.service.rekey import ensure_keys
from eyre.service.resolve_records import Resolved
from eyre.service.ride_board import put_on_schedule
from eyre.service.warm_kernels import warm_live
from eyre.store.open_store import Store, StoreSettings, open_for_a_while
from eyre.store.server.database import make_database
from eyre.store.server.start import ServerSettings, start_server, stop_server

RESULTS = Path(__file__).parent / "results/cycle.json"
BEGINS = datetime(2026, 5, 4, 14, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
JAILS = 2_850


@dataclass(frozen=True)
class Cycle:
    """What one cycle came to. Seconds by the clock and of work (ours, the database's, the country's); the rows that
    were listed and those that were read anew; events; records resolved; the database's size and our peak memory."""

    what: str
    sources: int
    rides: int
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

    @property
    def rows_a_core_second(self) -> float:
        """Rows listed for each second that a core worked for us or the database."""
        return self.rows / (self.cpu + self.database_cpu)


def main() -> None:
    """Prints a table for each number of sources."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--sources", default="100,1000,2850", help="how many jails, about; courts and others come with them"
    )
    parser.add_argument("--steady", type=int, default=3, help="cycles after the first")
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 140)
    limit = _hashed_a_second()
    load = os.getloadavg()[0]
    every = [
        each for many in map(int, chosen.sources.split(",")) for each in _measured(many, chosen.steady, chosen.seed)
    ]
    console.print(_table(every))
    console.print(f"one core hashes {limit / 1e6:,.0f} MB/s (SHA-256); load at the start {load:.1f}")
    RESULTS.parent.mkdir(exist_ok=True)
    told = {"hashed_a_second": limit, "load": load, "cycles": [asdict(each) for each in every]}
    RESULTS.write_text(json.dumps(told, indent=2) + "\n")


def _measured(jails: int, steady: int, seed: int) -> list[Cycle]:
    with tempfile.TemporaryDirectory(prefix="eyre-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the server runs as a user of its own
        server = start_server(ServerSettings(folder / "server"))
        try:
            url = make_database(server)
            with (
                served_country(share=jails / JAILS, begins=BEGINS, days=1, seed=seed) as country,
                open_for_a_while(StoreSettings(url)) as store,
            ):
                worked = server_processes(server.area.data).worked
                return _cycles(store, country, Work(worked, lambda: _mebibytes(url)), steady)
        finally:
            stop_server(server)


@dataclass(frozen=True)
class Work:
    """Tells the seconds that cores worked for the database so far, and its size in MiB."""

    seconds: Callable[[], float]
    mebibytes: Callable[[], int]


def _cycles(store: Store, country: Country, database: Work, steady: int) -> list[Cycle]:
    model = default_model()
    ensure_keys(store, model)
    warm_live(model)
    put_on_schedule(store, [(each, QUARTER, BEGINS) for each in country.manifests.values()])
    counts: Counter[str] = Counter()

    def ridden(ride: Ridden) -> None:
        counts[ride.end.value] += 1
        counts["bytes"] += ride.bytes_read
        for taken in ride.taken:
            counts["rows"] += taken.rows
            counts["read_anew"] += taken.read_anew
            counts["events"] += taken.noted

    def resolved(batch: Resolved) -> None:
        counts["resolved"] += batch.records

    found = []
    rides = Rides(country.manifests, clock=lambda: country.now)
    for number in range(steady + 1):
        counts.clear()
        with store.writer.connection() as writer:
            writer.execute("update eyre.ride set next_due = %s", [country.now])
        before = time.perf_counter(), time.process_time(), database.seconds(), country.cpu_seconds()
        with open_circuit(store, model, rides, Told(ridden, resolved)) as circuit:
            made = circuit.worker.ride_all_due()
        after = time.perf_counter(), time.process_time(), database.seconds(), country.cpu_seconds()
        seconds, cpu, worked, country_cpu = (b - a for a, b in zip(before, after, strict=True))
        found.append(
            Cycle(
                what="first" if number == 0 else "steady",
                sources=len(country.manifests),
                rides=made,
                trouble=counts["trouble"],
                rows=counts["rows"],
                read_anew=counts["read_anew"],
                events=counts["events"],
                resolved=counts["resolved"],
                seconds=round(seconds, 2),
                cpu=round(cpu, 2),
                database_cpu=round(worked, 2),
                country_cpu=round(country_cpu, 2),
                mebibytes_read=round(counts["bytes"] / 2**20, 1),
                database_mebibytes=database.mebibytes(),
                peak_mebibytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            )
        )
        country.advance(QUARTER)
    return found


def _mebibytes(url: str) -> int:
    """How large the database is."""
    with psycopg.connect(url) as owner:
        (size,) = owner.execute("select pg_database_size(current_database())").fetchone() or (0,)
    return int(size) >> 20


def _hashed_a_second() -> float:
    """What one core does at the most with bytes: hash them."""
    block = bytes(1 << 24)
    began = time.perf_counter()
    for _ in range(4):
        hashlib.sha256(block).digest()
    return 4 * len(block) / (time.perf_counter() - began)


def _table(cycles: list[Cycle]) -> Table:
    table = Table(title="Cycles of the circuit")
    titles = ("cycle", "sources", "rides", "trouble", "rows", "read anew", "events", "resolved", "s", "CPU", "database")
    for title in (*titles, "country", "MiB read", "base MiB", "rows/core-s", "peak MiB"):
        table.add_column(title, justify="left" if title == "cycle" else "right")
    for each in cycles:
        table.add_row(
            each.what,
            *(f"{value:,}" for value in list(asdict(each).values())[1:14]),
            f"{each.rows_a_core_second:,.0f}",
            f"{each.peak_mebibytes:,}",
        )
    return table


if __name__ == "__main__":
    main()
