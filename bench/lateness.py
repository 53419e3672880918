"""How late rides begin: `python -m bench.lateness --sources 10000 --workers 4`.

The invented country publishes in real time, over HTTP and SFTP and in folders, by a process of its own. So many
sources are due every 15 minutes, each at an instant of its own, and are ridden by workers that run as they do in
production, `eyre circuit run` each, on a PostgreSQL server of their own that writes to disk. Every source is ridden
once before. Then nothing is due for a while, to see what idle workers cost; then rides are made for `--minutes`. A
witness in the database writes down when each was due, claimed and committed. Meanwhile a reader asks, under a purpose,
for the bookings that are published, until each is seen; those of the last 16 minutes are not counted. Prints a table
and writes `bench/results/lateness.json`.
"""

import argparse
import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import psycopg
from rich.console import Console
from rich.table import Table

from bench import witness
from bench.country import Country, served_at
from bench.own_server import own_server, scratch_folder
from bench.publications import Watcher, bookings
from bench.push import as_url
from bench.server_cost import ServerCost
from bench.workers import Workers, running
from eyre.circuit.pace import first_due, pace_of
from eyre.service.ride_board import put_on_schedule
from eyre.sim.feeds.feed import Door
from eyre.sim.scale import Scale
from eyre.sources.manifest import Manifest, PollBounds
from eyre.store.open_store import Store, StoreSettings, open_for_a_while
from eyre.store.server.database import make_database

RESULTS = Path(__file__).parent / "results/lateness.json"
POLLED = (Door.HTTP, Door.SFTP, Door.FOLDER)
_POLLED_OF_COUNTRY = 5_700
"""Sources of the whole country that are asked, a few less than there are."""
QUARTER = timedelta(minutes=15)
_ELSEWHERE = 0.01  # of prisoners, of those on supervision and of pending cases: the rest of them hardly changes
_SIGHT = timedelta(seconds=60)
"""What is published so much more than 15 minutes before the end must have been seen by then."""
_SETTLES = 10.0  # seconds in which workers end what they have begun
_LOOKS_EVERY = 2.0
_FIRST_WITHIN = 3600.0  # seconds in which every source is ridden once


@dataclass(frozen=True)
class Cost:
    """Shares of one core over some time: of all workers, the database, and the country."""

    seconds: float
    workers: float
    database: float
    country: float


@dataclass(frozen=True)
class Figures:
    """Seconds from due to claimed by the database's clock, and to begun as workers tell it; rides by `double` of which
    more than one was committed, and sources that nobody took; what it cost; seconds from publication to sight."""

    sources: int
    workers: int
    minutes: float
    rows: int
    rides: int
    a_second: float
    late_p50: float
    late_p99: float
    late_most: float
    begun_p99: float
    took_p50: float
    took_p99: float
    double: int
    never: int
    first_minutes: float
    riding: Cost
    idle: Cost
    worker_peak_mebibytes: int
    published: int
    seen_p50: float
    seen_p99: float
    seen_most: float
    unseen: int


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=10_000, help="how many are asked, about")
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--minutes", type=float, default=32.0, help="how long rides are made: 16 are once around")
    parser.add_argument("--idle", type=float, default=60.0, help="seconds in which nothing is due")
    parser.add_argument("--crowding", type=float, default=0.5, help="how full jails are: 1.0 is as they are")
    parser.add_argument("--doors", nargs="+", type=Door, default=POLLED)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    load = os.getloadavg()[0]
    with scratch_folder() as folder, own_server(folder) as server:
        figures = _measured(chosen, folder, ServerCost(server.area.data, make_database(server)))
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(_table(figures))
    console.print(f"{os.cpu_count()} cores, load {load:.1f} at the start and {os.getloadavg()[0]:.1f} at the end")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(asdict(figures) | {"load": load}, indent=2) + "\n", encoding="utf-8")


