"""How soon an arriving record is resolved against many stored ones, and how many records a second are taken in:
`python -m bench.live`.

Generated people are imported into a PostgreSQL server of its own through the path that every delivery takes. Then
records that are not there yet arrive, alone and in batches: each is parsed, its keys are made, it is committed to disk
and the persons around it are resolved under a view. Splink is asked about the same records right after; it neither
stores nor clusters.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import psycopg
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from bench.arrivals import Arrival, Arrivals, server_processes
from bench.own_server import own_server, scratch_folder
from bench.peers_env import peer_command
from bench.population import write_population
from eyre.store.open_store import StoreSettings, open_for_a_while
from eyre.store.server.database import make_database

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results/live.json"
BATCHES = (1, 10, 100, 1_000, 10_000)
TURNS = {10: 30, 100: 15, 1_000: 5, 10_000: 2}
WARM_UP = 30
_MOST_SECONDS_TO_SETTLE = 300
_SETTLED = (
    "select min(relallvisible / greatest(relpages, 1.0)) > 0.9 from pg_class "
    "where oid in ('eyre.record_key'::regclass, 'eyre.record_features'::regclass)"
)


@dataclass(frozen=True)
class Figures:
    """Of batches of one size: milliseconds from arrival to persons (median, 90th and 99th percentile), of that what
    storing and resolving take, and records a second by the clock and for each second that a core worked."""

    size: int
    turns: int
    p50: float
    p90: float
    p99: float
    store_p50: float
    resolve_p50: float
    resolve_p99: float
    a_second: float
    a_core_second: float
    peer_p50: float | None


def main() -> None:
    """Prints a table and writes the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stored", type=int, default=1_000_000, help="are there before others arrive")
    parser.add_argument("--singles", type=int, default=500, help="records that arrive alone")
    parser.add_argument("--batches", default="1,10,100,1000,10000")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--no-peer", action="store_true")
    chosen = parser.parse_args()
    turns = {size: TURNS.get(size, 1) for size in map(int, chosen.batches.split(","))}
    turns |= {1: chosen.singles + WARM_UP}
    console = Console(width=None if sys.stdout.isatty() else 120)
    load = os.getloadavg()[0]
    with scratch_folder() as folder:
        stored, arriving = _files(folder, chosen.stored, sum(size * many for size, many in turns.items()), chosen.seed)
        with own_server(folder) as server:
            owner_url = make_database(server)
            with open_for_a_while(StoreSettings(owner_url)) as store:
                arrivals = Arrivals(store, folder, server_processes(server.area.data))
                console.print(f"storing {chosen.stored:,} records")
                seconds = arrivals.fill(stored)
                settle(owner_url)
                arrived = {}
                for size, many in sorted(turns.items()):
                    console.print(f"{many} times {size:,} arriving")
                    arrived[size] = arrivals.arrive(arriving, size, many)
        peer = {} if chosen.no_peer else _peer(stored, arriving, sorted(turns))
    arrived[1] = arrived[1][WARM_UP:]
    figures = [_figures(size, many, peer.get(size)) for size, many in sorted(arrived.items())]
    console.print(_table(chosen.stored, figures))
    console.print(
        f"{chosen.stored:,} records were stored in {seconds:.0f} s ({chosen.stored / seconds:,.0f} a second); the "
        f"machine has {os.cpu_count()} cores, its load was {load:.1f} at the start and {os.getloadavg()[0]:.1f} at the "
        "end."
    )
    RESULTS.parent.mkdir(exist_ok=True)
    told = {"stored": chosen.stored, "seconds_to_store": round(seconds, 1), "load": round(load, 2)}
    path = RESULTS if chosen.stored == 1_000_000 else RESULTS.with_stem(f"live_{chosen.stored}")
    path.write_text(json.dumps(told | {"figures": [asdict(each) for each in figures]}, indent=2) + "\n", "utf-8")


def settle(owner_url: str) -> None:
    """Waits for the server's own vacuum, which comes within a minute of a load: until then an index alone does not tell
    which of its rows are visible."""
    with psycopg.connect(owner_url, autocommit=True) as owner:
        for _ in range(_MOST_SECONDS_TO_SETTLE):
            row = owner.execute(_SETTLED).fetchone()
            if row and row[0]:
                return
            time.sleep(1)


def _files(folder: Path, stored: int, arriving: int, seed: int) -> tuple[Path, Path]:
    """Records to be stored, and others of the same people that are not."""
    everybody, one, other = (folder / f"{name}.parquet" for name in ("everybody", "stored", "arriving"))
    write_population(everybody, stored + arriving, seed)
    table = pq.read_table(everybody)
    everybody.unlink()
    pq.write_table(table.slice(0, stored), one)
    pq.write_table(table.slice(stored), other)
    return one, other


def _peer(stored: Path, arriving: Path, sizes: list[int]) -> dict[int, float]:
    command = peer_command("bench.splink_arrive", str(stored), str(arriving), ",".join(map(str, sizes)))
    ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    told = json.loads(ran.stdout.splitlines()[-1])
    return {int(size): float(np.median(taken)) for size, taken in told.items()}


def _figures(size: int, arrived: list[Arrival], peer: float | None) -> Figures:
    whole = [each.store + each.resolve for each in arrived]
    resolve = [each.resolve for each in arrived]
    records = size * len(arrived)
    return Figures(
        size=size,
        turns=len(arrived),
        p50=_percentile(whole, 50),
        p90=_percentile(whole, 90),
        p99=_percentile(whole, 99),
        store_p50=_percentile([each.store for each in arrived], 50),
        resolve_p50=_percentile(resolve, 50),
        resolve_p99=_percentile(resolve, 99),
        a_second=round(records / sum(whole), 1),
        a_core_second=round(records / sum(each.worked for each in arrived), 1),
        peer_p50=peer,
    )


def _percentile(seconds: list[float], share: int) -> float:
    return round(float(np.percentile(seconds, share)) * 1000, 2)


def _table(stored: int, figures: list[Figures]) -> Table:
    table = Table(title=f"Records that arrive where {stored:,} are stored (milliseconds)")
    headings = "at once,turns,p50,p90,p99,store p50,resolve p50,resolve p99,records/s,per core·s,splink p50,ratio"
    for heading in headings.split(","):
        table.add_column(heading, justify="right")
    for each in figures:
        table.add_row(
            f"{each.size:,}",
            str(each.turns),
            *(
                f"{value:,.1f}"
                for value in (each.p50, each.p90, each.p99, each.store_p50, each.resolve_p50, each.resolve_p99)
            ),
            *(f"{value:,.0f}" for value in (each.a_second, each.a_core_second)),
            "" if each.peer_p50 is None else f"{each.peer_p50:,.0f}",
            "" if each.peer_p50 is None else f"{each.peer_p50 / each.p50:,.1f}",
        )
    return table


if __name__ == "__main__":
    main()
