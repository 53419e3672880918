"""What is believed to have happened, kept in step with what was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import psycopg

from eyre.custody.event_groups import event_groups
from eyre.model.custody_event import Basis, CustodyEvent, EventKind, Interval
from eyre.store.arrays import moment_array, number_array, text_array
from eyre.store.one_row import one_row
from eyre.store.sql_files import read_sql

COLUMNS = "record, kind, earliest, latest, basis, confidence, detail, concluded_from"


@dataclass(frozen=True, slots=True)
class Believed:
    """What is believed of records of one source and one terms class, after all that was said of them."""

    source: str
    terms_class: int
    events: Mapping[int, Sequence[CustodyEvent]]


def believe(connection: psycopg.Connection, believed: Believed, *, at: datetime) -> tuple[int, int]:
    """Makes the events of the records that `believed` names those that it holds, in a writer's open transaction. Tells
    how many came to be believed and how many ceased to be; each of them is entered in the log once, at `at` (UTC)."""
    events = [event for each in believed.events.values() for event in each]
    records = np.fromiter(believed.events, dtype=np.int64, count=len(believed.events))
    if not len(records):
        return 0, 0
    told = {
        "source": believed.source,
        "class": believed.terms_class,
        "at": at,
        "records": number_array(records),
        "ids": number_array(np.array([event.id for event in events], dtype=np.int64)),
        "of_records": number_array(np.array([event.record for event in events], dtype=np.int64)),
        "groups": number_array(np.array([int(event_groups(event.kind)) for event in events], dtype=np.int32)),
        "kinds": text_array([event.kind.value.encode() for event in events]),
        "earliest": moment_array([event.during.earliest for event in events]),
        "latest": moment_array([event.during.latest for event in events]),
        "bases": text_array([event.basis.value.encode() for event in events]),
        "confidences": text_array([repr(event.confidence).encode() for event in events]),
        "details": text_array([event.detail.encode() for event in events]),
        "concluded": moment_array([event.concluded_from for event in events]),
    }
    noted, withdrawn = one_row(connection.execute(read_sql("sql/believe.sql"), told, prepare=True, binary=True))
    return noted, withdrawn


def event_from_row(row: Sequence[Any]) -> CustodyEvent:
    """The event of a row `COLUMNS`."""
    record, kind, earliest, latest, basis, confidence, detail, concluded_from = row
    return CustodyEvent(
        record, EventKind(kind), Interval(earliest, latest), Basis(basis), confidence, detail, concluded_from
    )


def count_events(connection: psycopg.Connection) -> dict[str, int]:
    """How many events of each kind are believed, in all sources. `connection` is a writer's."""
    rows = connection.execute("select kind, count(*) from eyre.event where not withdrawn group by kind order by kind")
    return dict(rows.fetchall())


def events_of_source(connection: psycopg.Connection, source: str) -> list[CustodyEvent]:
    """Everything that is believed of the records of `source`, by record and instant. `connection` is a writer's."""
    rows = connection.execute(
        f"select {COLUMNS} from eyre.event where source = %s and not withdrawn order by record, earliest, latest, id",  # noqa: S608 # names
        [source],
    )
    return [event_from_row(row) for row in rows]
