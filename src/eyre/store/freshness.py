"""When sources last said everything that they have to say."""

from collections.abc import Sequence
from datetime import datetime

import psycopg

from eyre.store.sql_files import read_sql


def last_deliveries(connection: psycopg.Connection, sources: Sequence[str]) -> dict[str, datetime]:
    """For each of `sources` the latest instant (UTC) for which it gave a complete delivery: one that was taken, did not
    end early and met what its manifest asserts. `connection` is a writer's."""
    rows = connection.execute(read_sql("sql/freshness.sql"), {"sources": list(sources)})
    return dict(rows.fetchall())
