"""Links people of jails and prisons with Splink, in its environment: `python -m bench.splink_persons IN OUT AT`.

The table has names in parts, sex, the state of the source, and the birth date as an interval of days (`born_from`,
`born_to`), for half of the sources tell an age alone. Splink is given a comparison of such intervals. Clusters are
connected components of the pairs at probability AT.
"""

import logging
import sys
import time

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from bench.peers_told import tell

THREADS = 2
_BLOCKS = [
    ("given_name", "surname"),
    ("surname", "birth_year"),
    ("surname", "state"),
    ("given_name", "middle_name", "state"),
    ("given_name", "birth_year", "state"),
    ("substr(given_name, 1, 3)", "substr(surname, 1, 4)", "state"),
]
_YEAR = 366


def main(source: str, target: str, cluster_at: str) -> None:
    """Trains, predicts, clusters and writes `record_id, person_id`."""
    began = time.perf_counter()
    connection = duckdb.connect()
    connection.execute(f"set threads = {THREADS}")
    connection.from_parquet(source).create("people")
    linker = Linker(
        DuckDBAPI(connection).register("people"),
        SettingsCreator(
            link_type="dedupe_only",
            unique_id_column_name="record_id",
            blocking_rules_to_generate_predictions=[block_on(*rule) for rule in _BLOCKS],
            comparisons=[
                cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
                cl.NameComparison("surname").configure(term_frequency_adjustments=True),
                cl.ExactMatch("middle_name").configure(term_frequency_adjustments=True),
                _births(),
                cl.ExactMatch("sex"),
                cl.ExactMatch("generation"),
                cl.ExactMatch("state").configure(term_frequency_adjustments=True),
            ],
            retain_matching_columns=False,
            retain_intermediate_calculation_columns=False,
        ),
        log_level=None,
    )
    sure = ["l.given_name = r.given_name and l.surname = r.surname and l.born_from = r.born_from and l.state = r.state"]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1, min_count_per_level=None)
    for rule in (("given_name", "surname"), ("birth_year", "surname")):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*rule))
    predicted = linker.inference.predict(threshold_match_probability=0.05)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        predicted, threshold_match_probability=float(cluster_at)
    )
    rows = connection.table(clusters.physical_name).project("record_id, cluster_id").fetchall()
    tell(target, [row[0] for row in rows], [row[1] for row in rows], began=began, what="splink")


def _births() -> cl.CustomComparison:
    """The same date; else intervals that meet; else how far they are apart."""
    gap = "greatest(born_from_l, born_from_r) - least(born_to_l, born_to_r)"
    return cl.CustomComparison(
        output_column_name="birth",
        comparison_levels=[
            cll.NullLevel("born_from"),
            cll.CustomLevel(
                "born_from_l = born_from_r and born_to_l = born_to_r and born_from_l = born_to_l", "same day"
            ),
            cll.CustomLevel(f"{gap} <= 0", "intervals meet"),
            cll.CustomLevel(f"{gap} <= {_YEAR}", "a year apart"),
            cll.CustomLevel(f"{gap} <= {5 * _YEAR}", "some years apart"),
            cll.ElseLevel(),
        ],
    )


if __name__ == "__main__":
    logging.getLogger("splink").setLevel(logging.ERROR)  # it says at each call that a rare level has no u
    main(*sys.argv[1:4])
