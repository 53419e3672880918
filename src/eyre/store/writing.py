"""A writer's connection, for work that goes on when the database was away for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg_pool import PoolTimeout

from eyre.errors import StoreError
from eyre.store.open_store import Store, Writer


class StoreGoneError(StoreError):
    """The database does not answer, is starting, or has no room: what was begun was undone, and may be tried again."""

    code = "EYRE-207"


@contextmanager
def writing(store: Store, *, within: float | None = None) -> Iterator[Writer]:
    """A connection out of `store.writer`, to be had within so many seconds, or the pool's. Raises `StoreGoneError` for
    what is no fault of the question."""
    try:
        with store.writer.connection(timeout=within) as writer:
            yield writer
    except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout) as error:
        kind = type(error).__name__
        raise StoreGoneError(f"the database did not do what it was asked: {kind}", remedy="try again") from error
