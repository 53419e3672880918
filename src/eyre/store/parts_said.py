"""What records say now, read by a writer: for what is settled within a source, never for an answer."""

from collections.abc import Sequence

import numpy as np
import psycopg

from eyre.model.field_group import FieldGroup
from eyre.model.parts import Parts

_GROUPS = {str(int(group)): group for group in FieldGroup}


def parts_said(connection: psycopg.Connection, records: Sequence[int]) -> dict[int, Parts]:
    """The parts of each of `records` that is there. `connection` is a writer's."""
    rows = connection.execute(
        "select record, parts from eyre.record_said where record = any (%(records)b)",
        {"records": np.asarray(records, dtype=np.int64)},
    )
    return {record: {_GROUPS[group]: body for group, body in parts.items()} for record, parts in rows}
