"""The last words of a delivery: how it went, what of it was set aside, and the issues."""

from collections.abc import Sequence
from dataclasses import dataclass

import psycopg

from eyre.model.issue import Issue
from eyre.store.begin_delivery import Begun
from eyre.store.delivery import Delivery, Outcome, QuarantinedRow
from eyre.store.merge_records import Merged
from eyre.store.pack_records import Packer
from eyre.store.sql_files import read_sql

COLLIDED = "its record id is that of another record"


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row of `eyre.quarantined`, and how many rows of the delivery it stands for."""

    place: str
    raw: str
    reasons: tuple[str, ...]
    record: int | None
    rows: int


def rows_set_aside(packer: Packer, rows: Sequence[QuarantinedRow], taken: Sequence[Merged]) -> list[SetAside]:
    """The rows that the parser could not take, and those whose record id is another record's."""
    told = [
        SetAside(row.place, row.raw, row.reasons, packer.identify(row.record_key) if row.record_key else None, row.rows)
        for row in rows
    ]
    # the raw text of these is in the delivery, at its place; their ids are another record's and are not kept
    return told + [SetAside(row.place, "", (COLLIDED,), None, row.count) for each in taken for row in each.collided]


def close_delivery(
    connection: psycopg.Connection, delivery: Delivery, went: Outcome, begun: Begun, *, outcome: str = "committed"
) -> None:
    """Notes how `delivery` went; what was noted when it was refused before goes."""
    if begun.refused:
        connection.execute("delete from eyre.issue where delivery = %s", [delivery.id])
        connection.execute("delete from eyre.delivery_blob where delivery = %s", [delivery.id])
    told = {
        "id": delivery.id,
        "source": delivery.source,
        "content_hash": delivery.content_hash,
        "as_of": delivery.as_of,
        "received_at": delivery.received_at,
        "length": delivery.length,
        "parser_version": delivery.parser_version,
        "outcome": outcome,
        "rows_in": went.rows_in,
        "accepted": went.accepted,
        "quarantined": went.quarantined,
        "ignored": went.ignored,
    }
    connection.execute(read_sql("sql/close_delivery.sql"), told, prepare=True)


def quarantine(connection: psycopg.Connection, delivery: Delivery, rows: Sequence[SetAside]) -> None:
    """Keeps the rows that were set aside, after the delivery was closed."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into eyre.quarantined values (%s, %s, %s, %s, %s, %s)",
            [
                (delivery.id, ordinal, row.place, row.raw, list(row.reasons), row.record)
                for ordinal, row in enumerate(rows)
            ],
        )
    # a purged record's rows are not kept even as refused ones
    connection.execute(
        "delete from eyre.quarantined q using eyre.purged p where q.delivery = %s and p.record = q.record",
        [delivery.id],
    )


def write_issues(connection: psycopg.Connection, delivery: Delivery, issues: Sequence[Issue]) -> None:
    """Keeps the issues, after the delivery was closed."""
    if not issues:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into eyre.issue values (%s, %s, %s, %s, %s, %s, %s)",
            [
                (delivery.id, ordinal, issue.code.value, issue.severity.value, issue.place, issue.field, issue.reason)
                for ordinal, issue in enumerate(issues)
            ],
        )
