"""Columns that are read before they are asked for."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from eyre.errors import InputError
from eyre.service.columns_ahead import ColumnsAhead

PEOPLE = pa.table({"record_id": ["a", "b"], "surname": ["li", "cruz"], "truth": ["1", "2"], "their": ["x", "y"]})


def test_each_column_is_given_whether_it_was_begun_or_not(tmp_path: Path) -> None:
    path = tmp_path / "people.parquet"
    pq.write_table(PEOPLE, path)
    for _ in range(50):
        ahead = ColumnsAhead([path, path])
        for name in ("their", "surname", "record_id", "surname", "surname"):
            assert ahead.column(path, name).to_pylist() == PEOPLE[name].to_pylist()
        ahead.stop()


def test_files_that_cannot_be_read_ahead_are_left_to_whoever_reads_them(tmp_path: Path) -> None:
    (tmp_path / "people.parquet").write_bytes(b"no parquet")
    ahead = ColumnsAhead([tmp_path / "people.parquet", tmp_path / "people.csv", tmp_path / "none.parquet", tmp_path])
    ahead.stop()
    with pytest.raises(InputError):
        ahead.column(tmp_path / "people.parquet", "surname")
