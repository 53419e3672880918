"""Tables of people in and out of files: CSV (also compressed) and Parquet, in columns, bounded, written atomically.

A value of a row is never shown in an error, for it may be about a person; its file, row and column are.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from eyre.errors import InputError
from eyre.service.read_csv_table import read_csv_table

MOST_BYTES = 16 << 30
"""What all columns of one file may take in memory: a small compressed file can expand to more than any machine has."""

_CSV_ENDS = (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt", ".txt.gz")
_PARQUET_ENDS = (".parquet", ".pq")
_CODED_BYTES = 6  # a value; codes take one to three
_QUOTED = '[",\r\n]'


def read_table(path: Path, *, encoding: str = "utf-8", most_bytes: int = MOST_BYTES) -> pa.Table:
    """The columns of a file; those of a CSV are all texts. Raises `InputError` that names place and remedy."""
    if not path.exists():
        raise InputError(f"there is no file `{path}`", remedy="check the path")
    if path.is_dir():
        raise InputError(f"`{path}` is a folder", remedy="name the files in it")
    try:
        table = _reader(path)(path, encoding, most_bytes)
    except OSError as error:
        why = error.strerror or "it is damaged"
        raise InputError(
            f"`{path}` cannot be read: {why}", remedy="check its permissions and that it is whole"
        ) from error
    _check_names(table.column_names, path)
    return table


def read_outline(path: Path) -> tuple[list[str], pa.Table]:
    """The names of a Parquet file's columns, and a table of its rows without any: `read_column` reads them one by one.
    Raises `InputError` as `read_table` does."""
    with _parquet(path, MOST_BYTES) as file:
        names, rows = file.schema_arrow.names, file.metadata.num_rows
    _check_names(names, path)
    return names, pa.table({"rows": pa.nulls(rows)}).select([])


def read_column(path: Path, name: str) -> Any:
    """One column of a Parquet file. Raises `InputError` for a file that is damaged."""
    return _read_parquet(path, most_bytes=MOST_BYTES, columns=[name])[name]


def is_parquet(path: Path) -> bool:
    """Whether a file is Parquet by its name, and there."""
    return path.name.lower().endswith(_PARQUET_ENDS) and path.is_file()


def _check_names(names: list[str], path: Path) -> None:
    if repeated := [at for at, name in enumerate(names) if name in names[:at]]:
        places = f"columns {names.index(names[repeated[0]]) + 1} and {repeated[0] + 1}"
        raise InputError(f"{places} of `{path}` have the same name", remedy="rename one; is the first row a header?")


def _reader(path: Path) -> Callable[[Path, str, int], pa.Table]:
    name = path.name.lower()
    if name.endswith(_CSV_ENDS):
        return read_csv_table
    if name.endswith(_PARQUET_ENDS):
        return lambda path, _encoding, most_bytes: _read_parquet(path, most_bytes=most_bytes)
    raise InputError(
        f"`{path}` is neither CSV nor Parquet by its name",
        remedy=f"give it one of {', '.join(_CSV_ENDS + _PARQUET_ENDS)}",
    )


def _read_parquet(path: Path, *, most_bytes: int, columns: list[str] | None = None) -> pa.Table:
    with _parquet(path, most_bytes) as file:
        return file.read(columns=columns).replace_schema_metadata(None)


@contextmanager
def _parquet(path: Path, most_bytes: int) -> Iterator[pq.ParquetFile]:
    try:
        metadata = pq.read_metadata(path)
        with pq.ParquetFile(path, metadata=metadata, read_dictionary=_coded_columns(metadata)) as file:
            groups = range(metadata.num_row_groups)
            if sum(file.metadata.row_group(group).total_byte_size for group in groups) > most_bytes:
                raise InputError(f"`{path}` expands to more than {most_bytes} bytes", remedy="split it")
            yield file
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise InputError(f"`{path}` is not Parquet, or is damaged", remedy="write it again") from error


def _coded_columns(metadata: pq.FileMetaData) -> list[str]:
    """Columns of texts that the file codes by a dictionary, to good effect: they are read as they are kept."""
    if not metadata.num_row_groups:
        return []
    group = metadata.row_group(0)
    columns = [group.column(at) for at in range(group.num_columns)]
    return [
        column.path_in_schema
        for column in columns
        if column.has_dictionary_page
        and column.physical_type == "BYTE_ARRAY"
        and column.total_uncompressed_size < _CODED_BYTES * max(column.num_values, 1)
    ]


def check_output(path: Path, inputs: tuple[Path, ...]) -> None:
    """Refuse, before any work, an output that cannot be written or would replace an input. Raises `InputError`."""
    if not path.name.lower().endswith((".csv", ".csv.gz", *_PARQUET_ENDS)):
        raise InputError(
            f"`{path}` is neither CSV nor Parquet by its name", remedy="end it in .csv, .csv.gz or .parquet"
        )
    if not path.parent.is_dir():
        raise InputError(f"there is no folder `{path.parent}` to write into", remedy="make it first")
    if path.is_dir():
        raise InputError(f"`{path}` is a folder", remedy="name a file in it")
    if any(path.exists() and each.exists() and path.samefile(each) for each in inputs):
        raise InputError(f"`{path}` is an input as well", remedy="write to another file")


def write_table(table: pa.Table, path: Path) -> None:
    """Write by the kind that the name ends in. The file appears whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as stream:
            if path.name.lower().endswith(_PARQUET_ENDS):
                pq.write_table(table, stream, compression="zstd")
            elif path.name.lower().endswith(".gz"):
                with pa.CompressedOutputStream(stream, "gzip") as compressed:
                    write_csv(table, compressed)
            else:
                write_csv(table, stream)
        part.replace(path)
    except OSError as error:
        raise InputError(
            f"`{path}` cannot be written: {error.strerror}", remedy="check the folder and its space"
        ) from error
    finally:
        part.unlink(missing_ok=True)


def write_csv(table: pa.Table, stream: BinaryIO | pa.NativeFile) -> None:
    """Write as CSV in UTF-8. Texts are quoted if one of them needs it."""
    plain = pa.table({name: _plain(table, name) for name in table.column_names})
    needed = any(_needs_quotes(plain[name]) for name in plain.column_names)
    header = any(character in name for name in plain.column_names for character in ',"\r\n')
    options: Any = pyarrow.csv.WriteOptions(quoting_style="needed" if needed else "none")
    options.quoting_header = "needed" if header else "none"
    pyarrow.csv.write_csv(plain, stream, options)


def _plain(table: pa.Table, name: str) -> Any:
    column = table[name]
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_nested(column.type) or pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        raise InputError(f"the column `{name}` of type {column.type} has no place in a CSV", remedy="write .parquet")
    return column


def _needs_quotes(column: Any) -> bool:
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return False
    return bool(pc.any(pc.match_substring_regex(column, _QUOTED)).as_py())
