"""Fewer round trips: what takes a question, or a transaction, as few of them as can be."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import psycopg


@contextmanager
def at_once(connection: psycopg.Connection) -> Iterator[None]:
    """Every statement is a transaction of its own and costs one round trip instead of three; `connection` must be in
    none."""
    connection.autocommit = True
    try:
        yield
    finally:
        connection.autocommit = False


@contextmanager
def one_transaction(connection: psycopg.Connection) -> Iterator[Callable[[], None]]:
    """A transaction in which statements do not wait for the answers of earlier ones that nobody looks at; the commit
    goes with the last of them. `connection` must be in none.

    Gives a function to be called before much is sent: from there on every statement waits for its answer. Much more
    than a socket holds at once may stay with the client for ever while it waits for an answer already.
    """
    try:
        with ExitStack() as pipeline:
            pipeline.enter_context(connection.pipeline())
            yield pipeline.close
            connection.commit()
    except BaseException:
        connection.rollback()
        raise
