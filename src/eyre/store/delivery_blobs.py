"""Which blobs a delivery's bytes are kept in. `connection` is a writer's throughout."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import psycopg

from eyre.store.arrays import Int64, bytes_array, number_array
from eyre.store.blobs.blob_files import Blob
from eyre.store.delivery import Delivery
from eyre.store.sql_files import read_sql


@dataclass(frozen=True, slots=True)
class KeptDelivery:
    """A delivery whose bytes are kept in `pages`: the instant for which it speaks and the one at which it came (UTC),
    whether it was taken (`committed`) or could not be read as a whole (`refused`), and how it went, in rows."""

    id: int
    as_of: datetime
    received_at: datetime
    content_hash: bytes
    outcome: str
    rows_in: int
    accepted: int
    quarantined: int
    ignored: int
    pages: tuple[Blob, ...]


def name_blobs(connection: psycopg.Connection, delivery: Delivery, records: Int64) -> psycopg.Cursor:
    """Names the blobs of `delivery` in its own open transaction, after it was closed; unless one of `records`, which
    stand in it, was purged. How many were named is the cursor's row count, once the transaction has ended."""
    told = {
        "delivery": delivery.id,
        "hashes": bytes_array([blob.sha256 for blob in delivery.blobs]),
        "lengths": number_array(np.array([blob.length for blob in delivery.blobs], dtype=np.int64)),
        "records": number_array(records),
    }
    return connection.execute(read_sql("sql/name_blobs.sql"), told, prepare=True, binary=True)


def kept_deliveries(
    connection: psycopg.Connection, source: str, *, as_of: datetime | None = None, most: int | None = None
) -> list[KeptDelivery]:
    """The deliveries of `source` whose bytes are kept, the latest first; at most `most` of them, and only such as speak
    for `as_of` or an earlier instant."""
    rows = connection.execute(
        read_sql("sql/kept_deliveries.sql"), {"source": source, "as_of": as_of, "most": most}
    ).fetchall()
    return [_kept(*row) for row in rows]


def _kept(*row: Any) -> KeptDelivery:
    identity, as_of, received_at, content_hash, outcome, rows_in, accepted, quarantined, ignored, hashes, lengths = row
    pages = tuple(Blob(bytes(sha256), length) for sha256, length in zip(hashes, lengths, strict=True))
    return KeptDelivery(
        identity, as_of, received_at, bytes(content_hash), outcome, rows_in, accepted, quarantined, ignored, pages
    )


def names_blobs(connection: psycopg.Connection) -> bool:
    """Whether any delivery's bytes are kept."""
    return connection.execute("select from eyre.delivery_blob limit 1").rowcount > 0


def forget_raw(connection: psycopg.Connection, record: int) -> tuple[int, set[bytes]]:
    """Names no more the bytes of any delivery in which `record` may have stood; in an open transaction, before anything
    else of the record is erased. Gives how many deliveries those are, and the blobs, which are then to be deleted."""
    rows = connection.execute(read_sql("sql/forget_raw.sql"), {"record": record}).fetchall()
    return len({delivery for delivery, _ in rows}), {bytes(sha256) for _, sha256 in rows}
