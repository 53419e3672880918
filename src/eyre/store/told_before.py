"""Rows that came when others went, and say the same of their stay."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import psycopg

from eyre.store.arrays import number_array
from eyre.store.sql_files import read_sql


@dataclass(frozen=True, slots=True)
class Pair:
    """A record that went, and one that came with the next look and says the same of its stay, as JSON
    (`custody.stay_parts`): what their source calls them, what is said in each field group, by its number, and whether
    some look lists both (`together`)."""

    former: int
    came: int
    former_key: str = field(compare=False)
    came_key: str = field(compare=False)
    stay: Mapping[str, Any] = field(compare=False)
    former_said: Mapping[str, Any] = field(compare=False)
    came_said: Mapping[str, Any] = field(compare=False)
    together: bool = field(compare=False)


def pairs_of(connection: psycopg.Connection, source: str, records: Collection[int]) -> list[Pair]:
    """The pairs of `source` in which one is of `records`. `connection` is a writer's."""
    told = {"source": source, "records": number_array(np.fromiter(records, dtype=np.int64, count=len(records)))}
    return [Pair(*row) for row in connection.execute(read_sql("sql/told_before.sql"), told, prepare=True, binary=True)]
