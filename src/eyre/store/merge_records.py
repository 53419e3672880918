"""Merging staged rows into what was said before, set by set.

The state is a join semilattice: of every distinct thing said of a record the first and the last instant are kept, and
the current one is the greatest. So any order and any batching leave the same state (law L1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString

import numpy as np
import psycopg
from psycopg.types.json import Jsonb

from eyre.store.delivery import Delivery
from eyre.store.pack_records import Chunk, PackedRow
from eyre.store.sql_files import read_sql

_STATISTICS_FROM = 500  # staged rows


@dataclass(frozen=True, slots=True)
class Merged:
    """How many rows of a chunk were taken, how many were of purged records, how many records now say something else,
    and the rows whose record id is another record's."""

    accepted: int
    ignored: int
    changed: int
    collided: list[PackedRow]


def merge_records(connection: psycopg.Connection, delivery: Delivery, chunk: Chunk) -> Merged:
    """Stages the rows of `chunk` and merges them into the tables, in a writer's open transaction in which
    `sql/stage.sql` has been run."""
    names = {"source": delivery.source, "delivery": delivery.id}
    connection.execute(b"delete from incoming; delete from touched")
    _copy_rows(connection, chunk.rows)
    _analyze(connection, "incoming", chunk)
    refused: dict[int, bool] = dict(connection.execute(read_sql("sql/refused.sql"), names, prepare=True).fetchall())
    if refused:
        connection.execute("delete from incoming where ordinal = any (%s)", [list(refused)])
    connection.execute(read_sql("sql/merge_versions.sql"), names, prepare=True)
    connection.execute(read_sql("sql/find_current.sql"), prepare=True)
    _analyze(connection, "touched", chunk)
    changed = connection.execute(read_sql("sql/find_changed.sql"), prepare=True).fetchall()
    connection.execute(read_sql("sql/merge_current.sql"), names, prepare=True)
    _forget(connection, [record for _, record, replaces, _ in changed if replaces])
    _write(connection, [chunk.rows[ordinal] for ordinal, _, _, deleted in changed if not deleted])
    counts = {ordinal: chunk.rows[ordinal].count for ordinal in refused}
    ignored = sum(counts[ordinal] for ordinal, purged in refused.items() if purged)
    return Merged(
        accepted=sum(row.count for row in chunk.rows) - sum(counts.values()),
        ignored=ignored,
        changed=len(changed),
        collided=[*chunk.collided, *(chunk.rows[ordinal] for ordinal, purged in refused.items() if not purged)],
    )


def _analyze(connection: psycopg.Connection, table: LiteralString, chunk: Chunk) -> None:
    # without statistics the planner takes the staging tables for small ones and joins them row by row
    if len(chunk.rows) >= _STATISTICS_FROM:
        connection.execute("analyze " + table)


def _copy_rows(connection: psycopg.Connection, rows: Sequence[PackedRow]) -> None:
    with connection.cursor().copy("copy incoming from stdin (format binary)") as copy:
        copy.set_types(["int4", "int8", "text", "int2", "bytea", "bool", "timestamptz", "timestamptz", "text"])
        for ordinal, row in enumerate(rows):
            copy.write_row(
                (
                    ordinal,
                    row.record,
                    row.source_key,
                    row.terms_class,
                    row.content_hash,
                    row.deleted,
                    row.first_as_of,
                    row.last_as_of,
                    row.place,
                )
            )


def _forget(connection: psycopg.Connection, records: Sequence[int]) -> None:
    if records:
        ids = np.array(records, dtype=np.int64)
        connection.execute("delete from eyre.record_part where record = any (%b)", [ids])
        connection.execute("delete from eyre.record_key where record = any (%b)", [ids])


def _write(connection: psycopg.Connection, rows: Sequence[PackedRow]) -> None:
    if not rows:
        return
    connection.execute(b"delete from incoming_part; delete from incoming_key")
    with connection.cursor().copy("copy incoming_part from stdin (format binary)") as copy:
        copy.set_types(["int8", "int4", "int2", "jsonb"])
        for row in rows:
            for group, body in row.bodies:
                copy.write_row((row.record, group, row.terms_class, Jsonb(body, dumps=_as_it_is)))
    with connection.cursor().copy("copy incoming_key from stdin (format binary)") as copy:
        copy.set_types(["int8", "int8", "int4", "int2"])
        for row in rows:
            for key, groups in {(int(key), int(groups)) for key, groups in row.keys}:
                copy.write_row((row.record, key, groups, row.terms_class))
    connection.execute(read_sql("sql/write_parts.sql"))
    connection.execute(read_sql("sql/write_keys.sql"))


def _as_it_is(body: bytes) -> bytes:
    return body
