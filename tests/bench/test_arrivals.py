"""Arriving records are stored and resolved, and what they cost is counted."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from bench.arrivals import Arrivals, server_processes
from bench.population import write_population
from eyre.service.open_view import open_view
from eyre.store.open_store import Store
from eyre.store.server.start import RunningServer


def test_records_are_stored_and_then_arrive_each_once(
    store: Store, postgres_server: RunningServer, tmp_path: Path
) -> None:
    people, new = tmp_path / "people.parquet", tmp_path / "new.parquet"
    write_population(people, 400, seed=5)
    table = pq.read_table(people)
    pq.write_table(table.slice(0, 300), people)
    pq.write_table(table.slice(300), new)
    arrivals = Arrivals(store, tmp_path, server_processes(postgres_server.area.data))
    assert arrivals.fill(people) > 0
    taken = arrivals.arrive(new, 1, 4) + arrivals.arrive(new, 20, 2)
    assert all(min(each.store, each.resolve) > 0 for each in taken)
    assert sum(each.worked for each in taken) > 0
    with open_view(store, "custody_operations") as session:
        counts = session.counts()
    assert sorted(counts.values()) == [44, 300]


def test_a_server_of_another_directory_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        server_processes(tmp_path)
