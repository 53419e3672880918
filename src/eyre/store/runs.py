"""What was said of each record over time, run by run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import orjson
import psycopg

from eyre.custody.run import Run, Stay
from eyre.custody.stay_parts import stay_from_body
from eyre.store.arrays import number_array, text_array
from eyre.store.sql_files import read_sql


@dataclass(frozen=True, slots=True)
class NewRun:
    """A run that begins: its record, the number of its terms class, and its stay as JSON (`custody.stay_parts`)."""

    record: int
    terms_class: int
    stay: Mapping[str, Any]


def open_runs(connection: psycopg.Connection, source: str, at: datetime, runs: Sequence[NewRun]) -> None:
    """Begins runs at `at`, open ones, in a writer's open transaction; a record whose open run says the same is left."""
    if runs:
        told = {
            "source": source,
            "at": at,
            "records": number_array(np.array([run.record for run in runs], dtype=np.int64)),
            "classes": number_array(np.array([run.terms_class for run in runs], dtype=np.int16)),
            "stays": text_array([orjson.dumps(run.stay, option=orjson.OPT_SORT_KEYS) for run in runs]),
        }
        connection.execute(read_sql("sql/open_runs.sql"), told, prepare=True, binary=True)


def close_runs(connection: psycopg.Connection, records: Sequence[int], last: datetime) -> None:
    """Ends the open runs of `records` at `last`, the latest look that listed them."""
    if len(records):
        connection.execute(
            "update eyre.run set last_at = greatest(first_at, %(last)s) "
            "where record = any (%(records)b) and last_at is null",
            {"last": last, "records": np.asarray(records, dtype=np.int64)},
            prepare=True,
        )


def same_stays(connection: psycopg.Connection, runs: Sequence[NewRun]) -> set[int]:
    """Those records of `runs` whose open run says the very same."""
    if not runs:
        return set()
    told = {
        "records": number_array(np.array([run.record for run in runs], dtype=np.int64)),
        "stays": text_array([orjson.dumps(run.stay, option=orjson.OPT_SORT_KEYS) for run in runs]),
    }
    rows = connection.execute(read_sql("sql/same_stays.sql"), told, prepare=True, binary=True)
    return {record for (record,) in rows}


def runs_of(connection: psycopg.Connection, records: Sequence[int], *, until: datetime) -> dict[int, list[Run]]:
    """The runs of each of `records`, in order; those that are open last until `until`, the latest look."""
    found: dict[int, list[Run]] = {}
    if not len(records):
        return found
    rows = connection.execute(
        "select record, first_at, last_at, stay::text from eyre.run where record = any (%(records)b) "
        "order by record, first_at",
        {"records": np.asarray(records, dtype=np.int64)},
        prepare=True,
        binary=True,
    )
    said, stay = "", Stay()
    for record, first, last, text in rows:
        ends = max(first, until) if last is None else last
        if text != said:  # a row that is back after an outage says what it said before
            said, stay = text, stay_from_body(orjson.loads(text))
        found.setdefault(record, []).append(Run(first, ends, stay))
    return found
