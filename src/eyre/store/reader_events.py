"""The events that a view shows."""

from collections.abc import Sequence

import numpy as np

from eyre.model.custody_event import CustodyEvent
from eyre.store.events import COLUMNS, event_from_row
from eyre.store.reader import ReaderSession


def visible_events(session: ReaderSession, records: Sequence[int]) -> list[CustodyEvent]:
    """What is believed of `records` and visible under the session's view, by when it had happened at the latest."""
    query = f"select {COLUMNS} from eyre.event where record = any (%(records)b) order by latest, earliest, kind, id"  # noqa: S608
    rows = session.connection.execute(
        query, {"records": np.asarray(records, dtype=np.int64)}, prepare=True, binary=True
    )
    return [event_from_row(row) for row in rows]
