"""Delimited text as columns of text, a block at a time, with the row of whatever is wrong."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.csv as arrow_csv

from eyre.errors import InputError

LONGEST_ROW = 4 << 20
"""Bytes of one row that are surely read: one of twice as many is a quotation that is never closed."""

_DELIMITERS = ",\t;|"
_RAGGED = re.compile(r"Row #(\d+): Expected (\d+) columns, got (\d+)")
_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_csv_table(path: Path, encoding: str, most_bytes: int) -> pa.Table:
    """All columns as texts, empty where nothing was said. The delimiter is that of comma, tab, semicolon and bar which
    the header has most. Raises `InputError` and `OSError`."""
    delimiter = _delimiter(path, encoding)
    with _faults(path, encoding):
        names = _open(path, encoding, delimiter, []).schema.names
        table = _read(path, encoding, delimiter, names, most_bytes)
    return table.rename_columns([name.strip() or f"column_{at}" for at, name in enumerate(names, 1)])


def _read(path: Path, encoding: str, delimiter: str, names: list[str], most_bytes: int) -> pa.Table:
    reader = _open(path, encoding, delimiter, names)
    batches: list[pa.RecordBatch] = []
    size = 0
    for batch in reader:
        batches.append(batch)
        size += batch.nbytes
        if size > most_bytes:
            raise InputError(f"`{path}` expands to more than {most_bytes} bytes", remedy="split it")
    return pa.Table.from_batches(batches, reader.schema)


def _open(path: Path, encoding: str, delimiter: str, names: list[str]) -> arrow_csv.CSVStreamingReader:
    return arrow_csv.open_csv(
        cast(Any, pa.input_stream(path)),
        read_options=arrow_csv.ReadOptions(use_threads=False, block_size=LONGEST_ROW, encoding=encoding),
        parse_options=arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types={name: pa.string() for name in names}, strings_can_be_null=False
        ),
    )


def _delimiter(path: Path, encoding: str) -> str:
    with pa.input_stream(path) as stream:
        start = stream.read(1 << 16)
    if not start.strip():
        raise InputError(f"`{path}` is empty", remedy="give it a header row and a row for each record")
    if encoding == "utf-8" and start[:2] in _BYTE_ORDER_MARKS:
        raise InputError(f"`{path}` is UTF-16 text, not UTF-8", remedy="add `--encoding utf-16`")
    try:
        header = start.decode(encoding, errors="replace").splitlines()[0]
    except LookupError as error:
        raise InputError(f"`{encoding}` is no known encoding", remedy="try utf-8, cp1252 or utf-16") from error
    return max(_DELIMITERS, key=header.count)


@contextmanager
def _faults(path: Path, encoding: str) -> Iterator[None]:
    """Arrow's errors in words that show no row."""
    try:
        yield
    except UnicodeError as error:
        raise _not_text(path, encoding) from error
    except pa.ArrowInvalid as error:
        said = str(error)
        if ragged := _RAGGED.search(said):
            row, wanted, found = ragged.groups()
            raise InputError(
                f"row {row} of `{path}` has {found} cells where the header has {wanted}",
                remedy="check quotation marks and delimiters there",
            ) from error
        if "UTF8" in said:
            raise _not_text(path, encoding) from error
        if "straddling" in said:
            raise InputError(
                f"a row of `{path}` is longer than {LONGEST_ROW} bytes", remedy="look for a quotation mark left open"
            ) from error
        if "Empty CSV" in said:
            raise InputError(f"`{path}` has no rows", remedy="give it a header row and a row a record") from error
        raise InputError(f"`{path}` is not readable as CSV", remedy="check quotation marks and delimiters") from error


def _not_text(path: Path, encoding: str) -> InputError:
    other = "cp1252" if encoding == "utf-8" else "utf-8"
    place = f"line {number} of `{path}`" if (number := _bad_line(path, encoding)) else f"`{path}`"
    return InputError(f"{place} is not {encoding} text", remedy=f"say which it is, e.g. `--encoding {other}`")


def _bad_line(path: Path, encoding: str) -> int:
    """The first line that does not decode; 0 if lines cannot be told apart in bytes."""
    if encoding.lower().replace("-", "").startswith(("utf16", "utf32")):
        return 0
    number, rest = 1, b""
    with pa.input_stream(path) as stream:
        while block := stream.read(1 << 20):
            *lines, rest = (rest + block).split(b"\n")
            for line in lines:
                if not _decodes(line, encoding):
                    return number
                number += 1
    return 0 if _decodes(rest, encoding) else number


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeError:
        return False
    return True
