"""Taking generated records in as a source's deliveries, and resolving them as they come."""

import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from eyre.bootstrap.collect_seldom import collect_seldom
from eyre.ids import record_id
from eyre.resolve.model import default_model
from eyre.resolve.resolve_around import resolve_around
from eyre.service.import_delivery import Received, import_delivery
from eyre.service.open_view import open_view
from eyre.service.rekey import ensure_keys
from eyre.service.session_neighbourhood import SessionNeighbourhood
from eyre.service.warm_kernels import warm_live
from eyre.sources.load_manifest import load_manifest
from eyre.store.open_store import Store

PURPOSE = "custody_operations"
_BULK, _LIVE = "generated_stored", "generated_arriving"
_RECORDS_A_DELIVERY = 250_000
_MOST_ARE_TAKEN = 0.999  # a slip can make a date that is yet to come
_SEEDS_AT_ONCE = 1_000  # more at once are not faster, and take more memory
_START = datetime(2026, 1, 1, tzinfo=UTC)
_TICK = os.sysconf("SC_CLK_TCK")
_MANIFEST = """
id: {source}
title: Generated people
publisher: a generator
jurisdiction: ocd-division/country:us/state:wa/place:anytown
kind: public
terms: simulated-public
time_zone: America/Los_Angeles
format: {{type: {format}}}
fields:
  given_name: {{to: name.given}}
  middle_name: {{to: name.middle}}
  surname: {{to: name.surname}}
  name_suffix: {{to: name.suffix}}
  birth_date: {{to: birth.date, formats: ["%Y-%m-%d"], unreadable: warn}}
  sex: {{to: sex, categories: {{m: M, f: F}}}}
  ssn: {{to: identifier.ssn, unreadable: warn}}
  phone: {{to: phone}}
  house_number: {{to: address.house_number}}
  street: {{to: address.street}}
  unit: {{to: address.unit}}
  city: {{to: address.city}}
  state: {{to: address.state}}
  postal_code: {{to: address.postal_code}}
ignored: [record_id, truth]
identity_keys: [record_id]
booking_number_scope: absent
age_basis: dob
release_signal: explicit
"""


@dataclass(frozen=True)
class Arrival:
    """Seconds that one batch took: until it was committed, then until its persons were known; and how long cores worked
    for it, in this process and in the server."""

    store: float
    resolve: float
    worked: float


class Arrivals:
    """A store that generated records come into. `server` are the processes of the database."""

    def __init__(self, store: Store, folder: Path, server: "ServerProcesses") -> None:
        """Declares the sources; `folder` is for what is written meanwhile."""
        collect_seldom()  # as a process does that takes deliveries in
        self.store = store
        self.model = default_model()
        warm_live(self.model)
        self.server = server
        self.at = 0
        self.now = _START
        self.bulk, self.live = (
            load_manifest(_written(folder / f"{source}.yaml", source, form))
            for source, form in ((_BULK, "parquet"), (_LIVE, "jsonl"))
        )
        ensure_keys(store, self.model)

    def fill(self, path: Path) -> float:
        """Stores all records of a file; the seconds that it took."""
        table = pq.read_table(path)
        began = time.perf_counter()
        for first in range(0, table.num_rows, _RECORDS_A_DELIVERY):
            part = path.with_name("part.parquet")
            pq.write_table(table.slice(first, _RECORDS_A_DELIVERY), part)
            with part.open("rb") as data:
                taken = import_delivery(self.store, self.bulk, Received(data, *self._instants()), self.model)
            if taken.accepted < taken.rows_in * _MOST_ARE_TAKEN:
                raise SystemExit(f"{taken.quarantined} generated records were set aside")
        return time.perf_counter() - began

    def arrive(self, path: Path, size: int, turns: int) -> list[Arrival]:
        """The next records of a file, `size` of them `turns` times."""
        table = pq.read_table(path)
        found = []
        for _ in range(turns):
            found.append(self._arrive(table.slice(self.at, size)))
            self.at += size
        return found

    def _arrive(self, some: pa.Table) -> Arrival:
        lines = b"".join(json.dumps(row).encode() + b"\n" for row in some.to_pylist())
        records = [record_id(self.store.record_key, _LIVE, key) for key in map(str, some["record_id"].to_pylist())]
        before = self.server.worked() + time.process_time()
        began = time.perf_counter()
        taken = import_delivery(self.store, self.live, Received(lines, *self._instants()), self.model)
        stored = time.perf_counter()
        persons = self._resolve(records)
        ended = time.perf_counter()
        after = time.process_time() + self.server.worked()  # what it costs to ask the server is not counted
        if persons != taken.accepted:
            raise SystemExit(f"{taken.accepted} records were taken and {persons} were resolved")
        return Arrival(stored - began, ended - stored, after - before)

    def _resolve(self, records: Sequence[int]) -> int:
        """How many of `records` have a person now."""
        known = 0
        with open_view(self.store, PURPOSE) as session:
            near = SessionNeighbourhood(session)
            for first in range(0, len(records), _SEEDS_AT_ONCE):
                seeds = records[first : first + _SEEDS_AT_ONCE]
                around = resolve_around(seeds, near, self.model)
                known += int(np.isin(seeds, around.records).sum())
        return known

    def _instants(self) -> tuple[datetime, datetime]:
        self.now += timedelta(seconds=1)
        return self.now, self.now


@dataclass(frozen=True)
class ServerProcesses:
    """The processes of a PostgreSQL server on this machine, those of past connections included."""

    postmaster: int

    def worked(self) -> float:
        """Seconds that cores have worked for them since the server began."""
        total = 0
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue  # it has ended
            if int(path.parent.name) == self.postmaster:
                total += sum(map(int, fields[11:15]))  # its own, and those of the ones that have ended
            elif int(fields[1]) == self.postmaster:
                total += sum(map(int, fields[11:13]))
        return total / _TICK


def server_processes(data: Path) -> ServerProcesses:
    """The processes of the server whose data directory it is."""
    return ServerProcesses(int((data / "postmaster.pid").read_text(encoding="ascii").split()[0]))


def _written(path: Path, source: str, form: str) -> Path:
    path.write_text(_MANIFEST.format(source=source, format=form), encoding="utf-8")
    return path
