"""The log of what came to be believed and ceased to be."""

from datetime import datetime

import psycopg

_AFTER = """
    select * from (
        select l.number, l.noted, l.record, e.source, e.kind, e.earliest, e.latest, e.basis
        from eyre.event_log l join eyre.event e on e.id = l.event
        where l.number > %s order by l.number desc limit %s
    ) newest order by number
"""


def log_after(
    connection: psycopg.Connection, number: int, most: int
) -> list[tuple[int, bool, int, str, str, datetime, datetime, str]]:
    """The last `most` entries behind `number`, in their order. `connection` is a writer's."""
    return connection.execute(_AFTER, [number, most], prepare=True).fetchall()
