"""Whether a source said the very same before."""

from datetime import datetime

import psycopg


def was_delivered(connection: psycopg.Connection, source: str, content_hash: bytes, *, before: datetime) -> bool:
    """Whether a delivery of `source` with these bytes, for an instant earlier than `before`, was taken."""
    found = connection.execute(
        "select from eyre.delivery where source = %s and content_hash = %s and as_of < %s and outcome = 'committed' "
        "limit 1",
        [source, content_hash, before],
        prepare=True,
    )
    return found.rowcount > 0
