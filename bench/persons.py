"""Who is whom across the jails of the invented country: `python -m bench.persons --share 0.1`.

Every jail and prison that is had by HTTP is looked at over some days, one look a day, in its own format and with its
own mask: about half of them tell an age and no birth date. Then all records are put together under a purpose that sees
everything, and pairs of records are scored against the truth. Writes `bench/results/persons.json`.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from bench.country import Country, served_country
from bench.told_source import Ridden, told_source
from eyre.circuit.breaker import Breaker
from eyre.circuit.robots import Robots
from eyre.circuit.tools import Tools
from eyre.circuit.worker import Worker
from eyre.model.record import RecordClass
from eyre.resolve.model import default_model
from eyre.service.open_view import open_view
from eyre.service.rekey import ensure_keys
from eyre.service.resolve_view import ResolvedView, resolve_view
from eyre.service.ride_board import put_on_schedule
from eyre.sim.faults.fault import NO_FAULTS
from eyre.sources.transports.fetch_http import make_client
from eyre.store.open_store import Store, StoreSettings, open_for_a_while
from eyre.store.server.database import make_database
from eyre.store.server.start import ServerSettings, start_server, stop_server

RESULTS = Path(__file__).parent / "results/persons.json"
BEGINS = datetime(2026, 5, 4, 18, tzinfo=UTC)
_DAY = timedelta(days=1)
_KEEPERS = (RecordClass.CUSTODY, RecordClass.CORRECTIONS)


def main() -> None:
    """Rides, resolves, scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=0.1)
    parser.add_argument("--days", type=int, default=10)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="eyre-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # the server runs as a user of its own
        server = start_server(ServerSettings(folder / "server"))
        try:
            with (
                served_country(share=chosen.share, begins=BEGINS, days=chosen.days + 1, seed=chosen.seed) as country,
                open_for_a_while(StoreSettings(make_database(server))) as store,
            ):
                _ride(store, country, chosen.days)
                began = time.perf_counter()
                with open_view(store, "oversight") as session:
                    resolved = resolve_view(session, default_model())
                seconds = time.perf_counter() - began
                told = _scored(resolved, _truth(store, country)) | {"seconds": round(seconds, 1)}
        finally:
            stop_server(server)
    Console(width=None if sys.stdout.isatty() else 120).print(told)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({"chosen": vars(chosen), "found": told}, indent=2) + "\n")


def _ride(store: Store, country: Country, days: int) -> None:
    model = default_model()
    ensure_keys(store, model)
    kept = {feed.slug for feed in country.feeds if feed.publisher.kind in _KEEPERS}
    manifests = {source: each for source, each in country.manifests.items() if source in kept}
    put_on_schedule(store, [(each, _DAY, BEGINS) for each in manifests.values()])
    with make_client(4) as client:
        clocks = (lambda: country.now), (lambda: datetime.now(UTC))
        tools = Tools(store, model, manifests, client, Breaker(), Robots(), *clocks)
        for _ in range(days):
            Worker(tools, "bench", 4, lambda _: None).ride_all_due()
            country.advance(_DAY)


def _truth(store: Store, country: Country) -> dict[int, int]:
    """The person of each record that is about one person only."""
    found: dict[int, int] = {}
    ridden = Ridden(NO_FAULTS, country.now, store.record_key)
    with store.writer.connection() as writer:
        for feed in country.feeds:
            if feed.publisher.kind in _KEEPERS:
                told = told_source(writer, country.world, feed, ridden)
                person = told.column(country.world.stays, "person")
                for record, seats in told.seats_by_record.items():
                    people = {int(person[seat]) for seat in seats}
                    if len(people) == 1:
                        found[record] = people.pop()
    return found


def _scored(resolved: ResolvedView, truth: dict[int, int]) -> dict[str, float]:
    known = [row for row, line in enumerate(resolved.records) if line.record in truth]
    true = np.array([truth[resolved.records[row].record] for row in known], dtype=np.int64)
    believed = resolved.person[known].astype(np.int64)
    sources = Counter(resolved.records[row].source for row in known)
    both, told, are = _pairs(true * (1 << 31) + believed), _pairs(believed), _pairs(true)
    precision, recall = both / max(told, 1), both / max(are, 1)
    return {
        "sources": len(sources),
        "records": len(known),
        "persons": len(np.unique(true)),
        "true_pairs": are,
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4),
    }


def _pairs(labels: NDArray[np.int64]) -> int:
    """How many pairs have the same label."""
    counts = np.unique(labels, return_counts=True)[1].astype(np.int64)
    return int((counts * (counts - 1) // 2).sum())


if __name__ == "__main__":
    main()
