"""The runs of a source as a whole, for what comes late."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
import psycopg
from psycopg.types.json import Jsonb

from eyre.custody.run import Run
from eyre.custody.stay_parts import body_of_stay, stay_from_body
from eyre.store.sql_files import read_sql


def runs_of_source(connection: psycopg.Connection, source: str, *, until: datetime) -> dict[int, tuple[Run, ...]]:
    """The runs of every record of `source`, in order; those that are open last until `until`. `connection` is a
    writer's."""
    rows = connection.execute(
        "select record, first_at, last_at, stay from eyre.run where source = %s order by record, first_at", [source]
    )
    found: dict[int, list[Run]] = {}
    for record, first, last, stay in rows:
        found.setdefault(record, []).append(Run(first, until if last is None else last, stay_from_body(stay)))
    return {record: tuple(runs) for record, runs in found.items()}


def replace_runs(
    connection: psycopg.Connection,
    source: str,
    terms_class: int,
    runs: Mapping[int, Sequence[Run]],
    *,
    until: datetime | None = None,
) -> None:
    """Makes the runs of the records that `runs` names those that it holds, in a writer's open transaction; those that
    last until `until` are open. Nothing is kept of a purged record."""
    if not runs:
        return
    records = np.fromiter(runs, dtype=np.int64, count=len(runs))
    connection.execute("delete from eyre.run where record = any (%(records)b)", {"records": records})
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into eyre.run select %s, %s, %s, %s, %s, %s where not exists "
            "(select from eyre.purged where record = %s)",
            [
                (
                    record,
                    run.first,
                    None if run.last == until else run.last,
                    source,
                    terms_class,
                    Jsonb(body_of_stay(run.stay)),
                    record,
                )
                for record, some in runs.items()
                for run in some
            ],
        )


def say_until(connection: psycopg.Connection, source: str, until: datetime) -> None:
    """Notes, in the open transaction, that what stands in the open runs of `source` was said until `until`. Looks that
    change nothing do not write it down; it must be known before something is told for an instant before that."""
    connection.execute(read_sql("sql/say_until.sql"), {"source": source, "until": until})
