"""What a peer's script leaves: who is whom, and one line of JSON. Runs in the peers' environments, so it needs nothing
but what is in all of them."""

import json
import time
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq


def tell(target: str, record_ids: Sequence[str], person_ids: Sequence[Any], *, began: float, what: str) -> None:
    """Writes `record_id, person_id`, and prints the seconds since `began` (a `perf_counter`) and what was installed."""
    pq.write_table(pa.table({"record_id": list(record_ids), "person_id": [str(each) for each in person_ids]}), target)
    seconds = round(time.perf_counter() - began, 2)
    print(json.dumps({"seconds": seconds, "version": version(what)}))


def components(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """The connected component of each of `count` records, named by its first one."""
    parent = list(range(count))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for left, right in pairs:
        one, other = sorted((root(int(left)), root(int(right))))
        parent[other] = one
    return [root(at) for at in range(count)]


def columns_of(source: str | Path) -> list[str]:
    """The columns of a table of people that say anything in at least one record."""
    table = pq.read_table(source)
    return [name for name in table.column_names if table[name].null_count < table.num_rows]
