"""Links a table of people with goldenmatch, in its environment: `python -m bench.goldenmatch_people IN OUT MODE`.

`zero` is its zero-configuration way, `prob` its probabilistic one. Both choose columns, blocks and thresholds from the
table by themselves, and the clusters are those that they give.
"""

import logging
import sys
import time

import goldenmatch
import pyarrow.parquet as pq

from bench.peers_told import columns_of, tell


def main(source: str, target: str, mode: str) -> None:
    """Configures itself, links and writes `record_id, person_id`."""
    began = time.perf_counter()
    table = pq.read_table(source, columns=columns_of(source))
    people = table.drop(["record_id"])
    if mode == "prob":
        answer = goldenmatch.dedupe_df(people, config=goldenmatch.auto_configure_probabilistic_df(people))
    else:
        # It refuses tables of which it is not sure, unless told to go on.
        answer = goldenmatch.dedupe_df(people, confidence_required=False, allow_red_config=True)
    person = list(range(table.num_rows))
    for cluster in answer.clusters.values():
        for member in cluster["members"]:
            person[member] = cluster["members"][0]
    tell(target, [str(each) for each in table["record_id"].to_pylist()], person, began=began, what="goldenmatch")


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    main(*sys.argv[1:4])
