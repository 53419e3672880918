"""What resolution asks of a session under a view: records, what is compared of them, and who is near by keys.

A question is one statement, however much it brings. The database's policies decide what is seen; nothing here filters.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import psycopg

from eyre.resolve.neighbourhood import Asked, Near, Told
from eyre.store.arrays import Int64, int8_columns, number_array
from eyre.store.one_row import one_row
from eyre.store.reader import BATCH, ReaderSession
from eyre.store.sql_files import read_sql

_HEAD = np.dtype([("record", ">i8"), ("length", ">i4")])
_NONE = np.zeros(0, dtype=np.int64)


def ask_told(connection: psycopg.Connection, records: Int64) -> Told:
    """What resolution compares of those of `records` that are visible."""
    query = read_sql("sql/told.sql")
    return _joined([_told(*_row(connection, query, {"records": some})) for some in _batches(records)])


def ask_near(session: ReaderSession, asked: Asked) -> Near:
    """One step from records along keys."""
    pairs: list[list[Int64]] = [[_NONE, _NONE]]
    capped: list[Int64] = [_NONE]
    told: list[Told] = []
    judged = not len(asked.keys)
    for some in _batches(asked.keys):
        known = np.concatenate([asked.known, *(each.records for each in told)])
        parameters = {"keys": some, "frontier": asked.frontier, "known": number_array(known)}
        parameters |= {"most": asked.most.any, "most_in_loose": asked.most.loose}
        followed, common, *new, there = _row(session.connection, read_sql("sql/near.sql"), parameters)
        pairs.append(int8_columns(followed, 2))
        capped += int8_columns(common, 1)
        told.append(_told(*new))
        judged = judged or there
    key, record = (np.concatenate([each[column] for each in pairs]) for column in range(2))
    judgements = session.judgements(asked.frontier) if judged else ()
    return Near(key, record, np.concatenate(capped), _joined(told), judgements)


def _row(connection: psycopg.Connection, query: str, parameters: dict[str, Any]) -> tuple[Any, ...]:
    return one_row(connection.execute(query, parameters, prepare=True, binary=True))


def _told(head: bytes | None, body: bytes | None) -> Told:
    table = np.frombuffer(head or b"", dtype=_HEAD)
    record, length = (table[name].astype(np.int64) for name in ("record", "length"))
    return Told(record, length, np.frombuffer(body or b"", dtype=np.uint8))


def _joined(told: list[Told]) -> Told:
    if len(told) == 1:
        return told[0]
    if not told:
        return _told(None, None)
    return Told(*(np.concatenate(columns) for columns in zip(*told, strict=True)))


def _batches(ids: Int64) -> Iterator[Int64]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
