"""What came in the place of rows that are gone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import psycopg

from eyre.model.custody_event import Interval
from eyre.store.arrays import moment_array, number_array
from eyre.store.sql_files import read_sql


@dataclass(frozen=True, slots=True)
class Came:
    """A record that was first listed: what its source calls it, and what it said of its stay then, as JSON
    (`custody.stay_parts`)."""

    name: str
    stay: Mapping[str, Any]


def names_since(
    connection: psycopg.Connection, source: str, gone: Mapping[int, Interval]
) -> Iterator[tuple[int, str, list[Came]]]:
    """For each record of `gone`, which went within its interval: what its source calls it, and those that were first
    listed within it. `connection` is a writer's."""
    told = {
        "source": source,
        "records": number_array(np.fromiter(gone, dtype=np.int64, count=len(gone))),
        "after": moment_array([each.earliest for each in gone.values()]),
        "until": moment_array([each.latest for each in gone.values()]),
    }
    rows = connection.execute(read_sql("sql/names_since.sql"), told, prepare=True, binary=True).fetchall()
    for record, name, names, stays in rows:
        yield record, name, [Came(*each) for each in zip(names, stays, strict=True)]
