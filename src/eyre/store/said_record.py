"""A record as a view shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from eyre.model.field_group import FieldGroup
from eyre.model.parts import Parts, person_from_parts, record_from_parts
from eyre.model.person import Person
from eyre.model.record import Record, RecordClass

_GROUPS = {str(int(group)): group for group in FieldGroup}


@dataclass(frozen=True, slots=True)
class SaidRecord:
    """The current version of a record. `parts` holds the groups that are visible (and were asked for); `record_key`,
    the source's own name for it, is empty unless identifiers are visible. `first_said_at` and `as_of` (UTC) are the
    first instant for which its source spoke of it and the last for which it said this; `delivery` and `place` tell
    where the latter stands."""

    id: int
    source: str
    record_key: str
    record_class: RecordClass
    terms_class: int
    first_said_at: datetime
    as_of: datetime
    delivery: int
    place: str
    parts: Parts

    @property
    def person(self) -> Person:
        """Who it is about, as far as visible."""
        return person_from_parts(self.parts)

    @property
    def record(self) -> Record:
        """The whole, as far as visible."""
        return record_from_parts(self.source, self.record_key, self.record_class, self.as_of, self.parts)


def said_from_row(row: tuple[Any, ...], classes: Mapping[int, RecordClass]) -> SaidRecord:
    """A row of `sql/said.sql` as a value; `classes` gives the record class of each terms class."""
    identity, source, key, terms_class, first_said_at, as_of, delivery, place, bodies = row
    parts = {_GROUPS[group]: body for group, body in (bodies or {}).items()}
    return SaidRecord(
        identity, source, key, classes[terms_class], terms_class, first_said_at, as_of, delivery, place, parts
    )


def load_json(text: bytes | bytearray | memoryview | str) -> Any:
    """What psycopg is to read JSON with."""
    return orjson.loads(text)
