"""Custody, court and supervision of a person, one line a record, latest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from eyre.ids import format_record_id
from eyre.model.field_group import FieldGroup
from eyre.store.said_record import SaidRecord


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """`begins` and `ends` are RFC 3339 instants or ISO days as said, or empty; `kind` is custody, court or
    supervision."""

    begins: str
    ends: str
    kind: str
    text: str
    charges: tuple[str, ...]
    source: str
    record: str


def timeline(records: Iterable[SaidRecord]) -> tuple[TimelineLine, ...]:
    """What `records` say happened."""
    lines = [line for record in records for line in _lines(record)]
    return tuple(sorted(lines, key=lambda line: (line.begins, line.source, line.record), reverse=True))


def _lines(record: SaidRecord) -> Iterable[TimelineLine]:
    parts = record.parts
    charges = tuple(_charge(each) for each in parts.get(FieldGroup.CHARGE, {}).get("charges", []))
    name = format_record_id(record.id)
    custody, court = parts.get(FieldGroup.CUSTODY, {}), parts.get(FieldGroup.COURT, {})
    if booking := custody.get("booking"):
        holds = len(custody.get("holds", []))
        told = _told(booking, "status", "facility", "custody_level", "release_reason") + [f"{holds} holds"] * (
            holds > 0
        )
        ends = booking.get("released_at", "")
        yield TimelineLine(booking.get("booked_at", ""), ends, "custody", ", ".join(told), charges, record.source, name)
    if case := court.get("case"):
        told = _told(case, "docket_number", "court", "kind", "status", "party_role")
        yield TimelineLine(case.get("filed_on", ""), "", "court", ", ".join(told), charges, record.source, name)
    if kept := parts.get(FieldGroup.SUPERVISION, {}).get("supervision"):
        told = _told(kept, "kind", "agency", "status")
        yield TimelineLine(
            kept.get("started_on", ""), kept.get("ends_on", ""), "supervision", ", ".join(told), (), record.source, name
        )


def _told(body: Mapping[str, Any], *names: str) -> list[str]:
    return [str(body[name]) for name in names if body.get(name)]


def _charge(body: Mapping[str, Any]) -> str:
    text = " ".join(_told(body, "statute", "description"))
    return f"{text}: {body['disposition']}" if body.get("disposition") else text
