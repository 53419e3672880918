"""What was wrong with the latest delivery of a source."""

import psycopg

_LATEST = """
    select i.code, i.severity, i.field, min(i.reason), count(*), min(i.place)
    from eyre.issue i
    where i.delivery = (select id from eyre.delivery where source = %s order by received_at desc, id limit 1)
    group by i.code, i.severity, i.field
    order by i.severity, count(*) desc, i.code, i.field
    limit %s
"""


def latest_issues(connection: psycopg.Connection, source: str, most: int) -> list[tuple[str, str, str, str, int, str]]:
    """The issues of the latest delivery, by code and field: code, severity, field, one reason, how many, and one place.
    `connection` is a writer's."""
    return connection.execute(_LATEST, [source, most], prepare=True).fetchall()
