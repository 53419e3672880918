"""Times Splink's answer for arriving records, in the peers' environment: `python -m bench.splink_arrive STORED ARRIVING
SIZES`.

A trained model and its term-frequency tables are at hand, as they would be in a service. Each answer is scored pairs of
the arriving records with the stored ones; clusters are left to the caller. Prints one JSON object: milliseconds of each
of the calls, by how many records arrive at once.
"""

import json
import logging
import sys
import time

import duckdb
from splink import DuckDBAPI, Linker

from bench.splink_link import COLUMNS
from bench.splink_settings import PREDICT_AT, THREADS, settings, train, train_prior

TURNS = 7
FREQUENCIES = ("given_name", "surname", "street", "postal_code")


def main(stored: str, arriving: str, sizes: str) -> None:
    """Loads, trains and answers."""
    connection = duckdb.connect()
    connection.execute(f"set threads = {THREADS}")
    connection.from_parquet(stored).project(COLUMNS).create("stored")
    connection.from_parquet(arriving).project(COLUMNS).create("arriving")
    api = DuckDBAPI(connection)
    known = api.register("stored")
    linker = Linker(known, settings("fast"), log_level=None)
    train_prior(linker)
    train(linker, "fast")
    for name in FREQUENCIES:
        linker.table_management.compute_tf_table(name)
    taken: dict[str, list[float]] = {}
    for size in map(int, sizes.split(",")):
        for turn in range(TURNS + 1):
            name = f"arriving_{size}_{turn}"
            connection.table("arriving").limit(size, turn * size).create(name)
            new = api.register(name)
            began = time.perf_counter()
            found = linker.inference.predict_between(known, new, threshold_match_probability=PREDICT_AT)
            if turn:  # the first one warms up
                taken.setdefault(str(size), []).append(round((time.perf_counter() - began) * 1000, 1))
            found.drop_table_from_database_and_remove_from_cache()
    print(json.dumps(taken))


if __name__ == "__main__":
    logging.getLogger("splink").setLevel(logging.ERROR)  # it says at each call that a rare level has no u
    main(*sys.argv[1:4])
