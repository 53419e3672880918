"""Columns between NumPy and PostgreSQL without a Python object for each number: arrays in PostgreSQL's binary form."""

import struct
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray
from psycopg import postgres
from psycopg.adapt import Dumper
from psycopg.pq import Format

Int64 = NDArray[np.int64]

_INT8 = postgres.types["int8"].oid
_INT8_ARRAY = postgres.types["int8"].array_oid
_TIMESTAMPTZ = postgres.types["timestamptz"].oid
_NUMBERS = {
    np.dtype(np.int64): (_INT8, ">i8"),
    np.dtype(np.int32): (postgres.types["int4"].oid, ">i4"),
    np.dtype(np.int16): (postgres.types["int2"].oid, ">i2"),
    np.dtype(np.bool_): (postgres.types["bool"].oid, "?"),
}
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class ArrayBytes(bytes):
    """PostgreSQL's binary form of an array of any type; pass it as `%(name)b::type[]`."""


class _Int8ArrayDumper(Dumper):
    """PostgreSQL's binary form of a one-dimensional `bigint[]`."""

    format = Format.BINARY
    oid = _INT8_ARRAY

    def dump(self, obj: Any) -> bytes:
        return number_array(np.asarray(obj, dtype=np.int64))


class _ArrayBytesDumper(Dumper):
    """What is an array already; its type is told by the cast beside it."""

    format = Format.BINARY
    oid = 0

    def dump(self, obj: Any) -> bytes:
        return bytes(obj)


def register_arrays(connection: psycopg.Connection) -> None:
    """Lets NumPy arrays be passed to `connection` as `bigint[]`, with the placeholder `%b`, and `ArrayBytes`."""
    connection.adapters.register_dumper(np.ndarray, _Int8ArrayDumper)
    connection.adapters.register_dumper(ArrayBytes, _ArrayBytesDumper)


def number_array(values: NDArray[Any]) -> ArrayBytes:
    """`bigint[]`, `integer[]`, `smallint[]` or `boolean[]`, by the type of `values`."""
    oid, written = _NUMBERS[values.dtype]
    return _fixed(values, oid, written)


def moment_array(values: Sequence[datetime]) -> ArrayBytes:
    """`timestamptz[]`."""
    known: dict[datetime, int] = {}
    for value in values:
        if value not in known:
            known[value] = (value - _EPOCH) // _MICROSECOND
    return _fixed(np.array([known[value] for value in values], dtype=np.int64), _TIMESTAMPTZ, ">i8")


def text_array(values: Sequence[bytes]) -> ArrayBytes:
    """`text[]`, of texts in UTF-8."""
    return _ragged(values, postgres.types["text"].oid)


def bytes_array(values: Sequence[bytes]) -> ArrayBytes:
    """`bytea[]`."""
    return _ragged(values, postgres.types["bytea"].oid)


def int8_columns(packed: bytes | None, columns: int) -> list[Int64]:
    """The columns of `string_agg(int8send(a) || int8send(b) …, '')`."""
    table = np.frombuffer(packed or b"", dtype=">i8").reshape(-1, columns)
    return [table[:, column].astype(np.int64) for column in range(columns)]


def _head(oid: int, count: int) -> bytes:
    """One dimension, no nulls, numbered from 1."""
    return struct.pack(">5i", 1, 0, oid, count, 1) if count else struct.pack(">3i", 0, 0, oid)


def _fixed(values: NDArray[Any], oid: int, written: str) -> ArrayBytes:
    item = _item(written)
    body = np.empty(len(values), dtype=item)
    body["length"] = item["value"].itemsize
    body["value"] = values
    return ArrayBytes(_head(oid, len(values)) + body.tobytes())


@cache
def _item(written: str) -> np.dtype[Any]:
    return np.dtype([("length", ">i4"), ("value", written)])


def _ragged(values: Sequence[bytes], oid: int) -> ArrayBytes:
    lengths = np.fromiter(map(len, values), dtype=">i4", count=len(values)).tobytes()
    pieces = [b""] * (2 * len(values))
    pieces[0::2] = [lengths[at : at + 4] for at in range(0, len(lengths), 4)]
    pieces[1::2] = values
    return ArrayBytes(_head(oid, len(values)) + b"".join(pieces))
