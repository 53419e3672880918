"""A circuit that is struck again and again, beside an undisturbed one: `python -m bench.chaos --kills 300`.

The invented country is ridden twice, step by step, by three workers. In the one run nothing happens. In the other,
workers are killed with signal 9 and stopped past their leases, the database is restarted and killed, connections to it
and to the sources are cut, stand still, crawl and are refused, and the disks of tables, of the database's log and of
raw deliveries are full. At the end every table of both must hold the same, each event must stand in the log once as
noted, and every raw delivery must be whole. Prints tables and writes `bench/results/chaos.json`. The disks need root;
without it they are left out, and the table says so.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg.conninfo import make_conninfo

from bench.chaos_table import Run, as_json, is_well, show
from bench.country import Country, served_country
from bench.crew import Crew
from bench.disturbances import KINDS, ON_DISKS, Disturbing, Field
from bench.faulty_proxy import faulty_proxy
from bench.ride_steps import STEP, Board, ride_step
from bench.rider import Orders
from bench.same_end import compare_stores, noted_twice, raw_kept, show_differing
from bench.small_disk import SmallDisk, may_mount, small_disk
from bench.struck_server import StruckServer, start_struck_server
from eyre.service.ride_board import put_on_schedule
from eyre.sources.manifest import Manifest
from eyre.store.blobs.blob_files import Blobs
from eyre.store.open_store import StoreSettings, open_for_a_while
from eyre.store.server.database import make_database

RESULTS = Path(__file__).parent / "results/chaos.json"
BEGINS = datetime(2026, 5, 4, 12, tzinfo=UTC)
_LEASE = 1.0  # seconds: who was killed is soon replaced
_WORKERS, _THREADS = 3, 2
_TIMEOUT = 5.0  # seconds: what stands still for longer is given up
_MOST_DAYS = 6.0
_DISKS = {"tables": 512, "log": 64, "blobs": 192}  # megabytes


@dataclass(frozen=True)
class House:
    """Where both runs live."""

    folder: Path
    server: StruckServer
    disks: dict[str, SmallDisk] = field(default_factory=dict)

    def blobs(self, run: str) -> Path:
        """Where a run's raw deliveries are kept."""
        return self.folder / "blobs" / run


