"""`bigint[]` between NumPy and PostgreSQL without a Python object for each number."""

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
_ELEMENT = np.dtype([("length", ">i4"), ("value", ">i8")])


class _Int8ArrayDumper(Dumper):
    """PostgreSQL's binary form of a one-dimensional `bigint[]`."""

    format = Format.BINARY
    oid = _INT8_ARRAY

    def dump(self, obj: Any) -> bytes:
        body = np.empty(len(obj), dtype=_ELEMENT)
        body["length"] = 8
        body["value"] = obj
        head = np.array([1, 0, _INT8, len(obj), 1], dtype=">i4")
        return head.tobytes() + body.tobytes()


def register_int8_array(connection: psycopg.Connection) -> None:
    """Lets NumPy arrays be passed to `connection` as `bigint[]`; use the placeholder `%b`."""
    connection.adapters.register_dumper(np.ndarray, _Int8ArrayDumper)


def int8_columns(packed: bytes | None, columns: int) -> list[Int64]:
    """The columns of `string_agg(int8send(a) || int8send(b) …, '')`."""
    table = np.frombuffer(packed or b"", dtype=">i8").reshape(-1, columns)
    return [table[:, column].astype(np.int64) for column in range(columns)]
