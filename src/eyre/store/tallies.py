"""What each process did, as it writes it down, and the sum of all."""

from collections.abc import Mapping
from datetime import timedelta

import psycopg
from psycopg.types.json import Jsonb

from eyre.store.one_row import one_row
from eyre.store.sql_files import read_sql


def begin_tally(connection: psycopg.Connection, worker: str, counts: Mapping[str, float]) -> None:
    """Writes the first totals of `worker`, which has no row yet."""
    connection.execute(
        "insert into eyre.tally (worker, counts) values (%s, %s)", [worker, Jsonb(dict(counts))], prepare=True
    )


def write_tally(connection: psycopg.Connection, worker: str, counts: Mapping[str, float]) -> bool:
    """Puts the totals of `worker` in place of those that it wrote before. Tells whether its row is still there."""
    written = connection.execute(
        "update eyre.tally set counts = %s, beaten_at = clock_timestamp() where worker = %s",
        [Jsonb(dict(counts)), worker],
        prepare=True,
    )
    return written.rowcount == 1


def sum_tallies(connection: psycopg.Connection, lives_within: timedelta) -> tuple[dict[str, float], int]:
    """The totals of all processes by name, and how many wrote so lately."""
    (workers,) = one_row(
        connection.execute(
            "select count(*) from eyre.tally where worker <> '' and beaten_at > clock_timestamp() - %s",
            [lives_within],
            prepare=True,
        )
    )
    rows = connection.execute(
        "select name, sum(value::double precision) from eyre.tally, jsonb_each_text(counts) as told (name, value) "
        "group by name",
        prepare=True,
    )
    return dict(rows.fetchall()), int(workers)


def fold_tallies(connection: psycopg.Connection, after: timedelta) -> None:
    """Adds what processes did that have not written for so long to the row without a name, and forgets them."""
    with connection.transaction():
        connection.execute("lock table eyre.tally in share row exclusive mode")
        connection.execute(read_sql("sql/fold_tallies.sql"), {"after": after})
