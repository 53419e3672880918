"""Deleting blobs that no delivery names: what crashes left, and what was given up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

import psycopg

from eyre.store.blobs.blob_files import Blobs

AGE = timedelta(days=1)
"""A blob is written before the transaction that names it. None takes a day; what is unnamed for so long is garbage."""
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Swept:
    """How many unfinished files and how many unnamed blobs were deleted."""

    drafts: int
    unnamed: int


def sweep_blobs(
    connection: psycopg.Connection, blobs: Blobs, *, now: datetime, enough: Callable[[], bool] = lambda: False
) -> Swept:
    """Deletes what nobody names and nobody wrote or found for `AGE` before `now`, the machine's time. `connection` is a
    writer's. Looks at every blob, so with many of them it takes long; `enough` ends it before its end."""
    moment = (now - AGE).timestamp()
    drafts = blobs.sweep_drafts(moment)
    unnamed = 0
    old = blobs.older_than(moment)
    while not enough() and (some := list(islice(old, _AT_ONCE))):
        unnamed += delete_unnamed(connection, blobs, some, last_kept_before=moment)
    return Swept(drafts, unnamed)


def delete_unnamed(
    connection: psycopg.Connection, blobs: Blobs, hashes: Iterable[bytes], *, last_kept_before: float | None = None
) -> int:
    """Deletes those of `hashes` that no delivery names, and tells how many. No delivery can name one meanwhile."""
    wanted = sorted(set(hashes))
    with connection.transaction():
        connection.execute("lock table eyre.delivery_blob in share mode")
        rows = connection.execute("select sha256 from eyre.delivery_blob where sha256 = any(%s)", [wanted]).fetchall()
        named = {bytes(sha256) for (sha256,) in rows}
        gone = [sha256 for sha256 in wanted if sha256 not in named]
        return sum(blobs.remove(sha256, last_kept_before=last_kept_before) for sha256 in gone)
