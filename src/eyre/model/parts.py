"""A record in parts, one plain JSON object per field group, and back: the form in which the store keeps it.

Empty values are left out, so that two records that say the same have the same bytes and an unchanged row is known by
its hash.
"""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from eyre.model.field_group import FieldGroup
from eyre.model.justice import Booking, Case, Charge, Hold, Supervision
from eyre.model.person import Address, Birth, BirthBasis, Identifier, NameKind, Person, PersonName
from eyre.model.record import Operation, Record, RecordClass

Parts = dict[FieldGroup, dict[str, Any]]


def record_to_parts(record: Record) -> Parts:
    """The parts that say something; keys of each body are the field names of `model.person` and `model.justice`."""
    person = record.person
    bodies: Parts = {
        FieldGroup.NAME: {"names": [_plain(name) for name in person.names]},
        FieldGroup.BIRTH: {"births": [_plain(birth) for birth in person.births]},
        FieldGroup.SEX: {"sexes": list(person.sexes)},
        FieldGroup.IDENTIFIER: {"identifiers": [_plain(each) for each in person.identifiers if each.value]},
        FieldGroup.ADDRESS: {"addresses": [_plain(address) for address in person.addresses]},
        FieldGroup.CONTACT: {"phones": list(person.phones), "emails": list(person.emails)},
        FieldGroup.CUSTODY: {
            "booking": _plain(record.booking) if record.booking else None,
            "holds": [_plain(hold) for hold in record.holds],
        },
        FieldGroup.CHARGE: {"charges": [_plain(charge) for charge in record.charges]},
        FieldGroup.COURT: {"case": _plain(record.case) if record.case else None},
        FieldGroup.SUPERVISION: {"supervision": _plain(record.supervision) if record.supervision else None},
    }
    filled = {group: {key: value for key, value in body.items() if value} for group, body in bodies.items()}
    return {group: body for group, body in filled.items() if body}


def person_from_parts(parts: Mapping[FieldGroup, Mapping[str, Any]]) -> Person:
    """The person that the given parts tell; a part that is not there (masked, or not said) tells nothing."""

    def listed(group: FieldGroup, key: str) -> list[Any]:
        found: list[Any] = parts.get(group, {}).get(key, [])
        return found

    return Person(
        names=tuple(_name(body) for body in listed(FieldGroup.NAME, "names")),
        births=tuple(_birth(body) for body in listed(FieldGroup.BIRTH, "births")),
        sexes=tuple(listed(FieldGroup.SEX, "sexes")),
        identifiers=tuple(Identifier(**body) for body in listed(FieldGroup.IDENTIFIER, "identifiers")),
        addresses=tuple(Address(**body) for body in listed(FieldGroup.ADDRESS, "addresses")),
        phones=tuple(listed(FieldGroup.CONTACT, "phones")),
        emails=tuple(listed(FieldGroup.CONTACT, "emails")),
    )


def record_from_parts(
    source: str,
    key: str,
    record_class: RecordClass,
    as_of: datetime,
    parts: Mapping[FieldGroup, Mapping[str, Any]],
) -> Record:
    """The record that the given parts tell."""
    custody = parts.get(FieldGroup.CUSTODY, {})
    case = parts.get(FieldGroup.COURT, {}).get("case")
    supervision = parts.get(FieldGroup.SUPERVISION, {}).get("supervision")
    booking = custody.get("booking")
    return Record(
        source=source,
        key=key,
        record_class=record_class,
        as_of=as_of,
        person=person_from_parts(parts),
        booking=Booking(**booking) if booking else None,
        holds=tuple(Hold(**body) for body in custody.get("holds", [])),
        charges=tuple(Charge(**body) for body in parts.get(FieldGroup.CHARGE, {}).get("charges", [])),
        case=Case(**case) if case else None,
        supervision=Supervision(**supervision) if supervision else None,
        operation=Operation.PUT,
    )


def _plain(value: Any) -> dict[str, Any]:
    body: dict[str, Any] = {}
    for each in fields(value):
        content = getattr(value, each.name)
        if isinstance(content, date):
            content = content.isoformat()
        if content not in ("", None) and content is not NameKind.LEGAL:
            body[each.name] = str(content)
    return body


def _name(body: Mapping[str, str]) -> PersonName:
    rest = {key: text for key, text in body.items() if key != "kind"}
    return PersonName(**rest, kind=NameKind(body.get("kind", NameKind.LEGAL)))


def _birth(body: Mapping[str, str]) -> Birth:
    return Birth(
        earliest=date.fromisoformat(body["earliest"]),
        latest=date.fromisoformat(body["latest"]),
        basis=BirthBasis(body["basis"]),
        said=body.get("said", ""),
    )
