"""Parts pseudopeople's stacked sample into one Parquet file a source: `python tools/build_town.py ppl_all.parquet OUT`.

Race and ethnicity, and columns that a source does not fill, are left out.
"""

import sys
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq


def main(stacked: Path, out: Path) -> None:
    """One folder a source below `out`."""
    table = pq.read_table(stacked).drop_columns(["race_ethnicity"]).replace_schema_metadata(None)
    for source in sorted(set(table["source"].to_pylist())):
        part = table.filter(pc.equal(table["source"], source)).drop_columns(["source"])
        filled = [name for name in part.column_names if part[name].null_count < part.num_rows]
        folder = out / f"town_{source}"
        folder.mkdir(parents=True, exist_ok=True)
        pq.write_table(part.select(filled), folder / "delivery.parquet", compression="zstd", compression_level=19)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
