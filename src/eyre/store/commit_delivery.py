"""Taking a delivery in: one transaction, whole or not at all, the same end state in whatever order deliveries come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import inf

import psycopg

from eyre.model.issue import Issue
from eyre.store.at_once import one_transaction
from eyre.store.delivery import Delivery, KeyedRecord, Outcome, QuarantinedRow
from eyre.store.key_index import KeyIndex
from eyre.store.merge_records import Merged, merge_records
from eyre.store.one_row import one_row
from eyre.store.pack_records import Chunk, Packer, packed_chunks
from eyre.store.sources import classes_of
from eyre.store.sql_files import read_sql

CHUNK = 20_000
"""How many records are held and merged at once."""
COLLIDED = "its record id is that of another record"
_SENT_AT_ONCE = 40_000  # bytes: a fifth of what a Unix socket holds
_ANALYZE_FROM = 5_000  # changed records that are worth new planner statistics


@dataclass(slots=True)
class Delivered:
    """Everything that the parser made of one delivery. `ignored` counts the rows that it was told to ignore.

    `records` is read first, so whoever yields them may add to the other three meanwhile.
    """

    records: Iterable[KeyedRecord]
    quarantined: list[QuarantinedRow] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    ignored: int = 0


def commit_delivery(
    connection: psycopg.Connection, delivery: Delivery, delivered: Delivered, *, record_key: bytes, chunk: int = CHUNK
) -> Outcome:
    """Stores `delivered` in one transaction of its own; `connection` is a writer's.

    A delivery with the same source and content as an earlier one changes nothing. Deliveries of one source wait for
    each other. Records that say what they said before cost a lookup and a new last instant. Rows of purged records are
    ignored; a row whose 63-bit record id is already another record's is quarantined. `delivered.records` is read once,
    `chunk` at a time and from the second chunk on by a thread, so that it may be longer than memory.

    Raises `StoreError` for a source that was not registered, or a record of another source or an undeclared class.
    """
    with one_transaction(connection) as much_follows:
        classes = classes_of(connection, delivery.source)
        announced = _announce(connection, delivery)
        connection.execute("lock table eyre.purged in share mode")  # no purge slips in between look and write
        packer = Packer(record_key, delivery.source, classes())
        if announced.rowcount != 1:
            return _known(connection, delivery)
        chunks = packed_chunks(packer, delivered.records, chunk)
        first = next(chunks, Chunk())
        if _size(first, delivered) > _SENT_AT_ONCE:
            much_follows()
        taken = _take(connection, delivery, chain([first] if first.rows or first.collided else [], chunks))
        rows = _quarantine(connection, delivery, packer, delivered.quarantined, taken)
        _write_issues(connection, delivery, delivered.issues)
        outcome = _close(connection, delivery, taken, quarantined=rows, ignored=delivered.ignored)
    if len(outcome.changed) >= _ANALYZE_FROM:
        with connection.transaction():
            connection.execute("select eyre.analyze_records()")
    return outcome


def _size(first: Chunk, delivered: Delivered) -> float:
    """About how many bytes are to be sent, if the first chunk is all."""
    if first.more:
        return inf
    told = sum(len(row.raw) + 100 for row in delivered.quarantined) + 200 * len(delivered.issues)
    return told + sum(row.size for row in first.rows)


def _take(connection: psycopg.Connection, delivery: Delivery, chunks: Iterable[Chunk]) -> list[Merged]:
    index = KeyIndex()
    taken = []
    for chunk in chunks:
        taken.append(merge_records(connection, delivery, chunk, index))
        if chunk.more:
            index.put_aside(connection)
    index.needed(connection)
    return taken


def refuse_delivery(connection: psycopg.Connection, delivery: Delivery, issues: Sequence[Issue]) -> None:
    """Notes, in one transaction of its own, that nothing of `delivery` could be taken, and why.

    When it comes again, to a better parser say, `commit_delivery` takes it. One that was committed stays committed.
    """
    with connection.transaction():
        classes_of(connection, delivery.source)()
        if _announce(connection, delivery, outcome="refused").rowcount == 1:
            _write_issues(connection, delivery, issues)


def _announce(connection: psycopg.Connection, delivery: Delivery, outcome: str = "committed") -> psycopg.Cursor:
    """One row is changed when the delivery was not committed before."""
    connection.execute(
        "delete from eyre.issue i using eyre.delivery d "
        "where d.id = %s and i.delivery = d.id and d.outcome = 'refused'",
        [delivery.id],
        prepare=True,
    )
    return connection.execute(
        read_sql("sql/announce.sql"),
        [
            delivery.id,
            delivery.content_hash,
            delivery.as_of,
            delivery.received_at,
            delivery.length,
            delivery.parser_version,
            outcome,
            delivery.source,
        ],
        prepare=True,
    )


def _known(connection: psycopg.Connection, delivery: Delivery) -> Outcome:
    rows_in, accepted, quarantined, ignored = one_row(
        connection.execute(
            "select rows_in, accepted, quarantined, ignored from eyre.delivery where id = %s", [delivery.id]
        )
    )
    return Outcome(delivery.id, True, rows_in, accepted, quarantined, ignored)


def _quarantine(
    connection: psycopg.Connection,
    delivery: Delivery,
    packer: Packer,
    rows: Sequence[QuarantinedRow],
    taken: Sequence[Merged],
) -> int:
    told = [
        (row.place, row.raw, list(row.reasons), packer.identify(row.record_key) if row.record_key else None, row.rows)
        for row in rows
    ]
    # the raw text of these is in the delivery, at its place; their ids are another record's and are not kept
    told += [(row.place, "", [COLLIDED], None, row.count) for each in taken for row in each.collided]
    if not told:
        return 0
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
    if not issues:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into eyre.issue values (%s, %s, %s, %s, %s, %s, %s)",
            [
                (delivery.id, ordinal, issue.code.value, issue.severity.value, issue.place, issue.field, issue.reason)
                for ordinal, issue in enumerate(issues)
            ],
        )


def _close(
    connection: psycopg.Connection, delivery: Delivery, taken: Sequence[Merged], *, quarantined: int, ignored: int
) -> Outcome:
    accepted = sum(each.accepted for each in taken)
    ignored += sum(each.ignored for each in taken)
    rows_in = accepted + quarantined + ignored
    connection.execute(
        "update eyre.delivery set rows_in = %s, accepted = %s, quarantined = %s, ignored = %s where id = %s",
        [rows_in, accepted, quarantined, ignored, delivery.id],
        prepare=True,
    )
    changed = tuple(record for each in taken for record in each.changed)
    return Outcome(delivery.id, False, rows_in, accepted, quarantined, ignored, changed)
