"""Taking a delivery in: one transaction, whole or not at all, the same end state in whatever order deliveries come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import LiteralString

import numpy as np
import psycopg
from psycopg.types.json import Jsonb

from eyre.model.issue import Issue
from eyre.store.delivery import Delivery, KeyedRecord, Outcome, QuarantinedRow
from eyre.store.one_row import one_row
from eyre.store.pack_records import Chunk, PackedRow, Packer, packed_chunks
from eyre.store.sources import classes_of
from eyre.store.sql_files import read_sql

CHUNK = 20_000
"""How many records are held and merged at once."""
COLLIDED = "its record id is that of another record"
_STATISTICS_FROM = 500  # staged rows
_ANALYZE_FROM = 5_000  # changed records that are worth new planner statistics


@dataclass(frozen=True, slots=True)
class Delivered:
    """Everything that the parser made of one delivery."""

    records: Iterable[KeyedRecord]
    quarantined: Sequence[QuarantinedRow] = ()
    issues: Sequence[Issue] = ()


@dataclass(frozen=True, slots=True)
class _Taken:
    accepted: int
    ignored: int
    changed: int
    collided: list[PackedRow]


def commit_delivery(
    connection: psycopg.Connection, delivery: Delivery, delivered: Delivered, *, record_key: bytes, chunk: int = CHUNK
) -> Outcome:
    """Stores `delivered` in one transaction of its own; `connection` is a writer's.

    A delivery with the same source and content as an earlier one changes nothing. Deliveries of one source wait for
    each other. Records that say what they said before cost a lookup and a new last instant. Rows of purged records are
    ignored; a row whose 63-bit record id is already another record's is quarantined. `delivered.records` is read once,
    `chunk` at a time, so that it may be longer than memory.

    Raises `StoreError` for a source that was not registered, or a record of another source or an undeclared class.
    """
    with connection.transaction():
        classes = classes_of(connection, delivery.source)
        if not _announce(connection, delivery):
            return _known(connection, delivery)
        connection.execute("lock table eyre.purged in share mode")  # no purge slips in between look and write
        connection.execute(read_sql("sql/stage.sql").encode())
        packer = Packer(record_key, delivery.source, classes)
        taken = [_take(connection, delivery, each) for each in packed_chunks(packer, delivered.records, chunk)]
        rows = _quarantine(connection, delivery, packer, delivered.quarantined, taken)
        _write_issues(connection, delivery, delivered.issues)
        outcome = _close(connection, delivery, taken, rows)
        if outcome.changed >= _ANALYZE_FROM:
            connection.execute("select eyre.analyze_records()")
    return outcome


def _announce(connection: psycopg.Connection, delivery: Delivery) -> bool:
    cursor = connection.execute(
        "insert into eyre.delivery values (%s, %s, %s, %s, %s, %s, %s, 'committed', 0, 0, 0, 0) "
        "on conflict (source, content_hash) do nothing",
        [
            delivery.id,
            delivery.source,
            delivery.content_hash,
            delivery.as_of,
            delivery.received_at,
            delivery.length,
            delivery.parser_version,
        ],
    )
    return cursor.rowcount == 1


def _known(connection: psycopg.Connection, delivery: Delivery) -> Outcome:
    rows_in, accepted, quarantined, ignored = one_row(
        connection.execute(
            "select rows_in, accepted, quarantined, ignored from eyre.delivery where id = %s", [delivery.id]
        )
    )
    return Outcome(delivery.id, True, rows_in, accepted, quarantined, ignored, changed=0)


def _take(connection: psycopg.Connection, delivery: Delivery, chunk: Chunk) -> _Taken:
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
    return _Taken(
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
            for key, groups in set(row.keys):
                copy.write_row((row.record, int(key), int(groups), row.terms_class))
    connection.execute(read_sql("sql/write_parts.sql"))
    connection.execute(read_sql("sql/write_keys.sql"))


def _as_it_is(body: bytes) -> bytes:
    return body


def _quarantine(
    connection: psycopg.Connection,
    delivery: Delivery,
    packer: Packer,
    rows: Sequence[QuarantinedRow],
    taken: Sequence[_Taken],
) -> int:
    told = [
        (row.place, row.raw, list(row.reasons), packer.identify(row.record_key) if row.record_key else None, 1)
        for row in rows
    ]
    # the raw text of these is in the delivery, at its place; their ids are another record's and are not kept
    told += [(row.place, "", [COLLIDED], None, row.count) for each in taken for row in each.collided]
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into eyre.quarantined values (%s, %s, %s, %s, %s, %s)",
            [(delivery.id, ordinal, *row[:4]) for ordinal, row in enumerate(told)],
        )
    # a purged record's rows are not kept even as refused ones
    connection.execute(
        "delete from eyre.quarantined q using eyre.purged p where q.delivery = %s and p.record = q.record",
        [delivery.id],
    )
    return sum(row[4] for row in told)


def _write_issues(connection: psycopg.Connection, delivery: Delivery, issues: Sequence[Issue]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into eyre.issue values (%s, %s, %s, %s, %s, %s, %s)",
            [
                (delivery.id, ordinal, issue.code.value, issue.severity.value, issue.place, issue.field, issue.reason)
                for ordinal, issue in enumerate(issues)
            ],
        )


def _close(connection: psycopg.Connection, delivery: Delivery, taken: Sequence[_Taken], quarantined: int) -> Outcome:
    accepted = sum(each.accepted for each in taken)
    ignored = sum(each.ignored for each in taken) + delivery.ignored
    rows_in = accepted + quarantined + ignored
    connection.execute(
        "update eyre.delivery set rows_in = %s, accepted = %s, quarantined = %s, ignored = %s where id = %s",
        [rows_in, accepted, quarantined, ignored, delivery.id],
    )
    changed = sum(each.changed for each in taken)
    return Outcome(delivery.id, False, rows_in, accepted, quarantined, ignored, changed)
