"""Links a table of people with Splink, in its environment: `python -m bench.splink_people IN OUT SETTINGS [AT]`.

`historical_50k` has the settings of the tutorial of that name; `people` composes those of the tutorials for the columns
that are there. Clusters are connected components of the pairs at probability AT, .95 if it is not said.
"""

import logging
import sys
import time

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench.peers_told import columns_of, tell
from bench.splink_people_settings import blocks, comparisons, sure_rules, training_blocks

THREADS = 2
PREDICT_AT = 0.05


def main(source: str, target: str, kind: str, cluster_at: str = "0.95") -> None:
    """Trains, predicts, clusters and writes `record_id, person_id`."""
    began = time.perf_counter()
    connection = duckdb.connect()
    connection.execute(f"set threads = {THREADS}")
    chosen = ", ".join(f'"{name}"' for name in columns_of(source))
    connection.from_parquet(source).project(f"{chosen}, given_name || ' ' || surname as given_surname").create("people")
    count = connection.table("people").aggregate("count(*)").fetchall()[0][0]
    have = set(connection.table("people").columns)
    linker = Linker(
        DuckDBAPI(connection).register("people"),
        SettingsCreator(
            link_type="dedupe_only",
            unique_id_column_name="record_id",
            blocking_rules_to_generate_predictions=[block_on(*rule) for rule in blocks(have, count, kind)],
            comparisons=comparisons(have, kind),
            retain_matching_columns=False,
            retain_intermediate_calculation_columns=False,
        ),
        log_level=None,
    )
    linker.training.estimate_probability_two_random_records_match(sure_rules(have), recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1, min_count_per_level=None)
    for rule in training_blocks(have):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    predicted = linker.inference.predict(threshold_match_probability=PREDICT_AT)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        predicted, threshold_match_probability=float(cluster_at)
    )
    rows = connection.table(clusters.physical_name).project("record_id, cluster_id").fetchall()
    tell(target, [row[0] for row in rows], [row[1] for row in rows], began=began, what="splink")


if __name__ == "__main__":
    logging.getLogger("splink").setLevel(logging.ERROR)  # it says at each call that a rare level has no u
    main(*sys.argv[1:5])
