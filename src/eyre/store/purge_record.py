"""Making it so that a record never was."""

from datetime import datetime

import psycopg

from eyre.store.sql_files import read_sql


def purge_record(connection: psycopg.Connection, record: int, *, purged_at: datetime) -> bool:
    """Erases every trace of `record` and refuses it for ever: its versions, parts, keys, judgements, issues at its
    places and rows quarantined under its key. `connection` is a writer's. Tells whether the record was there.

    Waits for deliveries under way. What stays is its id (a keyed hash) and the counts of deliveries; the raw deliveries
    are not the store's and are to be cleaned by whoever keeps them. For what a source takes back, send a record with
    `Operation.DELETE` instead: that can be said again.
    """
    with connection.transaction():
        connection.execute("insert into eyre.purged values (%s, %s) on conflict do nothing", [record, purged_at])
        return connection.execute(read_sql("sql/purge.sql"), {"record": record}).rowcount > 0
