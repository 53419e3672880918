"""Fewer round trips: what takes a question, or a transaction, as few of them as can be."""

from collections.abc import Iterator
from contextlib import contextmanager

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
def one_transaction(connection: psycopg.Connection) -> Iterator[None]:
    """A transaction in which statements do not wait for the answers of earlier ones that nobody looks at; the commit
    goes with the last of them. `connection` must be in none."""
    try:
        with connection.pipeline():
            yield
            connection.commit()
    except BaseException:
        connection.rollback()
        raise
