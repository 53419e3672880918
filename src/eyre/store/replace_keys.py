"""New blocking keys for all records, when the resolution model that makes them has changed."""

from collections.abc import Iterable, Sequence

import psycopg

from eyre.store.delivery import Key
from eyre.store.sql_files import read_sql

_VERSION = "key_version"


def key_version(connection: psycopg.Connection) -> str:
    """The version of the key function that the stored keys were made with; empty before the first time."""
    row = connection.execute("select value from eyre.meta where name = %s", [_VERSION]).fetchone()
    return str(row[0]) if row else ""


def replace_keys(connection: psycopg.Connection, version: str, keyed: Iterable[tuple[int, Sequence[Key]]]) -> int:
    """Replaces every record's keys by those in `keyed`, in one transaction, and notes `version`; gives the number of
    keys. `connection` is a writer's.

    Deliveries wait until it is done; readers see the old keys until then. `keyed` is read lazily, after the door is
    shut, so it may come from `ReaderSession.all_records`, whose session is to be opened inside the iterator. Records
    that are not there (any more) are passed over.
    """
    with connection.transaction():
        connection.execute("lock table eyre.source in exclusive mode")
        connection.execute("lock table eyre.purged in share mode")
        connection.execute(read_sql("sql/stage.sql").encode())
        connection.execute("delete from incoming_key")
        with connection.cursor().copy("copy incoming_key from stdin (format binary)") as copy:
            copy.set_types(["int8", "int8", "int4", "int2"])
            for record, keys in keyed:
                for key, groups in set(keys):
                    copy.write_row((record, int(key), int(groups), 0))
        connection.execute("delete from eyre.record_key")
        count = connection.execute(read_sql("sql/replace_keys.sql")).rowcount
        connection.execute(
            "insert into eyre.meta values (%s, %s) on conflict (name) do update set value = excluded.value",
            [_VERSION, version],
        )
        connection.execute("select eyre.analyze_records()")
    return count
