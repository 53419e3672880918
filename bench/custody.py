"""What is believed of the invented country's custody beside the truth: `python -m bench.custody --days 30`.

The country is ridden in simulated time with all the faults of real places, a quarter of an hour a step; at the end
every event of a jail or prison is scored. Prints a table and writes `bench/results/custody.json`.
"""

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.country import Country, served_at
from bench.country_server import EVERY_DOOR
from bench.custody_tally import Score
from bench.listened import TOKEN, free_port, listened
from bench.own_server import own_server, scratch_folder
from bench.told_source import Ridden, told_source
from bench.true_courts import CourtScorer
from bench.true_custody import CustodyScorer, beliefs
from eyre.bootstrap.circuit import Circuit
from eyre.circuit.breaker import Breaker
from eyre.circuit.keep_tally import KeptTally
from eyre.circuit.receive_push import receive_push
from eyre.circuit.resolve_changed import ChangedRecords
from eyre.circuit.robots import Robots
from eyre.circuit.tools import Tools
from eyre.circuit.worker import Worker
from eyre.model.record import RecordClass
from eyre.resolve.model import default_model
from eyre.service.rekey import ensure_keys
from eyre.service.ride_board import put_on_schedule
from eyre.sim.faults.fault import NO_FAULTS, Faults
from eyre.sim.feeds.feed import Door
from eyre.sim.scale import Scale
from eyre.sources.manifest import Manifest
from eyre.sources.transports.fetch_http import make_client
from eyre.store.events import COLUMNS, event_from_row
from eyre.store.open_store import Store, StoreSettings, open_for_a_while
from eyre.store.server.database import make_database

RESULTS = Path(__file__).parent / "results/custody.json"
BEGINS = datetime(2026, 5, 4, 12, tzinfo=UTC)
STEP = timedelta(minutes=15)
_A_DAY = timedelta(days=1) // STEP
_THREADS = 16
_KEEPERS = (RecordClass.CUSTODY, RecordClass.CORRECTIONS)


