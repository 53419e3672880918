"""How each source of the circuit stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg

from eyre.model.ride import RideState
from eyre.store.sql_files import read_sql

_OF_RIDE = 9


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source's row of the schedule, where it is asked and does not send; its latest look, how many rows that listed
    and whether it was believed to be whole; the latest look that was; how many issues its latest delivery had that are
    about its layout, and one of them; when something of it last came, since when it is registered, and how long nothing
    may come. Instants in UTC; nothing where it was not seen yet."""

    source: str
    ride: RideState | None
    looked_at: datetime | None
    rows: int | None
    complete: bool | None
    reason: str | None
    complete_at: datetime | None
    issues: int
    issue: str | None
    heard_at: datetime | None
    registered_at: datetime
    silent_after: timedelta | None


def source_states(connection: psycopg.Connection, source: str | None = None) -> list[SourceState]:
    """Every source of the circuit, by id, or the one that is named. `connection` is a writer's."""
    rows = connection.execute(read_sql("sql/source_states.sql"), {"source": source}, prepare=True)
    return [
        SourceState(row[0], None if row[1] is None else RideState(*row[:_OF_RIDE]), *row[_OF_RIDE:]) for row in rows
    ]
