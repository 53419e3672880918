"""A record in parts, one plain JSON object per field group, and back: the form in which the store keeps it.

Empty values are left out, so that two records that say the same have the same bytes and an unchanged row is known by
its hash.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from eyre.model.field_group import FieldGroup
from eyre.model.justice import Booking, Case, Charge, Hold, Supervision
from eyre.model.person import Address, Birth, BirthBasis, Identifier, NameKind, Person, PersonName
from eyre.model.record import Operation, Record, RecordClass

Parts = dict[FieldGroup, dict[str, Any]]


def record_to_parts(record: Record) -> Parts:
    """The parts that say something; keys of each body are the field names of `model.person` and `model.justice`."""
    parts = _person_parts(record.person)
    custody: dict[str, Any] = {}
    if record.booking and (booking := _booking(record.booking)):
        custody["booking"] = booking
    if record.holds:
        custody["holds"] = [_hold(hold) for hold in record.holds]
    if custody:
        parts[FieldGroup.CUSTODY] = custody
    if record.charges:
        parts[FieldGroup.CHARGE] = {"charges": [_charge(charge) for charge in record.charges]}
    if record.case and (case := _case(record.case)):
        parts[FieldGroup.COURT] = {"case": case}
    if record.supervision and (supervision := _supervision(record.supervision)):
        parts[FieldGroup.SUPERVISION] = {"supervision": supervision}
    return parts


def _person_parts(person: Person) -> Parts:
    parts: Parts = {}
    if person.names:
        parts[FieldGroup.NAME] = {"names": [_named(name) for name in person.names]}
    if person.births:
        parts[FieldGroup.BIRTH] = {"births": [_born(birth) for birth in person.births]}
    if person.sexes:
        parts[FieldGroup.SEX] = {"sexes": list(person.sexes)}
    if identifiers := [_identifier(each) for each in person.identifiers if each.value]:
        parts[FieldGroup.IDENTIFIER] = {"identifiers": identifiers}
    if person.addresses:
        parts[FieldGroup.ADDRESS] = {"addresses": [_address(address) for address in person.addresses]}
    contact = {"phones": list(person.phones), "emails": list(person.emails)}
    if contact := {key: value for key, value in contact.items() if value}:
        parts[FieldGroup.CONTACT] = contact
    return parts


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


def _texts_of(shape: type) -> Callable[[Any], dict[str, str]]:
    """Gives what makes a dictionary of a value of `shape`: its texts by their fields' names, empty ones left out."""
    names = tuple(each.name for each in fields(shape) if each.type is not NameKind)
    read = attrgetter(*names)
    return lambda value: {name: text for name, text in zip(names, read(value), strict=True) if text}


_texts_of_name = _texts_of(PersonName)
_identifier, _address = _texts_of(Identifier), _texts_of(Address)
_booking, _hold, _charge = _texts_of(Booking), _texts_of(Hold), _texts_of(Charge)
_case, _supervision = _texts_of(Case), _texts_of(Supervision)


def _named(name: PersonName) -> dict[str, str]:
    body = _texts_of_name(name)
    if name.kind is not NameKind.LEGAL:
        body["kind"] = name.kind.value
    return body


def _born(birth: Birth) -> dict[str, str]:
    body = {"earliest": birth.earliest.isoformat(), "latest": birth.latest.isoformat(), "basis": birth.basis.value}
    if birth.said:
        body["said"] = birth.said
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
