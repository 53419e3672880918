"""What row-level security costs a lookup of blocking keys: the same question as the reader under a view and as the
owner, on whom no policy is applied.

    python bench/store_rls.py [--rows 5000000] [--keys 1000] [--runs 45] [--json FILE]
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psycopg

from eyre.model.view import view_of
from eyre.store.arrays import Int64, int8_columns, register_arrays
from eyre.store.open_store import StoreSettings, open_for_a_while
from eyre.store.reader import open_reader
from eyre.store.server.database import make_database
from eyre.store.server.start import ServerSettings, start_server, stop_server

QUESTION = (
    "select string_agg(int8send(key) || int8send(record), ''::bytea) from eyre.record_key where key = any (%(ids)b)"
)
FILL = """
    insert into eyre.terms_class values (1, 'bench', 'public');
    drop index eyre.record_key_lookup;
    alter table eyre.record_key drop constraint record_key_pkey;
    insert into eyre.record_key select hashint8extended(n / 2, 1), 1, 1, n from generate_series(1, {rows}) n;
    create index record_key_lookup on eyre.record_key (key, class, groups) include (record);
"""


def main() -> None:
    """Makes a server of its own, fills it, asks, prints a table and, with `--json`, writes the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--keys", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=45)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="eyre-bench-") as directory:
        Path(directory).chmod(0o755)
        server = start_server(ServerSettings(Path(directory) / "server", durable=False))
        try:
            figures = measure(make_database(server), chosen.rows, chosen.keys, chosen.runs)
        finally:
            stop_server(server)
    print(f"{chosen.rows:,} keys stored, {chosen.keys:,} asked for, median of {chosen.runs} runs")
    for name, milliseconds in figures.items():
        print(f"  {name:<28} {milliseconds:7.2f} ms")
    if chosen.json is not None:
        chosen.json.parent.mkdir(parents=True, exist_ok=True)
        chosen.json.write_text(json.dumps({**vars(chosen), "json": None, "milliseconds": figures}, indent=2))


def measure(owner_url: str, rows: int, count: int, runs: int) -> dict[str, float]:
    """Median milliseconds of each way of asking."""
    random = np.random.default_rng(1)
    with open_for_a_while(StoreSettings(owner_url)) as store, psycopg.connect(owner_url, autocommit=True) as owner:
        register_arrays(owner)
        owner.execute(FILL.format(rows=rows).encode())
        owner.execute("vacuum (analyze) eyre.record_key")
        owner.execute("set enable_seqscan = off")
        stored = owner.execute(
            b"select string_agg(int8send(key), '') from (select key from eyre.record_key tablesample system (5)) s"
        ).fetchone()
        (known,) = int8_columns(stored[0] if stored else None, 1)
        samples = [random.choice(known, count, replace=False) for _ in range(runs)]
        with open_reader(store.reader, view_of("bench", [1]), store.view_key) as session:
            ways: dict[str, Callable[[Int64], int]] = {
                "without the policy": lambda keys: _found(owner, keys),
                "under the policy": lambda keys: _found(session.connection, keys),
                "records_by_keys": lambda keys: len(session.records_by_keys(keys)[0]),
            }
            _times(samples, ways)  # what is asked for is in memory from here on, for every way alike
            return {name: statistics.median(times) for name, times in _times(samples, ways).items()}


def _found(connection: psycopg.Connection, keys: Int64) -> int:
    row = connection.execute(QUESTION, {"ids": keys}, prepare=True, binary=True).fetchone()
    return len(int8_columns(row[0] if row else None, 2)[0])


def _times(samples: list[Int64], ways: dict[str, Callable[[Int64], int]]) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for turn, keys in enumerate(samples):
        names = list(ways)
        for name in names[turn % len(names) :] + names[: turn % len(names)]:  # none is always the first
            started = time.perf_counter()
            found = ways[name](keys)
            taken[name].append((time.perf_counter() - started) * 1000)
            if found < len(keys):
                raise SystemExit(f"{len(keys)} keys were asked for and only {found} rows found")
    return taken


if __name__ == "__main__":
    main()
