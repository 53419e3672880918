"""Making it so that a record never was."""

from dataclasses import dataclass
from datetime import datetime

import psycopg

from eyre.store.delivery_blobs import forget_raw
from eyre.store.sql_files import read_sql


@dataclass(frozen=True, slots=True)
class PurgedRecord:
    """Whether the record was there; how many deliveries name their raw bytes no more, and which blobs these were."""

    was_there: bool
    deliveries: int
    blobs: frozenset[bytes]


def purge_record(connection: psycopg.Connection, record: int, *, purged_at: datetime) -> PurgedRecord:
    """Erases every trace of `record` and refuses it for ever: its versions, parts, keys, judgements, issues at its
    places, rows quarantined under its key, and the names of raw deliveries in which it may have stood. `connection` is
    a writer's.

    Waits for deliveries under way. What stays is its id (a keyed hash) and the counts of deliveries. The blobs that are
    told are to be deleted next (`delete_unnamed`); if that is not reached, they are swept. For what a source takes
    back, send a record with
    `Operation.DELETE` instead: that can be said again.
    """
    with connection.transaction():
        connection.execute("insert into eyre.purged values (%s, %s) on conflict do nothing", [record, purged_at])
        deliveries, blobs = forget_raw(connection, record)
        was_there = connection.execute(read_sql("sql/purge.sql"), {"record": record}).rowcount > 0
    return PurgedRecord(was_there, deliveries, frozenset(blobs))