def main() -> None:
    """Rides, scores, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=float, default=30.0)
    parser.add_argument("--share", type=float, default=0.005, help="of the country: 0.005 is some 15 jails")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--doors", nargs="+", type=Door, default=EVERY_DOOR, help="how the sources are had")
    parser.add_argument("--no-faults", action="store_true")
    chosen = parser.parse_args()
    began = time.perf_counter()
    with (
        scratch_folder() as folder,
        own_server(folder) as server,
        served_at(
            Scale(chosen.seed, BEGINS, chosen.days + 1, chosen.share),
            tuple(chosen.doors),
            faults=not chosen.no_faults,
        ) as country,
        open_for_a_while(StoreSettings(make_database(server))) as store,
    ):
        faults = NO_FAULTS if chosen.no_faults else Faults()
        console = Console(width=None if sys.stdout.isatty() else 120)

        def told(ends: Counter[str]) -> None:
            score = _scored(store, country, faults)
            _print(console, score, country)
            console.print(f"until {country.now}; rides: {dict(ends)}; {time.perf_counter() - began:,.0f} s")
            _keep(score, country, {"chosen": vars(chosen), "until": country.now.isoformat(), "rides": ends})

        _ride(store, country, round(chosen.days / (STEP / timedelta(days=1))), told)


def _print(console: Console, score: Score, country: Country) -> None:
    console.print(_table(score))
    console.print(f"{len(country.feeds)} sources; {_wrong_ever(score)}")
    for kind, tally in sorted(score.tallies.items()):
        for what, counts in (("wrong", tally.wrong), ("outside", tally.outside), ("missed", tally.missed)):
            if counts:
                console.print(f"{kind}, {what}: {dict(counts.most_common(12))}")


def _keep(score: Score, country: Country, told: dict[str, object]) -> None:
    sources = Counter(
        f"{each.publisher.kind.value} {each.wire.value} {each.release.value} by {each.door.value}"
        for each in country.feeds
    )
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(told | {"sources": sources, "score": _told(score)}, indent=2) + "\n")


def _ride(store: Store, country: Country, steps: int, told: Callable[[Counter[str]], None]) -> None:
    """Rides so many steps; `told` hears of the rides every five days, and at the end."""
    model = default_model()
    ensure_keys(store, model)
    manifests = {source: _without_pauses(each) for source, each in country.manifests.items()}
    put_on_schedule(store, [(each, STEP, BEGINS) for each in manifests.values()])
    ends: Counter[str] = Counter()
    nobody = ChangedRecords(store, model, "", lambda _: None)  # whose records these are is measured elsewhere
    with make_client(_THREADS) as client:
        tools = Tools(
            store,
            model,
            manifests,
            client,
            Breaker(),
            Robots(),
            lambda: country.now,
            lambda: datetime.now(UTC),
            country.sftp_keys,
        )
        worker = Worker(tools, "bench", _THREADS, lambda ride: ends.update((ride.end.value,)))
        circuit = Circuit(worker, partial(receive_push, tools, nobody), KeptTally(store, "bench"), nobody)
        with listened(store, country, circuit, lambda *_: ends.update(("sent",)), free_port()) as url:
            country.introduce(url, TOKEN)
            for step in range(steps):
                if step % _A_DAY == 0:
                    print(f"day {step // _A_DAY}", file=sys.stderr)
                worker.ride_all_due()
                country.advance(STEP)
                ends["given up"] = country.push().given_up
                if (step + 1) % (5 * _A_DAY) == 0 or step + 1 == steps:
                    told(ends)


def _without_pauses(manifest: Manifest) -> Manifest:
    """Simulated time does not pass while a ride waits between two pages."""
    fetch = manifest.fetch
    return manifest.model_copy(update={"fetch": fetch and fetch.model_copy(update={"agreed": True})})


def _scored(store: Store, country: Country, faults: Faults) -> Score:
    score, ridden = Score(), Ridden(faults, country.now, store.record_key)
    with store.writer.connection() as writer:
        for feed in country.feeds:
            told = told_source(writer, country.world, feed, ridden)
            rows = writer.execute(f"select {COLUMNS}, withdrawn from eyre.event where source = %s", [feed.slug])  # noqa: S608 # names
            believed = beliefs((event_from_row(each), withdrawn) for *each, withdrawn in rows)
            scorer = CustodyScorer if feed.publisher.kind in _KEEPERS else CourtScorer
            score.add(scorer(told, believed, country.now).scored())
    return score


def _table(score: Score) -> Table:
    table = Table(title="Custody beside the truth")
    for title in ("event", "believed", "right", "precision", "told", "found", "recall", "inside the interval"):
        table.add_column(title, justify="left" if title == "event" else "right")
    for kind, tally in sorted(score.tallies.items()):
        table.add_row(
            kind,
            f"{tally.believed:,}",
            f"{tally.right:,}",
            _share(tally.right, tally.believed),
            f"{tally.told:,}",
            f"{tally.found:,}",
            _share(tally.found, tally.told),
            _share(tally.inside, tally.right),
        )
    return table


def _wrong_ever(score: Score) -> str:
    """In words: the releases that were inferred of somebody who had not left, and what became of them."""
    wrong = score.wrong_ever
    by_the_door = sum(each.by_the_door for each in wrong)
    open_still = sum(not each.corrected and not each.fresh for each in wrong)
    causes = Counter("+".join(each.faults) or "no fault" for each in wrong)
    return (
        f"inferred releases ever believed: {score.inferred_ever:,}, of these wrong: {len(wrong):,}; an outage, cap, "
        f"shrunk list or maintenance page was about: {by_the_door:,}; never corrected: {open_still:,}; by what was "
        f"amiss: {dict(causes.most_common())}; corrected: {dict(Counter(each.corrected or 'not' for each in wrong))}"
    )


def _told(score: Score) -> dict[str, object]:
    tallies = {kind: vars(tally) | {"inside": tally.inside} for kind, tally in sorted(score.tallies.items())}
    wrong = [asdict(each) for each in score.wrong_ever]
    return {"tallies": tallies, "inferred_ever": score.inferred_ever, "wrong_ever": wrong}


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else ""


if __name__ == "__main__":
    main()
