"""Invented people in few words, and what resolution makes of them."""

from collections.abc import Sequence
from datetime import date

from eyre.model.field_group import FieldGroup
from eyre.model.person import Address, Birth, BirthBasis, Identifier, Person, PersonName
from eyre.resolve.features import code, features_of
from eyre.resolve.keys import keys_of
from eyre.resolve.layout import Features
from eyre.resolve.model import Model
from eyre.resolve.resolve_all import resolve_all
from eyre.resolve.said import said_by_persons

HOME = Address(house_number="4417", street="Quarry Ridge Road", city="Azure", state="AZ", postal_code="85901")
ELSEWHERE = Address(house_number="12", street="Elm Street", city="Cinder City", state="AZ", postal_code="85910")


def person(
    name: str,
    born: str = "",
    *,
    home: Address | None = None,
    social: str = "",
    phone: str = "",
    sex: str = "",
) -> Person:
    """Of `Given Middle Surname Suffix`, a birth date in ISO 8601, and what else is said."""
    births = (Birth(date.fromisoformat(born), date.fromisoformat(born), BirthBasis.DATE, born),) if born else ()
    return Person(
        names=(PersonName(full=name),) if name else (),
        births=births,
        sexes=(sex,) if sex else (),
        identifiers=(Identifier("ssn", social),) if social else (),
        addresses=(home,) if home else (),
        phones=(phone,) if phone else (),
    )


def features(persons: Sequence[Person], model: Model) -> Features:
    """Their features, in their order."""
    return features_of(code(said_by_persons(persons)), model.frequencies)


def keys(someone: Person, model: Model) -> set[tuple[int, FieldGroup]]:
    """The blocking keys of one record, with the groups that each is built from."""
    made = keys_of(features([someone], model), model)
    assert set(made.row.tolist()) <= {0}
    return {(key, FieldGroup(group)) for key, group in zip(made.key.tolist(), made.groups.tolist(), strict=True)}


def together(persons: Sequence[Person], model: Model) -> list[int]:
    """For each of `persons` the least position of somebody whom resolution takes for the same."""
    found: list[int] = resolve_all(said_by_persons(persons), model).person.tolist()
    return found
