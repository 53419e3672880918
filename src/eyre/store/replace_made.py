"""New keys and features for all records, when the resolution model that makes them has changed."""

from collections.abc import Iterable, Sequence

import numpy as np
import psycopg

from eyre.store.arrays import bytes_array, number_array
from eyre.store.delivery import Made
from eyre.store.record_rows import columns_of_keys, keys_of_rows
from eyre.store.sql_files import read_sql

_VERSION = "key_version"


def made_version(connection: psycopg.Connection) -> str:
    """The version of the model that the stored keys and features were made with; empty before the first time."""
    row = connection.execute("select value from eyre.meta where name = %s", [_VERSION]).fetchone()
    return str(row[0]) if row else ""


def replace_made(connection: psycopg.Connection, version: str, batches: Iterable[Sequence[tuple[int, Made]]]) -> int:
    """Replaces every record's keys and features by those in `batches`, in one transaction, and notes `version`; gives
    the number of keys. `connection` is a writer's.

    Deliveries wait until it is done; readers see the old ones until then. `batches` is read lazily, after the door is
    shut, so it may come from `ReaderSession.all_records`, whose session is to be opened inside the iterator. Records
    that are not there (any more) are passed over.
    """
    count = 0
    with connection.transaction():
        connection.execute("lock table eyre.source in exclusive mode")
        connection.execute("lock table eyre.purged in share mode")
        connection.execute("delete from eyre.record_key")
        for batch in batches:
            count += _write(connection, batch)
        connection.execute(
            "insert into eyre.meta values (%s, %s) on conflict (name) do update set value = excluded.value",
            [_VERSION, version],
        )
        connection.execute("select eyre.analyze_records()")
    return count


def _write(connection: psycopg.Connection, batch: Sequence[tuple[int, Made]]) -> int:
    records = np.array([record for record, _ in batch], dtype=np.int64)
    made = [made for _, made in batch]
    keys = columns_of_keys(made)
    told = {
        "records": number_array(records),
        "features": bytes_array([each.features for each in made]),
        "keys": bytes_array(keys_of_rows(keys, len(batch))),
    }
    connection.execute(read_sql("sql/replace_features.sql"), told)
    told = {
        "keys": number_array(keys.key),
        "groups": number_array(keys.groups.astype(np.int32)),
        "records": number_array(records[keys.row]),
    }
    return connection.execute(read_sql("sql/replace_keys.sql"), told).rowcount
