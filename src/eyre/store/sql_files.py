"""Statements live in named `.sql` files."""

from functools import cache
from importlib.resources import files


@cache
def read_sql(path: str) -> str:
    """The text of a `.sql` file of this room."""
    return (files("eyre.store") / path).read_text(encoding="utf-8")
