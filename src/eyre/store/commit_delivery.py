"""Taking a delivery in: one transaction, whole or not at all, the same end state in whatever order deliveries come."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from math import inf

import numpy as np
import psycopg

from eyre.model.issue import Issue
from eyre.store.arrays import Int64
from eyre.store.at_once import one_transaction
from eyre.store.begin_delivery import begin_delivery
from eyre.store.close_delivery import SetAside, close_delivery, quarantine, rows_set_aside, write_issues
from eyre.store.delivery import Delivery, KeyedRecord, Outcome, QuarantinedRow
from eyre.store.delivery_blobs import name_blobs
from eyre.store.key_index import KeyIndex
from eyre.store.merge_records import Merged, merge_records
from eyre.store.pack_records import Chunk, Packer, packed_chunks
from eyre.store.read_ahead import read_ahead
from eyre.store.take_few import Few, take_few

CHUNK = 20_000
"""How many records are held and merged at once."""
_SENT_AT_ONCE = 40_000  # bytes: a fifth of what a Unix socket holds
_FEW = 100  # records that could be less than that
_SMALL = 16_000  # bytes of a delivery that may well be of few records
_ANALYZE_FROM = 5_000  # changed records that are worth new planner statistics


Beside = Callable[[psycopg.Connection, Outcome], None]
"""What is to be done in a delivery's own transaction, after everything else. What it raises undoes the delivery."""


@dataclass(slots=True)
class Delivered:
    """Everything that the parser made of one delivery. `ignored` counts the rows that it was told to ignore.

    `records` is read first, so whoever yields them may add to the next three meanwhile. `listed`, asked after that, are
    ids of records that stand in the delivery whether or not they are among `records`. What is to be done in the same
    transaction before anything else is `first`; it goes with `beside`.
    """

    records: Iterable[KeyedRecord]
    quarantined: list[QuarantinedRow] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    ignored: int = 0
    beside: Beside | None = None
    first: Callable[[psycopg.Connection], None] | None = None
    listed: Callable[[], Int64] | None = None


def commit_delivery(
    connection: psycopg.Connection, delivery: Delivery, delivered: Delivered, *, record_key: bytes, chunk: int = CHUNK
) -> Outcome:
    """Stores `delivered` in one transaction of its own; `connection` is a writer's.

    A delivery with the same source and content as an earlier one changes nothing. Deliveries of one source wait for
    each other. Records that say what they said before cost a lookup and a new last instant. Rows of purged records are
    ignored; a row whose 63-bit record id is already another record's is quarantined. `delivered.records` is read once,
    `chunk` at a time and from the second chunk on by a thread, so that it may be longer than memory.

    Few records are read and sent in one question; whatever that cannot take, and whatever has something done `beside`
    it, is taken step by step.

    Raises `UnregisteredError`, then `delivered` can be handed in again; and `StoreError` for a record of another source
    or an undeclared class.
    """
    if delivery.length <= _SMALL and delivered.beside is None:
        delivered.records = ahead = read_ahead(delivered.records, min(_FEW, chunk))
        if ahead.whole and ahead.first and not delivered.quarantined:
            few = Few(ahead.first, delivered.issues, delivered.ignored)
            outcome = take_few(connection, delivery, few, record_key=record_key)
            if outcome is not None:
                return outcome
    return _step_by_step(connection, delivery, delivered, record_key=record_key, chunk=chunk)


def _step_by_step(
    connection: psycopg.Connection, delivery: Delivery, delivered: Delivered, *, record_key: bytes, chunk: int
) -> Outcome:
    with one_transaction(connection) as much_follows:
        begun = begin_delivery(connection, delivery)
        if begun.known is not None:
            return begun.known
        if delivered.first is not None:
            delivered.first(connection)
        packer = Packer(record_key, delivery.source, begun.classes)
        chunks = packed_chunks(packer, delivered.records, chunk)
        first = next(chunks, Chunk())
        if _size(first, delivered) > _SENT_AT_ONCE:
            much_follows()
        taken = _take(connection, delivery, chain([first] if first.rows or first.collided else [], chunks))
        set_aside = rows_set_aside(packer, delivered.quarantined, taken)
        outcome = _outcome(delivery, taken, quarantined=sum(row.rows for row in set_aside), ignored=delivered.ignored)
        close_delivery(connection, delivery, outcome, begun)
        quarantine(connection, delivery, set_aside)
        write_issues(connection, delivery, delivered.issues)
        named = _name_blobs(connection, delivery, delivered, taken, set_aside)
        if delivered.beside is not None:
            much_follows()
            delivered.beside(connection, outcome)
    if len(outcome.changed) >= _ANALYZE_FROM:
        with connection.transaction():
            connection.execute("select eyre.analyze_records()")
    return replace(outcome, kept=named is not None and named.rowcount > 0)


def _name_blobs(
    connection: psycopg.Connection,
    delivery: Delivery,
    delivered: Delivered,
    taken: Sequence[Merged],
    set_aside: Sequence[SetAside],
) -> psycopg.Cursor | None:
    """Nothing of a purged record is kept, so neither are the bytes in which one stands."""
    if not delivery.blobs or any(each.ignored for each in taken):
        return None
    records = np.array([row.record for row in set_aside if row.record is not None], dtype=np.int64)
    if delivered.listed is not None:
        records = np.concatenate([records, delivered.listed()])
    return name_blobs(connection, delivery, records)


def _size(first: Chunk, delivered: Delivered) -> float:
    """About how many bytes are to be sent, if the first chunk is all."""
    if first.more:
        return inf
    if len(first.rows) > _FEW:
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
    """Notes, in one transaction of its own, that nothing of `delivery` could be taken, and why; its bytes are kept.

    When it comes again, to a better parser say, `commit_delivery` takes it. One that was committed stays committed.
    """
    with connection.transaction():
        begun = begin_delivery(connection, delivery)
        if begun.known is None:
            close_delivery(connection, delivery, Outcome(delivery.id, False, 0, 0, 0, 0), begun, outcome="refused")
            write_issues(connection, delivery, issues)
            if delivery.blobs:
                name_blobs(connection, delivery, np.zeros(0, dtype=np.int64))


def _outcome(delivery: Delivery, taken: Sequence[Merged], *, quarantined: int, ignored: int) -> Outcome:
    accepted = sum(each.accepted for each in taken)
    ignored += sum(each.ignored for each in taken)
    changed = tuple(record for each in taken for record in each.changed)
    reworded = tuple(row for each in taken for row in each.reworded)
    rows = accepted + quarantined + ignored
    return Outcome(delivery.id, False, rows, accepted, quarantined, ignored, changed, reworded=reworded)
