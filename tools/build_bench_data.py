"""Copies the benchmark's public data without the fields that Eyre never uses: `python tools/build_bench_data.py IN OUT`."""

import sys
from pathlib import Path

import pyarrow.parquet as pq

_COPIED = ("febrl3", "febrl4", "historical_50k")
_NEVER = {"birth_place", "race_ethnicity"}


def main(given: Path, out: Path) -> None:
    """One Parquet file each."""
    for name in _COPIED:
        table = pq.read_table(given / f"{name}.parquet").replace_schema_metadata(None)
        kept = [column for column in table.column_names if column not in _NEVER]
        pq.write_table(table.select(kept), out / f"{name}.parquet", compression="zstd", compression_level=19)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