def main() -> None:
    """Runs both and compares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=6, help="how often each other disturbance is made")
    parser.add_argument("--steps", type=int, default=48, help="of 15 minutes; more until everything was done")
    parser.add_argument("--share", type=float, default=0.01)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--log", type=Path, help="a file for what the workers logged")
    chosen = parser.parse_args()
    with _house() as house:
        urls = {run: make_database(house.server.running, run) for run in ("disturbed", "calm")}
        _share_keys(list(urls.values()))
        disturbed, steps = _disturbed(urls["disturbed"], house, chosen)
        calm = _calm(urls["calm"], house, steps, chosen)
        compared = compare_stores(urls["calm"], urls["disturbed"])
        for table, found in compared.items():
            if found.missing or found.more:
                print(table, *show_differing(urls["calm"], urls["disturbed"], table), sep="\n  ", file=sys.stderr)
    told = as_json([disturbed, calm], compared, small_disks=bool(house.disks))
    chosen.results.parent.mkdir(exist_ok=True)
    chosen.results.write_text(json.dumps(told, indent=2) + "\n")
    show([disturbed, calm], compared, small_disks=bool(house.disks))
    sys.exit(0 if is_well([disturbed, calm], compared, kills=chosen.kills) else 1)


@contextmanager
def _house() -> Iterator[House]:
    with tempfile.TemporaryDirectory(prefix="eyre-bench-") as name, ExitStack() as mounted:
        folder = Path(name)
        folder.chmod(0o755)  # the server runs as a user of its own
        disks = {}
        if may_mount():
            places = {"tables": folder / "server", "log": folder / "log", "blobs": folder / "blobs"}
            disks = {each: mounted.enter_context(small_disk(places[each], _DISKS[each])) for each in places}
        server = start_struck_server(folder / "server", folder / "log" if disks else None)
        try:
            yield House(folder, server, disks)
        finally:
            server.stop()


def _disturbed(url: str, house: House, chosen: argparse.Namespace) -> tuple[Run, int]:
    """Rides until every disturbance was made, and gives how many steps that took."""
    began = time.perf_counter()
    chance = random.Random(chosen.seed)
    with ExitStack() as stack:
        country = stack.enter_context(_country(chosen))
        (behind,) = {urlsplit(each.fetch.url).netloc for each in country.manifests.values() if each.fetch}
        host, _, port = behind.partition(":")
        to_sources = stack.enter_context(faulty_proxy((host, int(port))))
        to_store = stack.enter_context(faulty_proxy(house.server.socket))
        through = {
            source: _through(manifest, f"127.0.0.1:{to_sources.port}") for source, manifest in country.manifests.items()
        }
        _schedule(url, country, through)
        near = make_conninfo(url, host="127.0.0.1", port=to_store.port)
        crew = Crew(Orders(near, house.blobs("disturbed"), _LEASE, _THREADS, country.now), _WORKERS)
        struck = Field(crew, Board(url), house.server, to_store, to_sources, house.disks, _LEASE, chance)
        kinds = [*KINDS, *KINDS[:1] * 2, *(ON_DISKS if house.disks else ())] * chosen.rounds
        disturbing = Disturbing(struck, chosen.kills, kinds)
        steps = 0
        while steps < chosen.steps or not disturbing.over:
            steps += 1
            disturbing.dealt = steps / chosen.steps
            _step(struck.board, crew, country, disturbing)
            if steps % 10 == 0:
                print(f"{steps} steps, {sum(disturbing.killed.values())} killed", file=sys.stderr, flush=True)
        crew.end()
        disturbing.account()
        struck.board.close()
    if chosen.log:
        chosen.log.write_text("\n".join(crew.logs) + "\n")
    run = _run("disturbed", url, house, (steps, began), crew)
    return replace(run, kills=dict(disturbing.killed), done=dict(disturbing.done), felt=dict(disturbing.felt)), steps


def _calm(url: str, house: House, steps: int, chosen: argparse.Namespace) -> Run:
    began = time.perf_counter()
    with _country(chosen) as country:
        _schedule(url, country, country.manifests)
        crew = Crew(Orders(url, house.blobs("calm"), 60.0, _THREADS, country.now), _WORKERS)
        board = Board(url)

        def nothing(_left: int | None) -> bool:
            crew.look_after()
            return True

        for _ in range(steps):
            crew.tell(country.now)
            board.begin(country.now)
            ride_step(board, country.now, nothing)
            country.advance(STEP)
        crew.end()
        board.close()
    return _run("undisturbed", url, house, (steps, began), crew)


def _step(board: Board, crew: Crew, country: Country, disturbing: Disturbing) -> None:
    crew.tell(country.now)
    board.begin(country.now)
    ride_step(board, country.now, disturbing)
    country.advance(STEP)


@contextmanager
def _country(chosen: argparse.Namespace) -> Iterator[Country]:
    days = max(chosen.steps * STEP / timedelta(days=1) + 1, _MOST_DAYS)
    with served_country(share=chosen.share, begins=BEGINS, days=days) as country:
        unlimited = {feed.slug for feed in country.feeds if feed.limit is None}  # else a retry is told to wait
        country.manifests = {source: each for source, each in country.manifests.items() if source in unlimited}
        yield country


def _through(manifest: Manifest, proxy: str) -> Manifest:
    """The source with its list behind the proxy. One whose rows have pages of their own is asked directly: a page that
    was not had is no ride to be made again, but makes another history, which is right and not the same."""
    fetch = manifest.fetch
    if fetch is None or fetch.detail is not None:
        return manifest
    body = fetch.model_dump_json().replace(f"//{urlsplit(fetch.url).netloc}/", f"//{proxy}/")
    moved = type(fetch).model_validate_json(body).model_copy(update={"timeout_seconds": _TIMEOUT})
    return manifest.model_copy(update={"fetch": moved})


def _schedule(url: str, country: Country, manifests: dict[str, Manifest]) -> None:
    with open_for_a_while(StoreSettings(url)) as store:
        put_on_schedule(store, [(manifests[source], STEP, BEGINS) for source in sorted(manifests)])


def _run(name: str, url: str, house: House, took: tuple[int, float], crew: Crew) -> Run:
    steps, began = took
    with psycopg.connect(url) as owner:
        believed, withdrawn, claims = owner.execute(
            "select (select count(*) from eyre.event where not withdrawn), "
            "(select count(*) from eyre.event where withdrawn), (select sum(fence)::bigint from eyre.ride)"
        ).fetchone() or (0, 0, 0)
    blobs = Blobs(house.blobs("disturbed" if name == "disturbed" else "calm"))
    named, broken = raw_kept(url, blobs)
    return Run(
        name=name,
        steps=steps,
        claims=claims,
        events=believed,
        withdrawn=withdrawn,
        noted_twice=noted_twice(url),
        raw_pages=named,
        raw_broken=broken,
        seconds=round(time.perf_counter() - began, 1),
        said=dict(crew.said.most_common()),
    )


def _share_keys(urls: list[str]) -> None:
    """Both databases name records alike."""
    for url in urls:
        with open_for_a_while(StoreSettings(url)):
            pass
    with psycopg.connect(urls[0]) as one, psycopg.connect(urls[1]) as other:
        key = one.execute("select value from eyre.secret where name = 'record_key'").fetchone()
        other.execute("update eyre.secret set value = %s where name = 'record_key'", key)


if __name__ == "__main__":
    main()
