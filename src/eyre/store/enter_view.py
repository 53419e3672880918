"""Entering a view: a reader's transaction, and the token that opens the view in it.

Nothing of it is waited for before it is needed: the transaction begins while a view is decided on, and the view is
entered along with the first question.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool

from eyre.errors import ViewError
from eyre.model.record import RecordClass
from eyre.model.view import View
from eyre.store.one_row import one_row
from eyre.store.view_token import Backend, sign_view
from eyre.store.writing import lent

_BEGIN = "begin isolation level repeatable read read only"
_WHO = "select pg_backend_pid(), trunc(extract(epoch from now()) * 1000000)::bigint"
_ENTER = "select reaches, classes, record_classes from eyre.enter_view(%s)"


@dataclass
class Entry:
    """A transaction of `connection`, first begun, then under a view. `pipeline` is what was sent and not waited for."""

    connection: psycopg.Connection
    pipeline: ExitStack
    who: psycopg.Cursor[tuple[Any, ...]]
    answer: psycopg.Cursor[tuple[Any, ...]] | None = None
    reach: int = 0
    classes: Mapping[int, RecordClass] | None = None

    def enter(self, view: View, view_key: bytes) -> None:
        """Asks for the view."""
        token = sign_view(view_key, view, Backend(*one_row(self.who)))
        self.answer = self.connection.execute(_ENTER, [token], prepare=True, binary=True)
        self.reach = max(view.visible, default=0)

    def entered(self) -> Mapping[int, RecordClass]:
        """Waits until the view is entered, once; its terms classes. Raises `ViewError` when the database did not take
        it."""
        if self.classes is None:
            self.pipeline.close()
            reaches, numbers, names = one_row(self.answer) if self.answer else (None, None, None)
            if reaches != self.reach:
                raise ViewError(
                    "the database did not take the view",
                    remedy="connect to PostgreSQL itself, or through a pool that keeps a transaction on one connection",
                )
            self.classes = dict(zip(numbers or (), map(RecordClass, names or ()), strict=True))
        return self.classes


@contextmanager
def begin_entry(pool: ConnectionPool) -> Iterator[Entry]:
    """A reader's transaction, under no view yet; `pool` is `Store.reader`. At the end a view was entered. Raises
    `StoreGoneError` where the database does not answer."""
    with lent(pool) as connection, ExitStack() as pipeline:
        pipeline.enter_context(connection.pipeline())
        connection.execute(_BEGIN)
        entry = Entry(connection, pipeline, connection.execute(_WHO, prepare=True, binary=True))
        yield entry
        entry.entered()
