"""The latest look of each source, kept to compare the next one with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import psycopg
from psycopg.types.json import Jsonb

from eyre.custody.diff_roster import Int64, Listed
from eyre.errors import StoreError
from eyre.store.sql_files import read_sql


class MovedOnError(StoreError):
    """Another look of the source was committed meanwhile: compare with that one."""

    code = "EYRE-205"


@dataclass(frozen=True)
class Roster:
    """The look at `at` (UTC): who it lists, the hash of its bytes, what its rows were understood with (`made_with`: a
    hash of manifest and parser), how its source has been judged so far, and the records that are unsettled.
    `last_complete` is who the latest complete look lists, where it is not this one."""

    source: str
    at: datetime
    content_hash: bytes
    made_with: bytes
    listed: Listed
    judging: Mapping[str, Any]
    unsettled: tuple[int, ...] = ()
    last_complete: Int64 | None = None

    def tells(self, content_hash: bytes, made_with: bytes) -> bool:
        """Whether it told these bytes, and was understood with the same."""
        return (self.content_hash, self.made_with) == (content_hash, made_with)

    @property
    def anchor(self) -> Int64:
        """Who the latest complete look lists, ascending: nobody before the first one."""
        return self.listed.records if self.last_complete is None else self.last_complete


def read_roster(connection: psycopg.Connection, source: str) -> Roster | None:
    """The latest look of `source`; nothing before the first one. `connection` is a writer's."""
    row = connection.execute(
        "select at, content_hash, made_with, records, digests, judging, unsettled, complete_records "
        "from eyre.roster where source = %s",
        [source],
        prepare=True,
        binary=True,
    ).fetchone()
    if row is None:
        return None
    at, content_hash, made_with, records, digests, judging, unsettled, complete = row
    return Roster(
        source,
        at,
        bytes(content_hash),
        bytes(made_with),
        Listed(np.frombuffer(records, dtype="<i8"), np.frombuffer(digests, dtype="<u8")),
        judging,
        tuple(unsettled),
        None if complete is None else np.frombuffer(complete, dtype="<i8"),
    )


def touch_roster(connection: psycopg.Connection, roster: Roster, *, after: datetime) -> None:
    """Like `write_roster`, where who is listed and what is said of them stays the same."""
    told = {
        "source": roster.source,
        "at": roster.at,
        "judging": Jsonb(dict(roster.judging)),
        "unsettled": list(roster.unsettled),
        "complete": _packed(roster.last_complete),
        "after": after,
    }
    query = (
        "update eyre.roster set at = %(at)s, judging = %(judging)s, unsettled = %(unsettled)s::bigint[], "
        "complete_records = %(complete)s where source = %(source)s and at = %(after)s"
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
        "complete": _packed(roster.last_complete),
        "after": after,
    }
    _moved_on_unless(
        connection.execute(read_sql("sql/write_roster.sql"), told, prepare=True).rowcount == 1, roster.source
    )


def _packed(records: Int64 | None) -> bytes | None:
    return None if records is None else records.astype("<i8").tobytes()


def _moved_on_unless(written: bool, source: str) -> None:
    if not written:
        raise MovedOnError(f"another look of `{source}` was committed meanwhile", remedy="compare with that one")