def _every_quarter(manifest: Manifest) -> Manifest:
    """The source with no other pace than one ride in 15 minutes: by itself it would be asked later while it is quiet,
    and sooner while it is not."""
    seconds = round(QUARTER.total_seconds())
    return manifest.model_copy(update={"poll": PollBounds(min_seconds=seconds, max_seconds=seconds)})


def _measured(chosen: argparse.Namespace, folder: Path, database: ServerCost) -> Figures:
    now = datetime.now(UTC).replace(microsecond=0)
    share = chosen.sources / _POLLED_OF_COUNTRY
    scale = Scale(
        chosen.seed, now - timedelta(days=1), 2.0, share, crowding=chosen.crowding,
        prison_share=_ELSEWHERE, supervised_share=_ELSEWHERE, pending_share=_ELSEWHERE,
    )  # fmt: skip
    with (
        served_at(scale, tuple(chosen.doors), runs_from=now) as country,
        open_for_a_while(StoreSettings(database.url)) as store,
    ):
        country.manifests = {source: _every_quarter(each) for source, each in country.manifests.items()}
        put_on_schedule(store, [(each, QUARTER, now) for each in country.manifests.values()])
        witness.call_witness(database.url)
        settings = {"EYRE_DATABASE_URL": as_url(database.url), "EYRE_BLOB_DIR": str(folder / "blobs")}
        if country.sftp_keys is not None and country.sftp_keys.client_key is not None:
            settings["EYRE_KNOWN_HOSTS"] = str(country.sftp_keys.known_hosts)
            settings["EYRE_SFTP_KEY"] = str(country.sftp_keys.client_key)
        with running(chosen.workers, folder, settings) as workers:
            return _Run(country, store, database, workers).figures(chosen)


