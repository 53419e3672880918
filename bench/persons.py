"""Who is whom across the jails of the invented country: `python -m bench.persons --share 0.1`.

Every jail and prison is looked at over some days, one look a day, in its own format and with its own mask: about half
of them tell an age and no birth date. Then all records are put together under a purpose that sees everything, and pairs
of records are scored against the truth; beside it, in the same run, without what is known of where and when people were
held, and by Splink, which is given a comparison of birth intervals and the state of each source, at several thresholds.
Prints a table and writes `bench/results/persons.json`.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from bench.country import ROOT, Country, served_country
from bench.own_server import own_server, scratch_folder
from bench.peers_env import peer_command
from bench.told_source import Ridden, told_source
from eyre.circuit.breaker import Breaker
from eyre.circuit.robots import Robots
from eyre.circuit.tools import Tools
from eyre.circuit.worker import Worker
from eyre.model.field_group import PERSON_GROUPS
from eyre.model.person import Person
from eyre.model.record import RecordClass
from eyre.resolve.layout import SightingFeatures
from eyre.resolve.model import default_model
from eyre.resolve.resolve_all import resolve_all
from eyre.resolve.said import said_by_persons
from eyre.resolve.sightings import NO_SIGHTINGS
from eyre.service.open_view import open_view
from eyre.service.rekey import ensure_keys
from eyre.service.ride_board import put_on_schedule
from eyre.sim.faults.fault import NO_FAULTS
from eyre.sources.transports.fetch_http import make_client
from eyre.store.ask_near import ask_sightings
from eyre.store.open_store import Store, StoreSettings, open_for_a_while
from eyre.store.server.database import make_database

RESULTS = Path(__file__).parent / "results/persons.json"
BEGINS = datetime(2026, 5, 4, 18, tzinfo=UTC)
_DAY = timedelta(days=1)
_KEEPERS = (RecordClass.CUSTODY, RecordClass.CORRECTIONS)


_SPLINK_AT = ("0.5", "0.9", "0.95", "0.99")
Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class Seen:
    """What every record says and where and when its person was seen, with the person whom it is truly about."""

    persons: Sequence[Person]
    states: Sequence[str]
    sightings: SightingFeatures
    truth: Int64
    sources: set[str]


class Found(NamedTuple):
    """How well pairs of records of one person were found."""

    how: str
    precision: float
    recall: float
    f1: float
    seconds: float


def main() -> None:
    """Rides, resolves, scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=0.1)
    parser.add_argument("--days", type=int, default=10)
    parser.add_argument("--seed", type=int, default=7)
    chosen = parser.parse_args()
    with scratch_folder() as folder:
        with (
            own_server(folder) as server,
            served_country(share=chosen.share, begins=BEGINS, days=chosen.days + 1, seed=chosen.seed) as country,
            open_for_a_while(StoreSettings(make_database(server))) as store,
        ):
            _ride(store, country, chosen.days)
            seen = _seen(store, country)
        found = [_eyre(seen, sighted=True), _eyre(seen, sighted=False)]
        found += [_splink(seen, folder, at) for at in _SPLINK_AT]
    about = {"sources": len(seen.sources), "records": len(seen.persons), "persons": len(np.unique(seen.truth))}
    _show(about | {"true pairs": _pairs(seen.truth)}, found)
    RESULTS.parent.mkdir(exist_ok=True)
    told = {"chosen": vars(chosen), "about": about, "found": [each._asdict() for each in found]}
    RESULTS.write_text(json.dumps(told, indent=2) + "\n")


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


def _seen(store: Store, country: Country) -> Seen:
    """Every record that is about one person only, as a purpose shows it that sees everything."""
    truth = _truth(store, country)
    with open_view(store, "oversight") as session:
        records = [each for batch in session.all_records(groups=PERSON_GROUPS) for each in batch if each.id in truth]
        sightings = ask_sightings(session, np.array([each.id for each in records], dtype=np.int64))
    return Seen(
        persons=[each.person for each in records],
        states=[country.manifests[each.source].state for each in records],
        sightings=sightings,
        truth=np.array([truth[each.id] for each in records], dtype=np.int64),
        sources={each.source for each in records},
    )


def _eyre(seen: Seen, *, sighted: bool) -> Found:
    began = time.perf_counter()
    known = seen.sightings if sighted else NO_SIGHTINGS
    person = resolve_all(said_by_persons(seen.persons), default_model(), (), known).person
    seconds = time.perf_counter() - began
    return _scored("eyre" if sighted else "eyre, without where and when", seen.truth, person.astype(np.int64), seconds)


def _splink(seen: Seen, folder: Path, at: str) -> Found:
    source, target = folder / "people.parquet", folder / f"splink_{at}.parquet"
    rows = map(_row, range(len(seen.persons)), seen.persons, seen.states)
    pq.write_table(pa.Table.from_pylist(list(rows)), source)
    command = peer_command("bench.splink_persons", str(source), str(target), at)
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    answer = pq.read_table(target)
    person = np.empty(len(seen.persons), dtype=np.int64)
    named = np.array(answer["person_id"].to_pylist())
    person[answer["record_id"].to_numpy()] = np.unique(named, return_inverse=True)[1]
    seconds = json.loads(ran.stdout.strip().splitlines()[-1])["seconds"]
    return _scored(f"splink at {at}", seen.truth, person, seconds)


def _row(number: int, person: Person, state: str) -> dict[str, object]:
    name = person.names[0]
    told: dict[str, object] = {
        "record_id": number,
        "given_name": name.given.upper() or None,
        "middle_name": name.middle.upper() or None,
        "surname": name.surname.upper() or None,
        "generation": name.suffix.upper() or None,
        "sex": person.sexes[0] if person.sexes else None,
        "state": state,
        "born_from": None,
        "born_to": None,
        "birth_year": None,
    }
    for birth in person.births[:1]:
        first, last = birth.earliest.toordinal(), birth.latest.toordinal()
        told |= {"born_from": first, "born_to": last, "birth_year": date.fromordinal((first + last) // 2).year}
    return told


def _scored(how: str, true: Int64, believed: Int64, seconds: float) -> Found:
    both, told, are = _pairs(true * (1 << 31) + believed), _pairs(believed), _pairs(true)
    precision, recall = both / max(told, 1), both / max(are, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return Found(how, round(precision, 4), round(recall, 4), round(f1, 4), round(seconds, 1))


def _show(about: dict[str, int], found: list[Found]) -> None:
    title = ", ".join(f"{value:,} {name}" for name, value in about.items())
    table = Table(title=f"Persons across jails: {title}")
    for name in Found._fields:
        table.add_column(name, justify="left" if name == "how" else "right")
    for each in found:
        table.add_row(*map(str, each))
    Console(width=None if sys.stdout.isatty() else 120).print(table)


def _pairs(labels: Int64) -> int:
    """How many pairs have the same label."""
    counts = np.unique(labels, return_counts=True)[1].astype(np.int64)
    return int((counts * (counts - 1) // 2).sum())


if __name__ == "__main__":
    main()
