"""What is wrong with sources as of their latest look, each thing once for as long as it lasts."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
import psycopg
from psycopg.rows import class_row

from eyre.model.issue import IssueCode
from eyre.model.source_issue import OpenIssue, SourceIssue, Stage
from eyre.store.arrays import number_array, text_array
from eyre.store.sql_files import read_sql

_COLUMNS = "number, source, stage, code, field, severity, places, place, reason, remedy, look_at, opened_at, seen_at"
_CLOSE = (
    "update eyre.source_issue set closed_at = %(now)s "
    "where source = %(source)s and closed_at is null and (stage = any (%(stages)s) or stage = 'delivery' and exists ("
    "select from eyre.source_issue o where o.source = %(source)s and o.closed_at is null and o.code = any (%(over)s))) "
    "and seen_at <= coalesce(%(quiet)s::timestamptz, 'infinity')"
)


def note_source_issues(  # noqa: PLR0913 - one parameter a column
    connection: psycopg.Connection,
    source: str,
    issues: Sequence[SourceIssue],
    *,
    stages: Sequence[Stage],
    now: datetime,
    look_at: datetime | None = None,
    quiet_since: datetime | None = None,
    over: Sequence[IssueCode] = (),
) -> None:
    """Makes `issues` all that is open of `source` in `stages`, in a writer's open transaction. One that was open stays
    the same issue. `look_at` is the instant of the look that they are about, `now` when they were found. With
    `quiet_since` only what was not seen since then is closed. Where one of a code in `over` is open, all of its
    delivery is closed with it."""
    told = {"source": source, "stages": [stage.value for stage in stages], "now": now, "quiet": quiet_since}
    told |= {"over": [code.value for code in over]}
    if not issues:
        connection.execute(_CLOSE, told, prepare=True)
        return
    told |= {
        "look_at": look_at,
        "at_stage": text_array([each.stage.value.encode() for each in issues]),
        "codes": text_array([each.code.value.encode() for each in issues]),
        "fields": text_array([each.field.encode() for each in issues]),
        "severities": text_array([each.severity.value.encode() for each in issues]),
        "many": number_array(np.array([each.places for each in issues], dtype=np.int32)),
        "places": text_array([each.place.encode() for each in issues]),
        "reasons": text_array([each.reason.encode() for each in issues]),
        "remedies": text_array([each.remedy.encode() for each in issues]),
    }
    connection.execute(read_sql("sql/note_source_issues.sql"), told, prepare=True)


def open_issues(connection: psycopg.Connection, source: str | None = None) -> list[OpenIssue]:
    """The issues that are open, of all sources or of one, the oldest first. `connection` is a writer's."""
    query = (
        f"select {_COLUMNS} from eyre.source_issue "  # noqa: S608 # names
        "where closed_at is null and (%(source)s::text is null or source = %(source)s) order by source, number"
    )
    with connection.cursor(row_factory=class_row(OpenIssue)) as cursor:
        return cursor.execute(query, {"source": source}).fetchall()


def hold_source(connection: psycopg.Connection, source: str) -> None:
    """Holds a source against its deliveries until a writer's open transaction ends."""
    connection.execute("select from eyre.source where id = %s for no key update", [source])
