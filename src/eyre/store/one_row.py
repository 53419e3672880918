"""The one row of a query that always has one."""

from typing import Any

import psycopg

from eyre.errors import StoreError


def one_row(cursor: psycopg.Cursor[tuple[Any, ...]]) -> tuple[Any, ...]:
    """The first row of `cursor`. Raises `StoreError` when there is none, for then the database is not Eyre's."""
    row = cursor.fetchone()
    if row is None:
        raise StoreError("the database gave no row where it must", remedy="check that no other program changes it")
    return row
