"""The latest look of each source, kept to compare the next one with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import psycopg
from psycopg.types.json import Jsonb

from eyre.custody.diff_roster import Listed
from eyre.errors import StoreError
from eyre.store.sql_files import read_sql


class MovedOnError(StoreError):
    """Another look of the source was committed meanwhile: compare with that one."""

    code = "EYRE-205"


@dataclass(frozen=True)
class Roster:
    """The look at `at` (UTC): who it lists, the hash of its bytes, what its rows were understood with (`made_with`: a
    hash of manifest and parser), how its source has been judged so far, and the records that are unsettled."""

    source: str
    at: datetime
    content_hash: bytes
    made_with: bytes
    listed: Listed
    judging: Mapping[str, Any]
    unsettled: tuple[int, ...] = ()


def read_roster(connection: psycopg.Connection, source: str) -> Roster | None:
    """The latest look of `source`; nothing before the first one. `connection` is a writer's."""
    row = connection.execute(
        "select at, content_hash, made_with, records, digests, judging, unsettled from eyre.roster where source = %s",
        [source],
        prepare=True,
        binary=True,
    ).fetchone()
    if row is None:
        return None
    at, content_hash, made_with, records, digests, judging, unsettled = row
    return Roster(
        source,
        at,
        bytes(content_hash),
        bytes(made_with),
        Listed(np.frombuffer(records, dtype="<i8"), np.frombuffer(digests, dtype="<u8")),
        judging,
        tuple(unsettled),
    )


def touch_roster(connection: psycopg.Connection, roster: Roster, *, after: datetime) -> None:
    """Like `write_roster`, where nothing but the instant, the judging and the unsettled records are other ones."""
    told = {
        "source": roster.source,
        "at": roster.at,
        "judging": Jsonb(dict(roster.judging)),
        "unsettled": list(roster.unsettled),
        "after": after,
    }
    query = (
        "update eyre.roster set at = %(at)s, judging = %(judging)s, unsettled = %(unsettled)s::bigint[] "
        "where source = %(source)s and at = %(after)s"
    )
    _moved_on_unless(connection.execute(query, told, prepare=True).rowcount == 1, roster.source)


def write_roster(connection: psycopg.Connection, roster: Roster, *, after: datetime | None) -> None:
    """Keeps `roster` in place of the look at `after` (nothing: the first one), in the open transaction.

    Raises `MovedOnError` when the latest look is another one.
    """
    told = {
        "source": roster.source,
        "at": roster.at,
        "content_hash": roster.content_hash,
        "made_with": roster.made_with,
        "records": roster.listed.records.astype("<i8").tobytes(),
        "digests": roster.listed.digests.astype("<u8").tobytes(),
        "judging": Jsonb(dict(roster.judging)),
        "unsettled": list(roster.unsettled),
        "after": after,
    }
    _moved_on_unless(
        connection.execute(read_sql("sql/write_roster.sql"), told, prepare=True).rowcount == 1, roster.source
    )


def _moved_on_unless(written: bool, source: str) -> None:
    if not written:
        raise MovedOnError(f"another look of `{source}` was committed meanwhile", remedy="compare with that one")
