"""Generated people and their records, for benchmarks of any size: `python -m bench.population --records 1000000`.

Names are as frequent as the 1990 census of the United States counted them; people live in households, marry, move and
have children; sources say about three records of each, with nicknames, slips of the keyboard and gaps. The columns bear
Eyre's standard names, and `truth` says who each record is about. The same seed gives the same records. Nobody in it
exists, and neither do the places.
"""

import argparse
import time
from collections.abc import Iterator
from itertools import count, pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench.households import draw_households
from bench.places import make_country
from bench.said_records import RECORDS_A_PERSON, say_records
from eyre.sim.census_names import census_names
from eyre.sim.slips import digits_text

_HOUSEHOLDS_AT_ONCE = 40_000
_RECORDS_A_HOUSEHOLD = 6.5  # a little fewer than there are on average
_RECORDS_A_FILE_PART = 250_000


def write_population(path: Path, records: int, seed: int) -> None:
    """So many records as Parquet, in random order, so that no record tells by its place whose it is.

    Takes a few minutes and 4 GB for ten million.
    """
    random = np.random.default_rng([seed, 0])
    parts: list[list[pa.Table]] = [[] for _ in range(-(-records // _RECORDS_A_FILE_PART))]
    for table in draw_records(records, seed):
        part = random.integers(0, len(parts), table.num_rows)
        ordered = table.take(np.argsort(part, kind="stable"))
        ends = np.searchsorted(np.sort(part), np.arange(len(parts) + 1))
        for number, (start, end) in enumerate(pairwise(ends)):
            parts[number].append(ordered.slice(start, end - start))
    written = 0
    writer: pq.ParquetWriter | None = None
    try:
        for number in range(len(parts)):
            shuffled = pa.concat_tables(parts[number])
            parts[number] = []
            shuffled = shuffled.take(random.permutation(shuffled.num_rows))
            ids = pa.array(digits_text(np.arange(written, written + shuffled.num_rows), 9)).cast(pa.string())
            shuffled = shuffled.add_column(0, "record_id", ids)
            writer = writer or pq.ParquetWriter(path, shuffled.schema, compression="zstd")
            writer.write_table(shuffled)
            written += shuffled.num_rows
    finally:
        if writer is not None:
            writer.close()


def draw_records(records: int, seed: int) -> Iterator[pa.Table]:
    """So many records, some thousand households at a time, without record ids and in the order of persons."""
    names = census_names()
    persons = records / float(np.arange(1, len(RECORDS_A_PERSON) + 1) @ RECORDS_A_PERSON)
    country = make_country(round(persons), names.text, np.random.default_rng([seed, 1]))
    first = 0
    for number in count(2):
        random = np.random.default_rng([seed, number])
        many = min(_HOUSEHOLDS_AT_ONCE, int(records / _RECORDS_A_HOUSEHOLD) + 1)
        people, homes = draw_households(many, names, country, random)
        table = say_records(people, homes, first, (names, country), random)
        first += len(people.given)
        yield table.slice(0, records)
        records -= table.num_rows
        if records <= 0:
            return


def main() -> None:
    """Writes the file that `--out` names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    began = time.perf_counter()
    write_population(chosen.out, chosen.records, chosen.seed)
    print(f"{chosen.records:,} records in {time.perf_counter() - began:.1f} s: {chosen.out}")


if __name__ == "__main__":
    main()
