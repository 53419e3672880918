"""The index of keys, put aside while a delivery brings very many."""

from dataclasses import dataclass

import psycopg

MANY_KEYS = 200_000
"""Keys that one delivery has brought before it is thought to be one of very many."""


@dataclass(slots=True)
class KeyIndex:
    """What one delivery does to the index, in its own transaction: a crash leaves it as it was.

    `written` counts the keys of the delivery so far. The index is put aside at most once, and made anew as soon as a
    record has to be looked up, or at the end. Readers wait from when it is put aside to the end of the transaction; so
    this is done only when nobody is reading, and when few keys are there beside those that come.
    """

    written: int = 0
    aside: bool = False
    again: bool = True

    def put_aside(self, connection: psycopg.Connection) -> None:
        """To be called between chunks, when more are to come."""
        if self.again and not self.aside and self.written >= MANY_KEYS:
            row = connection.execute("select eyre.begin_many_keys(%s)", [self.written]).fetchone()
            self.aside = bool(row and row[0])

    def needed(self, connection: psycopg.Connection) -> None:
        """The index is there afterwards, and stays."""
        if self.aside:
            connection.execute("select eyre.end_many_keys()")
        self.aside, self.again = False, self.again and not self.aside
