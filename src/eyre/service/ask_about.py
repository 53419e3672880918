"""A question about a person, from words that somebody typed to a transient record."""

from dataclasses import dataclass
from datetime import date, timedelta

from eyre.errors import InputError
from eyre.model.person import IDENTIFIER_TYPES, Address, Birth, BirthBasis, Identifier, Person, PersonName
from eyre.normalise.birth import BirthDays, birth_from_age, parse_birth_date

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of the person, as typed; `age` holds for the day `as_of`. `ids` are `TYPE[:ISSUER]=VALUE`."""

    name: str = ""
    given: str = ""
    middle: str = ""
    surname: str = ""
    birth_date: str = ""
    age: int | None = None
    as_of: date | None = None
    sex: str = ""
    ids: tuple[str, ...] = ()
    address: str = ""
    phone: str = ""
    email: str = ""


def person_asked(description: Description) -> Person:
    """The transient record of a description. Raises `InputError` for what cannot be read."""
    parted = PersonName(given=description.given, middle=description.middle, surname=description.surname)
    names = [each for each in (PersonName(full=description.name), parted) if each != PersonName()]
    return Person(
        names=tuple(names),
        births=tuple(_births(description)),
        sexes=(description.sex,) if description.sex else (),
        identifiers=tuple(_identifier(each) for each in description.ids),
        addresses=(Address(full=description.address),) if description.address else (),
        phones=(description.phone,) if description.phone else (),
        emails=(description.email,) if description.email else (),
    )


def _births(description: Description) -> list[Birth]:
    found: list[Birth] = []
    if description.birth_date:
        days = parse_birth_date(description.birth_date)
        if days is None:
            raise InputError("the birth date cannot be read", remedy="write it as YYYY-MM-DD, MM/DD/YYYY or YYYY")
        basis = BirthBasis.DATE if days.earliest == days.latest else BirthBasis.YEAR
        found.append(_birth(days, basis, description.birth_date))
    if description.age is not None and description.as_of is not None:
        days = birth_from_age(description.age, description.as_of)
        if days is None:
            raise InputError("nobody has that age", remedy="give an age in years")
        found.append(_birth(days, BirthBasis.AGE, str(description.age)))
    return found


def _birth(days: BirthDays, basis: BirthBasis, said: str) -> Birth:
    first, last = (_EPOCH + timedelta(days=each) for each in (days.earliest, days.latest))
    return Birth(first, last, basis, said)


def _identifier(text: str) -> Identifier:
    kind, found, value = text.partition("=")
    name, _, issuer = kind.partition(":")
    if name not in IDENTIFIER_TYPES or not found or not value.strip():
        raise InputError(
            "the identifier has no known type, or no value",  # what was typed may be a person's number: not repeated
            remedy=f"write TYPE=VALUE or TYPE:ISSUER=VALUE with one of {', '.join(IDENTIFIER_TYPES)}",
        )
    return Identifier(name, value.strip(), issuer.strip())
