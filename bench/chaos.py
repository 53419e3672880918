"""Workers that are killed at random instants, beside an undisturbed run: `python -m bench.chaos --kills 300`.

The invented country is ridden twice, step by step. In the one run nothing happens; in the other, workers are killed
with signal 9 at random instants, again and again, until everything due is ridden. At the end both must believe the very
same events, and each event must stand in the log once as noted. Prints a table and writes `bench/results/chaos.json`.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from rich.console import Console
from rich.table import Table

from bench.country import ROOT, Country, served_country
from eyre.service.ride_board import put_on_schedule
from eyre.store.open_store import StoreSettings, open_for_a_while
from eyre.store.server.database import make_database
from eyre.store.server.start import ServerSettings, start_server, stop_server

RESULTS = Path(__file__).parent / "results/chaos.json"
BEGINS = datetime(2026, 5, 4, 12, tzinfo=UTC)
STEP = timedelta(minutes=15)
_LEASE = 1.0  # seconds: who was killed is soon replaced
_WORKERS = 2


@dataclass(frozen=True)
class Outcome:
    """What a run came to."""

    steps: int
    kills: int
    rides: int
    events: int
    withdrawn: int
    noted_twice: int
    seconds: float


def main() -> None:
    """Runs both and compares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--steps", type=int, default=24)
    parser.add_argument("--share", type=float, default=0.01)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="eyre-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the server runs as a user of its own
        server = start_server(ServerSettings(folder / "server"))
        try:
            urls = [make_database(server, run) for run in ("calm", "chaos")]
            _share_keys(urls)
            runs = {}
            for run, url, kills in (("undisturbed", urls[0], 0), ("killed", urls[1], chosen.kills)):
                days = chosen.steps * STEP / timedelta(days=1) + 1
                with served_country(share=chosen.share, begins=BEGINS, days=days) as country:
                    runs[run] = _ridden(url, country, chosen.steps, kills, random.Random(chosen.seed))
            same = _believed(urls[0]) == _believed(urls[1])
        finally:
            stop_server(server)
    _show(runs, same)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"runs": {k: asdict(v) for k, v in runs.items()}, "same": same}, indent=2) + "\n")
    sys.exit(0 if same and not any(run.noted_twice for run in runs.values()) else 1)


def _ridden(url: str, country: Country, steps: int, kills: int, chance: random.Random) -> Outcome:
    """Rides every step until nothing is due; kills a worker `kills` times, spread over the steps."""
    began = time.perf_counter()
    unlimited = {feed.slug for feed in country.feeds if feed.limit is None}  # else a retry is told to wait
    with open_for_a_while(StoreSettings(url)) as store:
        placed = [(each, STEP, BEGINS) for source, each in country.manifests.items() if source in unlimited]
        # the addresses of the two runs differ in their port: the schedule is by source all the same
        put_on_schedule(store, placed)
    killed = 0
    for step in range(steps):
        due = kills * (step + 1) // steps - killed
        killed += _ride_step(url, country.now, due, chance)
        country.advance(STEP)
    with psycopg.connect(url) as owner:
        noted, withdrawn, twice, rides = owner.execute(
            "select (select count(*) from eyre.event where not withdrawn), "
            "(select count(*) from eyre.event where withdrawn), "
            "(select count(*) from (select event from eyre.event_log group by event "
            "having sum(case when noted then 1 else -1 end) not in (0, 1)) t), (select sum(fence) from eyre.ride)"
        ).fetchone() or (0, 0, 0, 0)
    return Outcome(steps, killed, int(rides), noted, withdrawn, twice, round(time.perf_counter() - began, 1))


def _ride_step(url: str, now: datetime, kills: int, chance: random.Random) -> int:
    killed = 0
    while True:
        workers = [_start(url, now) for _ in range(_WORKERS)]
        for _ in range(min(kills - killed, 1)):
            victim = chance.choice(workers)
            with suppress(subprocess.TimeoutExpired):
                victim.wait(timeout=chance.uniform(0.6, 2.6))
            if victim.poll() is None:
                victim.kill()
                killed += 1
        for worker in workers:
            worker.wait()
        if killed >= kills and _all_ridden(url, now):
            return killed
        if killed < kills and _all_ridden(url, now):
            return killed


def _start(url: str, now: datetime) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "bench.rider", "--store", url, "--now", now.isoformat(), "--lease", str(_LEASE)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL)


def _all_ridden(url: str, now: datetime) -> bool:
    """Whether nothing is due at `now`. Waits for leases that dead workers hold."""
    with psycopg.connect(url, autocommit=True) as owner:
        while True:
            held, due = owner.execute(
                "select count(*) filter (where leased_until > clock_timestamp()), count(*) from eyre.ride "
                "where next_due <= %s",
                [now],
            ).fetchone() or (0, 0)
            if not due:
                return True
            if not held:
                return False
            time.sleep(0.05)


def _share_keys(urls: list[str]) -> None:
    """Both databases name records alike."""
    for url in urls:
        with open_for_a_while(StoreSettings(url)):
            pass
    with psycopg.connect(urls[0]) as one, psycopg.connect(urls[1]) as other:
        key = one.execute("select value from eyre.secret where name = 'record_key'").fetchone()
        other.execute("update eyre.secret set value = %s where name = 'record_key'", key)


def _believed(url: str) -> set[tuple[object, ...]]:
    with psycopg.connect(url) as owner:
        query = "select id, record, kind, earliest, latest, basis, concluded_from from eyre.event where not withdrawn"
        return set(owner.execute(query).fetchall())


def _show(runs: dict[str, Outcome], same: bool) -> None:
    table = Table(title="Workers killed with signal 9")
    for title in ("run", "steps", "kills", "claims", "events", "withdrawn", "noted twice", "seconds"):
        table.add_column(title, justify="left" if title == "run" else "right")
    for name, run in runs.items():
        table.add_row(name, *(f"{value:,}" for value in asdict(run).values()))
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(table)
    console.print("the same events" if same else "[red]the events differ[/]")


if __name__ == "__main__":
    main()
