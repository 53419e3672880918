"""Whether two stores came to the same: every table, row by row, but for what names a run and not what came of it."""

from dataclasses import dataclass

import psycopg
from psycopg import sql

from eyre.store.blobs.blob_error import BlobError
from eyre.store.blobs.blob_files import Blob, Blobs

_LEFT_OUT = ("alembic_version", "secret", "source", "ride_turn")
"""Secrets are each store's own; a source is kept with its address, which is another one in each run."""
_OF_THE_RUN = {
    "ride": ("host", "fence", "leased_by", "leased_until"),
    "roster": ("made_with",),
    "event_log": ("number",),
    "source_issue": ("number",),
}
"""Columns that tell who did it, and how often it was tried."""
_DONE_TO_IT = {"source_issue": '{"stage": "fetch"}'}
"""Rows that tell what was done to a run: that a source could not be asked."""


@dataclass(frozen=True)
class Compared:
    """How many rows a table has after an undisturbed run, how many of them are missing after the other one, and how
    many of that one's it has not."""

    rows: int
    missing: int
    more: int


def compare_stores(calm: str, disturbed: str) -> dict[str, Compared]:
    """Every table of the two databases, by name."""
    with psycopg.connect(calm) as one, psycopg.connect(disturbed) as other:
        found = {}
        for table in _tables(one):
            wanted, got = _rows(one, table), _rows(other, table)
            missing = sum(max(count - got.get(row, 0), 0) for row, count in wanted.items())
            more = sum(max(count - wanted.get(row, 0), 0) for row, count in got.items())
            found[table] = Compared(sum(wanted.values()), missing, more)
        return found


def show_differing(calm: str, disturbed: str, table: str, most: int = 3) -> list[str]:
    """Some rows in which the two differ: for whoever looks into it."""
    with psycopg.connect(calm) as one, psycopg.connect(disturbed) as other:
        wanted, got = _rows(one, table), _rows(other, table)
    missing = sorted(row for row in wanted if wanted[row] > got.get(row, 0))[:most]
    more = sorted(row for row in got if got[row] > wanted.get(row, 0))[:most]
    return [*(f"missing: {row[:2000]}" for row in missing), *(f"more: {row[:2000]}" for row in more)]


def noted_twice(url: str) -> int:
    """Events that the log notes or withdraws twice in a row, or whose last word there is not what is believed."""
    with psycopg.connect(url) as owner:
        row = owner.execute(
            "select count(distinct event) from ("
            "  select l.event, l.noted is not distinct from lag(l.noted, 1, false) over w as again,"
            "    lead(l.number) over w is null and l.noted = e.withdrawn as other"
            "  from eyre.event_log l join eyre.event e on e.id = l.event "
            "  window w as (partition by l.event order by l.number)"
            ") t where again or other"
        ).fetchone()
    return int(row[0]) if row else 0


def raw_kept(url: str, blobs: Blobs) -> tuple[int, int]:
    """How many raw pages the store names, and how many of them are not whole on the disk."""
    with psycopg.connect(url) as owner:
        rows = owner.execute("select distinct sha256, length from eyre.delivery_blob").fetchall()
    return len(rows), sum(not _is_whole(blobs, Blob(bytes(sha256), length)) for sha256, length in rows)


def _is_whole(blobs: Blobs, page: Blob) -> bool:
    try:
        blobs.read(page).close()
    except BlobError:
        return False
    return True


def _tables(owner: psycopg.Connection) -> list[str]:
    rows = owner.execute("select tablename from pg_tables where schemaname = 'eyre' order by tablename")
    return [name for (name,) in rows if name not in _LEFT_OUT]


def _rows(owner: psycopg.Connection, table: str) -> dict[str, int]:
    """The rows of a table as text, and how often each is there."""
    query = sql.SQL(
        "select (to_jsonb(t) - {}::text[])::text, count(*) from eyre.{} t "
        "where not coalesce(to_jsonb(t) @> {}::jsonb, false) group by 1"
    )
    left_out, done = sql.Literal(list(_OF_THE_RUN.get(table, ()))), sql.Literal(_DONE_TO_IT.get(table))
    return dict(owner.execute(query.format(left_out, sql.Identifier(table), done)).fetchall())
