"""Bounds within which a delivery is read. Beyond them it is refused, not cut."""

from typing import Annotated

from pydantic import Field

from eyre.sources.declared import Declared

MEBIBYTE = 1 << 20


class Limits(Declared):
    """Safe defaults: the largest known county roster (16,000 people) is under 40 MiB in the wordiest format."""

    max_bytes: Annotated[int, Field(gt=0, le=16 << 30)] = 256 * MEBIBYTE
    """After decompression."""
    max_rows: Annotated[int, Field(gt=0, le=100_000_000)] = 1_000_000
    max_line: Annotated[int, Field(gt=0, le=64 * MEBIBYTE)] = MEBIBYTE
    """Characters of one line, or of one row that a quoted field spreads over several."""
    max_depth: Annotated[int, Field(gt=0, le=256)] = 32
    """Nested elements, objects or lists."""
    max_fields: Annotated[int, Field(gt=0, le=100_000)] = 2_000
    """Values of one row, its lists included."""
    max_expansion: Annotated[int, Field(gt=0, le=10_000)] = 200
    """How many times larger than itself a compressed delivery may become; rosters compress 8 to 30 times."""
