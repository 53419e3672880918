"""Reading under a view. There is no reading without one.

The database itself decides what is seen (row-level security), so that a slip in a query, or somebody who gets a query
of their own in, sees no more. What that does not hide, and why the doors let nobody write SQL:

* `explain analyze` counts the rows that a policy removed, and a plan's estimates tell how many rows a table has in all.
* How long a question takes depends on hidden rows too, a little.
* Sizes, statistics views and other sessions are closed on a private server (`server.database`). On a server of somebody
  else's only its superuser can close them: there a reader could see table sizes and other readers' query texts, which
  hold no values, for those are sent apart.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray
from psycopg_pool import ConnectionPool

from eyre.model.field_group import ALL_GROUPS, FieldGroup
from eyre.model.judgement import Judgement, Verdict
from eyre.model.record import RecordClass
from eyre.model.view import View
from eyre.store.arrays import Int64, int8_columns
from eyre.store.enter_view import Entry, begin_entry
from eyre.store.one_row import one_row
from eyre.store.said_record import SaidRecord, said_from_row
from eyre.store.sql_files import read_sql

BATCH = 10_000
"""How many keys or records are asked for at once: more in one go is not faster."""

_BY_KEYS = (
    "select string_agg(int8send(key) || int8send(record), ''::bytea) from eyre.record_key where key = any (%(ids)b)"
)
_JUDGEMENTS = (
    "select left_record, right_record, verdict, actor, reason, decided_at from eyre.judgement "
    "where left_record = any (%(ids)b) or right_record = any (%(ids)b) "
    "order by left_record, right_record, decided_at, actor, verdict"
)


@dataclass(frozen=True)
class ReaderSession:
    """One transaction under one view: all of its answers are of one instant. Made by `open_reader`.

    Database policies decide what is seen; nothing here filters. What a view hides is not there: not in lists, not in
    counts.
    """

    view: View
    entry: Entry

    @property
    def connection(self) -> psycopg.Connection:
        """The database session, under the view. Raises `ViewError` when the database does not take it."""
        self.entry.entered()
        return self.entry.connection

    @property
    def classes(self) -> Mapping[int, RecordClass]:
        """The visible terms classes by number, and what records of each are."""
        return self.entry.entered()

    def ask(self, query: str, told: Mapping[str, Any]) -> tuple[Any, ...]:
        """The one row of an answer. The first question of a session does not wait until the view is entered."""
        cursor = self.entry.connection.execute(query, told, prepare=True, binary=True)
        self.entry.entered()
        return one_row(cursor)

    def records_by_keys(self, keys: Int64) -> tuple[Int64, Int64]:
        """All visible (key, record) pairs for `keys`, as two arrays in no particular order."""
        key, record = self._packed(_BY_KEYS, keys, 2)
        return key, record

    def said(self, records: Int64 | Sequence[int], groups: FieldGroup = ALL_GROUPS) -> dict[int, SaidRecord]:
        """What is visible of `records`, by id; those that are not visible are missing. `groups` narrows the parts."""
        query = read_sql("sql/said.sql")
        found: dict[int, SaidRecord] = {}
        for some in _batches(records):
            rows = self.connection.execute(query, {"records": some, "groups": int(groups)}, prepare=True, binary=True)
            found.update((row[0], said_from_row(row, self.classes)) for row in rows)
        return found

    def judgements(self, records: Int64 | Sequence[int]) -> list[Judgement]:
        """The judgements on `records` whose both records are visible, in a fixed order."""
        rows = [
            row
            for some in _batches(records)
            for row in self.connection.execute(_JUDGEMENTS, {"ids": some}, prepare=True, binary=True)
        ]
        return [
            Judgement(left, right, Verdict(verdict), actor, reason, decided_at)
            for left, right, verdict, actor, reason, decided_at in dict.fromkeys(rows)
        ]

    def all_records(self, batch_size: int = BATCH, groups: FieldGroup = ALL_GROUPS) -> Iterator[list[SaidRecord]]:
        """Every visible record with its parts in `groups`, by ascending id, `batch_size` at a time."""
        with self.connection.cursor(name="all_records", binary=True) as cursor:
            cursor.execute(read_sql("sql/all_records.sql"), {"groups": int(groups)})
            while rows := cursor.fetchmany(batch_size):
                yield [said_from_row(row, self.classes) for row in rows]

    def counts(self) -> dict[tuple[str, int], int]:
        """How many records are visible, by source and terms class."""
        rows = self.connection.execute(
            "select source, class, count(*) from eyre.record group by source, class order by source, class"
        )
        return {(source, terms_class): count for source, terms_class, count in rows}

    def _packed(self, query: str, ids: Int64, columns: int) -> list[NDArray[np.int64]]:
        tables = []
        for some in _batches(ids):
            row = self.connection.execute(query, {"ids": some}, prepare=True, binary=True).fetchone()
            tables.append(int8_columns(row[0] if row else None, columns))
        if not tables:
            return int8_columns(None, columns)
        return [np.concatenate([table[column] for table in tables]) for column in range(columns)]


@contextmanager
def open_reader(pool: ConnectionPool, view: View, view_key: bytes) -> Iterator[ReaderSession]:
    """A session that sees what `view` shows; `pool` and `view_key` are those of `Store`.

    Raises `ViewError`, at the first question or at the end, when the database does not take the view.
    """
    with begin_entry(pool) as entry:
        yield under_view(entry, view, view_key)


def under_view(entry: Entry, view: View, view_key: bytes) -> ReaderSession:
    """The session of a transaction that was begun, under `view`."""
    entry.enter(view, view_key)
    return ReaderSession(view, entry)


def _batches(ids: Int64 | Sequence[int]) -> Iterator[Int64]:
    every = np.unique(np.asarray(ids, dtype=np.int64))
    for start in range(0, len(every), BATCH):
        yield every[start : start + BATCH]
