"""What one record says about who somebody is.

Every value is multi-valued, for sources give aliases, several addresses and more than one birth date. The text is kept
as said; `normalise/` makes comparable values of it, and those are never stored as fact.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated


class NameKind(StrEnum):
    """Why a name is there (NIEM `nc:PersonNameCategoryCode`)."""

    LEGAL = "legal"
    ALIAS = "alias"
    MAIDEN = "maiden"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as said: in parts, or only `full` when the source does not part it. Empty text means not said."""

    given: Annotated[str, "nc:PersonGivenName"] = ""
    middle: Annotated[str, "nc:PersonMiddleName"] = ""
    surname: Annotated[str, "nc:PersonSurName"] = ""
    suffix: Annotated[str, "nc:PersonNameSuffixText"] = ""
    full: Annotated[str, "nc:PersonFullName"] = ""
    kind: NameKind = NameKind.LEGAL


class BirthBasis(StrEnum):
    """What the interval was computed from (NIEM `nc:PersonBirthDate` or `nc:PersonAgeMeasure`)."""

    DATE = "date"
    YEAR = "year"
    AGE = "age"


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth date as the closed interval of days that what was said allows; `said` is the text it came from.

    A date is an interval of one day; a year of 365 or 366; an age `a` as of day `d` runs from the day after `d` minus
    `a + 1` years to `d` minus `a` years.
    """

    earliest: date
    latest: date
    basis: BirthBasis
    said: str = ""

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError("a birth interval ends before it begins")


@dataclass(frozen=True, slots=True)
class Identifier:
    """A typed number: `type` from `IDENTIFIER_TYPES`, `issuer` the scope within which `value` is one person's."""

    type: str
    value: Annotated[str, "nc:IdentificationID"]
    issuer: Annotated[str, "nc:IdentificationSourceText"] = ""


IDENTIFIER_TYPES = {
    "ssn": "social security number (nc:PersonSSNIdentification); issuer empty",
    "sid": "state fingerprint identification (j:PersonStateFingerprintIdentification); issuer = state",
    "fbi": "FBI / universal control number (j:PersonFBIIdentification); issuer empty",
    "driver_licence": "driver licence (j:PersonDriverLicenseIdentification); issuer = state",
    "doc": "state corrections number (j:SubjectCorrectionsIdentification); issuer = state",
    "subject": "a jail's own number for a person (j:SubjectJacketNumberText); issuer = source",
    "party": "a court's own number for a party; issuer = source",
    "supervision": "a probation or parole agency's number for a person; issuer = source",
    "person": "any other number that names one person within its issuer",
}
"""The closed list. A booking or case number names an event, not a person, and is no identifier of a person."""


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address as said: in parts, or only `full`."""

    full: Annotated[str, "nc:AddressFullText"] = ""
    house_number: Annotated[str, "nc:StreetNumberText"] = ""
    street: Annotated[str, "nc:StreetName"] = ""
    unit: Annotated[str, "nc:AddressSecondaryUnitText"] = ""
    city: Annotated[str, "nc:LocationCityName"] = ""
    state: Annotated[str, "nc:LocationStateUSPostalServiceCode"] = ""
    postal_code: Annotated[str, "nc:LocationPostalCode"] = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Everything that a record says about who it is about."""

    names: tuple[PersonName, ...] = ()
    births: tuple[Birth, ...] = ()
    sexes: Annotated[tuple[str, ...], "nc:PersonSexCode"] = ()
    identifiers: tuple[Identifier, ...] = ()
    addresses: tuple[Address, ...] = ()
    phones: Annotated[tuple[str, ...], "nc:TelephoneNumberFullID"] = ()
    emails: Annotated[tuple[str, ...], "nc:ContactEmailID"] = field(default=())
