"""Looks that somebody answers for, and rows that go on under another number since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import psycopg

from eyre.store.arrays import number_array


@dataclass(frozen=True, slots=True)
class Acceptance:
    """That `actor` answers for the look of `source` at the instant `at`, whose bytes have this hash: for `reason`, on
    the open `issue`, since `accepted_at` (UTC)."""

    source: str
    at: datetime
    content_hash: bytes
    actor: str
    reason: str
    issue: int
    accepted_at: datetime


def keep_acceptance(connection: psycopg.Connection, told: Acceptance) -> None:
    """Keeps it, in a writer's open transaction; of two for one look the first stays."""
    connection.execute(
        "insert into eyre.accepted values (%s, %s, %s, %s, %s, %s, %s) on conflict do nothing",
        [told.source, told.at, told.content_hash, told.actor, told.reason, told.issue, told.accepted_at],
    )


def accepted_looks(connection: psycopg.Connection, source: str) -> dict[datetime, bytes]:
    """The accepted looks of `source`: their instants, and the hashes of their bytes. `connection` is a writer's."""
    rows = connection.execute("select at, content_hash from eyre.accepted where source = %s", [source], prepare=True)
    return {at: bytes(content) for at, content in rows}


def keep_numbered_anew(
    connection: psycopg.Connection, source: str, at: datetime, pairs: Iterable[tuple[int, int]]
) -> None:
    """Notes that the first record of each pair goes on as the second since the look at `at`, in a writer's open
    transaction."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into eyre.numbered_anew values (%s, %s, %s, %s) on conflict do nothing",
            [(former, record, source, at) for former, record in pairs],
        )


_KIN = """
    with recursive back (asked, record) as (
        select r, r from unnest(%(records)b::bigint[]) r
        union all
        select b.asked, n.former from back b join eyre.numbered_anew n on n.record = b.record
    ), root as (
        select distinct record from back b where not exists (select from eyre.numbered_anew n where n.record = b.record)
    ), line (root, record, step) as (
        select record, record, 0 from root
        union all
        select l.root, n.record, l.step + 1 from line l join eyre.numbered_anew n on n.former = l.record
    )
    select root, array_agg(record order by step) from line group by root having count(*) > 1
"""


def same_rows(connection: psycopg.Connection, records: Sequence[int]) -> list[list[int]]:
    """Of `records`, those that are one row under several numbers: all its records, the first one first. `connection` is
    a writer's."""
    if not len(records):
        return []
    told = {"records": number_array(np.asarray(records, dtype=np.int64))}
    return [list(line) for _, line in connection.execute(_KIN, told, prepare=True, binary=True)]
