"""What is believed of the invented country's custody beside the truth: `python -m bench.custody --days 30`.

The country is ridden in simulated time with all the faults of real places, a quarter of an hour a step; at the end
every event of a jail or prison is scored. Prints a table and writes `bench/results/custody.json`.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.country import Country, served_country
from bench.true_custody import Score, score_source, stays_by_record
from eyre.circuit.breaker import Breaker
from eyre.circuit.ride_source import Ridden
from eyre.circuit.robots import Robots
from eyre.circuit.tools import Tools
from eyre.circuit.worker import Worker
from eyre.model.record import RecordClass
from eyre.resolve.model import default_model
from eyre.service.rekey import ensure_keys
from eyre.service.ride_board import put_on_schedule
from eyre.sim.faults.fault import NO_FAULTS, Faults
from eyre.sim.faults.fault_calendar import fault_calendar, wrongs_of
from eyre.sim.feeds.press import Press
from eyre.sources.transports.fetch_http import make_client
from eyre.store.events import events_of_source
from eyre.store.open_store import Store, StoreSettings, open_for_a_while
from eyre.store.server.database import make_database
from eyre.store.server.start import ServerSettings, start_server, stop_server

RESULTS = Path(__file__).parent / "results/custody.json"
BEGINS = datetime(2026, 5, 4, 12, tzinfo=UTC)
STEP = timedelta(minutes=15)
_THREADS = 4
_KEEPERS = (RecordClass.CUSTODY, RecordClass.CORRECTIONS)


def main() -> None:
    """Rides, scores, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=float, default=30.0)
    parser.add_argument("--share", type=float, default=0.005, help="of the country: 0.005 is some 15 jails")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--no-faults", action="store_true")
    chosen = parser.parse_args()
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="eyre-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the server runs as a user of its own
        server = start_server(ServerSettings(folder / "server"))
        try:
            with (
                served_country(
                    share=chosen.share,
                    begins=BEGINS,
                    days=chosen.days + 1,
                    seed=chosen.seed,
                    faults=not chosen.no_faults,
                ) as country,
                open_for_a_while(StoreSettings(make_database(server))) as store,
            ):
                ends = _ride(store, country, round(chosen.days / (STEP / timedelta(days=1))))
                score = _scored(store, country, NO_FAULTS if chosen.no_faults else Faults())
        finally:
            stop_server(server)
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(_table(score))
    console.print(f"rides: {dict(ends)}; {time.perf_counter() - began:,.0f} s")
    for what, counts in (("wrong", score.wrong), ("outside", score.outside), ("missed", score.missed)):
        if counts:
            console.print(f"{what}: {dict(counts.most_common(12))}")
    told = {each.name: getattr(score, each.name) for each in fields(score)}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"chosen": vars(chosen), "score": told}, indent=2) + "\n")


def _ride(store: Store, country: Country, steps: int) -> Counter[str]:
    model = default_model()
    ensure_keys(store, model)
    put_on_schedule(store, [(each, STEP, BEGINS) for each in country.manifests.values()])
    ends: Counter[str] = Counter()

    def told(ride: Ridden) -> None:
        ends[ride.end.value] += 1

    with make_client(_THREADS) as client:
        tools = Tools(
            store, model, country.manifests, client, Breaker(), Robots(), lambda: country.now, lambda: datetime.now(UTC)
        )
        for _ in range(steps):
            Worker(tools, "bench", _THREADS, told).ride_all_due()
            country.advance(STEP)
    return ends


def _scored(store: Store, country: Country, faults: Faults) -> Score:
    score = Score()
    with store.writer.connection() as writer:
        for feed in country.feeds:
            if feed.publisher.kind in _KEEPERS:
                calendar = fault_calendar(feed, country.world, faults)
                press = Press(country.world, feed, wrongs_of(feed, country.world, calendar))
                stays_of = stays_by_record(country.world, feed, press, store.record_key)
                events = events_of_source(writer, feed.slug)
                score.add(score_source(country.world, feed, events, stays_of, country.now))
    return score


def _table(score: Score) -> Table:
    table = Table(title="Custody beside the truth")
    for title in ("signal", "believed", "right", "precision", "told", "recall", "inside the interval"):
        table.add_column(title, justify="left" if title == "signal" else "right")
    table.add_row(
        "explicit",
        f"{score.explicit_believed:,}",
        f"{score.explicit_right:,}",
        _share(score.explicit_right, score.explicit_believed),
        f"{score.explicit_told:,}",
        _share(score.explicit_found, score.explicit_told),
        "",
    )
    table.add_row(
        "inferred",
        f"{score.inferred:,}",
        f"{score.inferred_right:,}",
        _share(score.inferred_right, score.inferred),
        "",
        "",
        _share(score.inside, score.inferred_right),
    )
    return table


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else ""


if __name__ == "__main__":
    main()
