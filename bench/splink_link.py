"""Links a file with Splink, in the peers' environment: `python -m bench.splink_link IN OUT SETTINGS`.

Prints one JSON object: seconds by phase, blocked pairs, and what was installed.
"""

import json
import logging
import sys
import time
from importlib.metadata import version

import duckdb
from splink import DuckDBAPI, Linker

from bench.splink_settings import CLUSTER_AT, PREDICT_AT, THREADS, settings, train, train_prior

COLUMNS = "*, substr(middle_name, 1, 1) as middle_initial, given_name || ' ' || surname as given_surname"


def main(source: str, target: str, kind: str) -> None:
    """Loads, trains, predicts, clusters and writes `record_id, person_id`."""
    seconds: dict[str, float] = {}
    began = time.perf_counter()

    def phase(name: str) -> None:
        nonlocal began
        now = time.perf_counter()
        seconds[name] = round(now - began, 3)
        began = now

    connection = duckdb.connect()
    connection.execute(f"set threads = {THREADS}")
    connection.from_parquet(source).project(COLUMNS).create("people")
    api = DuckDBAPI(connection)
    linker = Linker(api.register("people"), settings(kind), log_level=None)
    phase("load")
    train_prior(linker)
    phase("prior")
    train(linker, kind)
    phase("train")
    predicted = linker.inference.predict(threshold_match_probability=PREDICT_AT)
    phase("predict")
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        predicted, threshold_match_probability=CLUSTER_AT
    )
    phase("cluster")
    connection.table(clusters.physical_name).project("record_id, cluster_id as person_id").write_parquet(target)
    phase("write")
    pairs = connection.table(predicted.physical_name).aggregate("count(*)").fetchall()
    told = {name: version(name) for name in ("splink", "duckdb")}
    print(json.dumps({"seconds": seconds, "pairs": pairs[0][0], "versions": told}))


if __name__ == "__main__":
    logging.getLogger("splink").setLevel(logging.ERROR)  # it says at each call that a rare level has no u
    main(*sys.argv[1:4])
