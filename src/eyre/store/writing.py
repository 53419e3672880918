"""A connection, for work that goes on when the database was away for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors
from psycopg_pool import ConnectionPool

from eyre.errors import StoreError
from eyre.store.open_store import Store, Writer

_PASSES = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    # these two are filed elsewhere: who stood still was cut off; the server that answers is a copy that takes over soon
    errors.IdleInTransactionSessionTimeout,
    errors.ReadOnlySqlTransaction,
)


class StoreGoneError(StoreError):
    """The database does not answer, is starting, or has no room: what was begun was undone, and may be tried again."""

    code = "EYRE-207"


@contextmanager
def writing(store: Store, *, within: float | None = None) -> Iterator[Writer]:
    """A connection out of `store.writer`, to be had within so many seconds, or the pool's. Raises `StoreGoneError` for
    what is no fault of the question."""
    with lent(store.writer, within=within) as writer:
        yield writer


@contextmanager
def lent(pool: ConnectionPool, *, within: float | None = None) -> Iterator[psycopg.Connection]:
    """A connection of `pool`, as `writing`. Where it broke, the others of the pool are made anew: after a restart of
    the database they are broken too."""
    lost: psycopg.Connection | None = None
    try:
        with pool.connection(timeout=within) as connection:
            lost = connection
            yield connection
    except _PASSES as error:
        if lost is not None and lost.closed and not pool.closed:
            pool.drain()
        raise _gone(error) from error


def _gone(error: psycopg.Error) -> StoreGoneError:
    if isinstance(error, errors.DiskFull):
        return StoreGoneError(
            "the database has no room left: DiskFull", remedy="make room where it keeps its data, and try again"
        )
    return StoreGoneError(f"the database did not do what it was asked: {type(error).__name__}", remedy="try again")
