"""Merging a chunk of rows into what was said before, set by set.

The state is a join semilattice: of every distinct thing said of a record the first and the last instant are kept, and
the current one is the greatest. So any order and any batching leave the same state (law L1).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
import psycopg

from eyre.store.arrays import Int64, bytes_array, int8_columns, moment_array, number_array, text_array
from eyre.store.delivery import Delivery, Reworded
from eyre.store.key_index import KeyIndex
from eyre.store.one_row import one_row
from eyre.store.pack_records import Chunk, PackedRow
from eyre.store.record_rows import key_columns, record_columns
from eyre.store.sql_files import read_sql

MOST_TOLD = 1_000
"""Where more records say something else at once, it is the list that is another one."""


@dataclass(frozen=True, slots=True)
class Merged:
    """How many rows of a chunk were taken, how many were of purged records, the ids of the records that now say
    something else, the rows whose record id is another record's, and what those that said something else before said
    then and say now; this where they are no more than `MOST_TOLD`."""

    accepted: int
    ignored: int
    changed: tuple[int, ...]
    collided: list[PackedRow]
    reworded: tuple[Reworded, ...] = ()


def merge_records(connection: psycopg.Connection, delivery: Delivery, chunk: Chunk, index: KeyIndex) -> Merged:
    """Merges the rows of `chunk` into the tables, in a writer's open transaction."""
    refused, changed = _merge(connection, delivery, chunk.rows) if chunk.rows else ({}, [])
    rows = [row for ordinal, row in enumerate(chunk.rows) if ordinal not in refused] if refused else chunk.rows
    said = {(row.record, row.content_hash): row for row in rows}
    written = [row for row in (said[record, content] for record, content, _ in changed) if not row.deleted]
    before = _forget(connection, [record for record, _, replaces in changed if replaces], index)
    _write(connection, written, index)
    of_purged = sum(chunk.rows[ordinal].count for ordinal, purged in refused.items() if purged)
    return Merged(
        accepted=sum(row.count for row in rows),
        ignored=of_purged,
        changed=tuple(record for record, _, _ in changed),
        collided=[*chunk.collided, *(chunk.rows[ordinal] for ordinal, purged in refused.items() if not purged)],
        reworded=tuple(_reworded(row, before) for row in written if str(row.record) in before),
    )


def _reworded(row: PackedRow, before: Mapping[str, Mapping[str, Any]]) -> Reworded:
    told = before[str(row.record)]
    now = {str(group): orjson.loads(body) for group, body in row.bodies if str(group) in told}
    return Reworded(row.record, told, now)


def rows_told(delivery: Delivery, rows: Sequence[PackedRow]) -> dict[str, Any]:
    """What a delivery says of records, in columns, but for the classes of their terms."""
    records = np.array([row.record for row in rows], dtype=np.int64)
    return {
        "source": delivery.source,
        "delivery": delivery.id,
        "records": number_array(records),
        "names": text_array([row.source_key.encode() for row in rows]),
        "hashes": bytes_array([row.content_hash for row in rows]),
        "firsts": moment_array([row.first_as_of for row in rows]),
        "lasts": moment_array([row.last_as_of for row in rows]),
        "places": text_array([row.place.encode() for row in rows]),
        "alone": bool((np.diff(records) != 0).all()),  # they are in order
    }


def _merge(
    connection: psycopg.Connection, delivery: Delivery, rows: Sequence[PackedRow]
) -> tuple[dict[int, bool], list[tuple[int, bytes, bool]]]:
    """Positions of rows that may not be taken, and whether that is so because their record was purged; then id and
    content hash of each record that now says something else, and whether it said anything before."""
    told = rows_told(delivery, rows) | {
        "classes": number_array(np.array([row.terms_class for row in rows], dtype=np.int16))
    }
    refused, purged, changed, said, replaces = one_row(_ask(connection, "sql/merge_records.sql", told))
    return (
        dict(zip(refused or (), purged or (), strict=True)),
        list(zip(changed or (), said or (), replaces or (), strict=True)),
    )


def _forget(connection: psycopg.Connection, records: Sequence[int], index: KeyIndex) -> dict[str, dict[str, Any]]:
    """Forgets what records said; gives, by record, whom they were about, where they are few."""
    if not records:
        return {}
    index.needed(connection)
    ids: Int64 = np.array(records, dtype=np.int64)
    asked = {"records": ids, "told": len(records) <= MOST_TOLD}
    packed, before = one_row(_ask(connection, "sql/forget_records.sql", asked))
    of_record, keys = int8_columns(packed, 2)
    if len(keys):
        told = {"records": number_array(of_record), "keys": number_array(keys)}
        _ask(connection, "sql/forget_keys.sql", told)
    return before or {}


def _write(connection: psycopg.Connection, rows: Sequence[PackedRow], index: KeyIndex) -> None:
    if not rows:
        return
    keys = key_columns(rows)
    _ask(connection, "sql/write_records.sql", record_columns(rows, keys))
    index.written += len(keys.key)


def _ask(connection: psycopg.Connection, file: str, told: Mapping[str, Any]) -> psycopg.Cursor:
    return connection.execute(read_sql(file), told, prepare=True, binary=True)