@dataclass
class _Run:
    """One run of workers."""

    country: Country
    store: Store
    database: ServerCost
    workers: Workers

    def figures(self, chosen: argparse.Namespace) -> Figures:
        url, sources = self.database.url, len(self.country.manifests)
        first = self._first_rides(sources)
        print(f"{sources:,} sources were ridden once in {first / 60:.1f} minutes", flush=True)
        idle = self._idle(chosen.idle)
        began = datetime.now(UTC) + timedelta(seconds=5)
        until = began + timedelta(minutes=chosen.minutes)
        watcher = Watcher(self.store, bookings(self.country, self.store, began, until))
        watcher.start()
        self._due_from(began)
        witness.forget_until_now(url)
        before = [len(each) for each in self.workers.lateness()]
        riding = self._cost_of(until)
        told = [late for each, many in zip(self.workers.lateness(), before, strict=True) for late in each[many:]]
        ended = datetime.now(UTC)
        rides = witness.rides_due(url, began, ended - timedelta(seconds=_SETTLES))
        late = [(each.claimed_at - each.due).total_seconds() for each in rides]
        took = [(each.finished_at - each.claimed_at).total_seconds() for each in rides]
        in_time = ended - QUARTER - _SIGHT
        seen = watcher.finish(in_time)
        return Figures(
            sources=sources,
            workers=len(self.workers.processes),
            minutes=chosen.minutes,
            rows=self._rows(),
            rides=len(rides),
            a_second=round(len(rides) / (riding.seconds - _SETTLES), 1),
            late_p50=_percentile(late, 50),
            late_p99=_percentile(late, 99),
            late_most=_percentile(late, 100),
            begun_p99=_percentile(told, 99),
            took_p50=_percentile(took, 50),
            took_p99=_percentile(took, 99),
            double=witness.committed_twice(url),
            never=witness.never_claimed(url, began, ended - timedelta(seconds=_SETTLES)),
            first_minutes=round(first / 60, 2),
            riding=riding,
            idle=idle,
            worker_peak_mebibytes=self.workers.peak_mebibytes(),
            published=sum(each.at <= in_time for each in watcher.publications),
            seen_p50=_percentile(seen, 50),
            seen_p99=_percentile(seen, 99),
            seen_most=_percentile(seen, 100),
            unseen=len(watcher.unseen(in_time)),
        )

    def _first_rides(self, sources: int) -> float:
        """Seconds until every source was ridden once."""
        began = time.perf_counter()
        while witness.tried(self.database.url) < sources:
            if not self.workers.are_alive() or time.perf_counter() - began > _FIRST_WITHIN:
                raise RuntimeError("a worker has ended, or they do not come to an end")
            time.sleep(_LOOKS_EVERY)
        return time.perf_counter() - began

    def _idle(self, seconds: float) -> Cost:
        """What it costs that nothing is due."""
        self._set_due("clock_timestamp() + interval '2 hours'")
        time.sleep(_SETTLES)
        return self._cost_of(datetime.now(UTC) + timedelta(seconds=seconds))

    def _due_from(self, began: datetime) -> None:
        """Every source is due within the 15 minutes from then on, at the instant that is its own."""
        due = {source: first_due(source, pace_of(each), began) for source, each in self.country.manifests.items()}
        self._set_due("told.due", " from unnest(%s::text[], %s::timestamptz[]) as told (source, due)", due)

    def _set_due(self, when: str, told: str = "", due: dict[str, datetime] | None = None) -> None:
        values = [] if due is None else [list(due), list(due.values())]
        where = " where told.source = ride.source" if told else ""
        with psycopg.connect(self.database.url) as owner:
            owner.execute(f"update eyre.ride set next_due = {when}{told}{where}", values)  # noqa: S608 # our own words

    def _cost_of(self, until: datetime) -> Cost:
        """What is spent from now until then, as shares of a core."""
        before, began = self._spent(), time.perf_counter()
        while (left := (until - datetime.now(UTC)).total_seconds()) > 0:
            time.sleep(min(left, _LOOKS_EVERY))
            if not self.workers.are_alive():
                raise RuntimeError("a worker has ended")
        seconds = time.perf_counter() - began
        return Cost(
            round(seconds, 1), *(round((b - a) / seconds, 4) for a, b in zip(before, self._spent(), strict=True))
        )

    def _spent(self) -> tuple[float, float, float]:
        return self.workers.worked(), self.database.worked(), self.country.cpu_seconds()

    def _rows(self) -> int:
        with psycopg.connect(self.database.url) as owner:
            (many,) = owner.execute("select sum(octet_length(records)) / 8 from eyre.roster").fetchone() or (0,)
        return int(many or 0)


def _percentile(seconds: list[float], share: int) -> float:
    return round(float(np.percentile(seconds, share)), 3) if seconds else float("nan")


def _table(figures: Figures) -> Table:
    table = Table(
        title=f"{figures.sources:,} sources due every 15 minutes, {figures.workers} workers", show_header=False
    )
    table.add_column()
    table.add_column(justify="right")
    lines = {
        "minutes; rides; rides a second": f"{figures.minutes:g}; {figures.rides:,}; {figures.a_second}",
        "rows listed": f"{figures.rows:,}",
        "seconds late, p50 / p99 / most": f"{figures.late_p50} / {figures.late_p99} / {figures.late_most}",
        "… until begun, as workers tell, p99": f"{figures.begun_p99}",
        "seconds from claim to commit, p50 / p99": f"{figures.took_p50} / {figures.took_p99}",
        "committed twice; never taken": f"{figures.double}; {figures.never}",
        "cores riding: workers, database, country": _shares(figures.riding),
        "cores idle: workers, database, country": _shares(figures.idle),
        "most memory of a worker, MiB": f"{figures.worker_peak_mebibytes:,}",
        "bookings published; not seen": f"{figures.published:,}; {figures.unseen}",
        "seconds to sight, p50 / p99 / most": f"{figures.seen_p50} / {figures.seen_p99} / {figures.seen_most}",
    }
    for what, value in lines.items():
        table.add_row(what, value)
    return table


def _shares(cost: Cost) -> str:
    return f"{cost.workers:.3f}, {cost.database:.3f}, {cost.country:.3f}"


if __name__ == "__main__":
    main()
