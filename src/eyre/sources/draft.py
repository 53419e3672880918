"""A record in the making."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from eyre.model.justice import Booking, Case, Charge, Hold, Supervision
from eyre.model.person import Address, Birth, Identifier, NameKind, Person, PersonName
from eyre.model.record import Operation
from eyre.sources.sensitive import SensitiveKind, immigration_hold

_Value = TypeVar("_Value")
_HOLDABLE = frozenset({"hold", "charge", "booking", "case", "supervision"})
_KINDS = {"name": NameKind.LEGAL, "alias": NameKind.ALIAS, "maiden": NameKind.MAIDEN}


@dataclass(slots=True)
class Draft:
    """`parts` gathers what is told in pieces (`charge` to its fields); the rest is whole values."""

    parts: dict[str, dict[str, str]] = field(default_factory=dict)
    names: list[PersonName] = field(default_factory=list)
    births: list[Birth] = field(default_factory=list)
    age: tuple[int, str] | None = None
    sexes: list[str] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    holds: list[Hold] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    operation: Operation = Operation.PUT
    as_of: datetime | None = None
    booked_on: date | None = None

    def put(self, home: str, part: str, text: str) -> None:
        """Sets one field of what is told in pieces; two source fields with one target are joined by a space."""
        told = self.parts.get(home)
        if told is None:
            self.parts[home] = {part: text}
        elif part not in told:
            told[part] = text
        elif told[part] != text:
            told[part] = f"{told[part]} {text}"

    def add_name(self, name: PersonName) -> None:
        """A whole name; a legal one comes first."""
        self.names.insert(0 if name.kind is NameKind.LEGAL else len(self.names), name)

    def add_birth(self, birth: Birth) -> None:
        """A birth that needs no other field to be known."""
        self.births.append(birth)

    def add_identifier(self, identifier: Identifier) -> None:
        """A number of a person."""
        self.identifiers.append(identifier)

    def add_sex(self, sex: str) -> None:
        """A sex, in the model's word."""
        self.sexes.append(sex)

    def add_phone(self, phone: str) -> None:
        """A telephone number."""
        self.phones.append(phone)

    def add_email(self, email: str) -> None:
        """An e-mail address."""
        self.emails.append(email)

    def set_age(self, age: tuple[int, str]) -> None:
        """Completed years, and the text that says so."""
        self.age = age

    def set_operation(self, operation: Operation) -> None:
        """What is to be done with the record."""
        self.operation = operation

    def set_as_of(self, moment: datetime) -> None:
        """The instant for which the row speaks, where it tells its own."""
        self.as_of = moment

    def set_booked_on(self, day: date) -> None:
        """The local day of the booking, for an age that is told for it."""
        self.booked_on = day

    def close(self) -> list[SensitiveKind]:
        """Makes whole values of the pieces; returns what had to be dropped as an immigration hold."""
        dropped = self._drop_holds() if _HOLDABLE & self.parts.keys() else []
        for home, kind in _KINDS.items():
            if told := self.parts.pop(home, None):
                self.names.insert(0 if home == "name" else len(self.names), PersonName(**told, kind=kind))
        for home in ("address", "mailing"):
            if told := self.parts.pop(home, None):
                self.addresses.append(Address(**told))
        if told := self.parts.pop("hold", None):
            self.holds.append(Hold(**told))
        if told := self.parts.pop("charge", None):
            self.charges.append(Charge(**told))
        return dropped

    def _drop_holds(self) -> list[SensitiveKind]:
        dropped = []
        for home in ("hold", "charge"):
            texts = self.parts.get(home, {}).values()
            if any(immigration_hold(text, in_hold=home == "hold") for text in texts):
                del self.parts[home]
                dropped.append(SensitiveKind.IMMIGRATION_HOLD)
        for home in ("booking", "case", "supervision"):
            told = self.parts.get(home, {})
            for part in [part for part, text in told.items() if immigration_hold(text)]:
                del told[part]
                dropped.append(SensitiveKind.IMMIGRATION_HOLD)
        return dropped

    def add(self, other: "Draft") -> None:
        """Takes over what an element of a list told."""
        self.names += other.names
        self.births += other.births
        self.sexes += other.sexes
        self.identifiers += other.identifiers
        self.addresses += other.addresses
        self.phones += other.phones
        self.emails += other.emails
        self.holds += other.holds
        self.charges += other.charges

    def person(self) -> Person:
        """Who it is about; a value told twice is kept once."""
        return Person(
            names=_once(self.names),
            births=_once(self.births),
            sexes=_once(self.sexes),
            identifiers=_once(self.identifiers),
            addresses=_once(self.addresses),
            phones=_once(self.phones),
            emails=_once(self.emails),
        )

    def booking(self) -> Booking | None:
        """The stay, if told."""
        told = self.parts.get("booking")
        return Booking(**told) if told else None

    def case(self) -> Case | None:
        """The court case, if told."""
        told = self.parts.get("case")
        return Case(**told) if told else None

    def supervision(self) -> Supervision | None:
        """The probation or parole, if told."""
        told = self.parts.get("supervision")
        return Supervision(**told) if told else None


def _once(values: list[_Value]) -> tuple[_Value, ...]:
    return tuple(values) if len(values) < 2 else tuple(dict.fromkeys(values))
