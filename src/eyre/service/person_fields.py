"""A person field by field: each distinct value with everybody who says it. Nothing is merged away."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from eyre.ids import format_record_id
from eyre.model.field_group import FieldGroup
from eyre.service.value_text import address_text, birth_text, identifier_text, name_text, plain_text
from eyre.store.said_record import SaidRecord


@dataclass(frozen=True, slots=True)
class Saying:
    """Which record says it, from which source, and the last instant for which it does."""

    record: str
    source: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Value:
    """One distinct value: as text, as the first to say it said it, and who says it."""

    text: str
    said: Any
    said_by: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class PersonField:
    """A field, its values in the order of how many say them."""

    field: str
    values: tuple[Value, ...]


_FIELDS: tuple[tuple[str, FieldGroup, str, Callable[[Any], str]], ...] = (
    ("name", FieldGroup.NAME, "names", name_text),
    ("birth", FieldGroup.BIRTH, "births", birth_text),
    ("sex", FieldGroup.SEX, "sexes", plain_text),
    ("identifier", FieldGroup.IDENTIFIER, "identifiers", identifier_text),
    ("address", FieldGroup.ADDRESS, "addresses", address_text),
    ("phone", FieldGroup.CONTACT, "phones", plain_text),
    ("email", FieldGroup.CONTACT, "emails", plain_text),
)


def person_fields(records: Iterable[SaidRecord]) -> tuple[PersonField, ...]:
    """The fields that `records` say something of; `records` come oldest first."""
    listed = list(records)
    fields = (PersonField(name, _values(listed, group, key, text)) for name, group, key, text in _FIELDS)
    return tuple(field for field in fields if field.values)


def _values(records: list[SaidRecord], group: FieldGroup, key: str, text: Callable[[Any], str]) -> tuple[Value, ...]:
    found: dict[str, tuple[str, Any, list[Saying]]] = {}
    for record in records:
        for body in record.parts.get(group, {}).get(key, []):
            shown = text(body)
            _, _, sayings = found.setdefault(shown.casefold(), (shown, body, []))
            saying = Saying(format_record_id(record.id), record.source, record.as_of)
            if saying not in sayings:
                sayings.append(saying)
    values = [Value(shown, body, tuple(sayings)) for shown, body, sayings in found.values()]
    return tuple(sorted(values, key=lambda value: -len(value.said_by)))
