"""What many records say of who they are about, in columns: the input of resolution.

Every field is multi-valued, in long form: `row` (int32, ascending) says which record a value belongs to. Text columns
are Arrow string arrays, null or empty where nothing was said; nothing in them is normalised yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from eyre.model.person import Birth, BirthBasis, Person
from eyre.normalise.birth import parse_birth_date

Int32 = NDArray[np.int32]
TextArray: TypeAlias = "pa.StringArray | pa.DictionaryArray[Any, Any]"
"""Texts, each by itself or, where files say the same over and over, coded by a dictionary without nulls."""


@dataclass(frozen=True)
class NameColumns:
    """Names in parts or, where the source does not part them, in `full`."""

    row: Int32
    given: TextArray
    middle: TextArray
    surname: TextArray
    suffix: TextArray
    full: TextArray


@dataclass(frozen=True)
class BirthColumns:
    """Birth intervals in days since 1970-01-01, both ends included. `digits` is the date as said, `yyyymmdd`, even if
    no calendar has that day (a slip of one digit is still evidence); 0 where only an age or a year was said."""

    row: Int32
    earliest: Int32
    latest: Int32
    digits: Int32


@dataclass(frozen=True)
class AddressColumns:
    """Addresses in parts or in `full`."""

    row: Int32
    full: TextArray
    house_number: TextArray
    street: TextArray
    unit: TextArray
    city: TextArray
    state: TextArray
    postal_code: TextArray


@dataclass(frozen=True)
class IdentifierColumns:
    """Typed numbers (`model.person.IDENTIFIER_TYPES`)."""

    row: Int32
    type: TextArray
    issuer: TextArray
    value: TextArray


@dataclass(frozen=True)
class TextColumn:
    """One text a value: sexes, phones, e-mail addresses."""

    row: Int32
    text: TextArray


@dataclass(frozen=True)
class SaidColumns:
    """`count` records, numbered from 0."""

    count: int
    names: NameColumns
    births: BirthColumns
    sexes: TextColumn
    identifiers: IdentifierColumns
    addresses: AddressColumns
    phones: TextColumn
    emails: TextColumn


_EPOCH = 719_163  # date(1970, 1, 1).toordinal()
_NO_TEXTS: pa.StringArray = pa.array([], type=pa.string())


def said_by_persons(persons: Sequence[Person]) -> SaidColumns:
    """The columns of `persons`, in their order. For what a store returns; a file's columns are taken as they are."""
    names = [(row, name) for row, person in enumerate(persons) for name in person.names]
    births = [(row, birth) for row, person in enumerate(persons) for birth in person.births]
    identifiers = [(row, each) for row, person in enumerate(persons) for each in person.identifiers]
    addresses = [(row, each) for row, person in enumerate(persons) for each in person.addresses]
    return SaidColumns(
        count=len(persons),
        names=NameColumns(
            row=_rows([row for row, _ in names]),
            given=_texts([name.given for _, name in names]),
            middle=_texts([name.middle for _, name in names]),
            surname=_texts([name.surname for _, name in names]),
            suffix=_texts([name.suffix for _, name in names]),
            full=_texts([name.full for _, name in names]),
        ),
        births=BirthColumns(
            row=_rows([row for row, _ in births]),
            earliest=_rows([birth.earliest.toordinal() - _EPOCH for _, birth in births]),
            latest=_rows([birth.latest.toordinal() - _EPOCH for _, birth in births]),
            digits=_rows([digits_of(birth) for _, birth in births]),
        ),
        sexes=_long([person.sexes for person in persons]),
        identifiers=IdentifierColumns(
            row=_rows([row for row, _ in identifiers]),
            type=_texts([each.type for _, each in identifiers]),
            issuer=_texts([each.issuer for _, each in identifiers]),
            value=_texts([each.value for _, each in identifiers]),
        ),
        addresses=AddressColumns(
            row=_rows([row for row, _ in addresses]),
            full=_texts([each.full for _, each in addresses]),
            house_number=_texts([each.house_number for _, each in addresses]),
            street=_texts([each.street for _, each in addresses]),
            unit=_texts([each.unit for _, each in addresses]),
            city=_texts([each.city for _, each in addresses]),
            state=_texts([each.state for _, each in addresses]),
            postal_code=_texts([each.postal_code for _, each in addresses]),
        ),
        phones=_long([person.phones for person in persons]),
        emails=_long([person.emails for person in persons]),
    )


def without_texts(said: SaidColumns) -> SaidColumns:
    """The rows and births alone, for whoever has coded the texts."""
    none = _texts(())
    return SaidColumns(
        count=said.count,
        names=NameColumns(said.names.row, *[none] * 5),
        births=said.births,
        sexes=TextColumn(said.sexes.row, none),
        identifiers=IdentifierColumns(said.identifiers.row, *[none] * 3),
        addresses=AddressColumns(said.addresses.row, *[none] * 7),
        phones=TextColumn(said.phones.row, none),
        emails=TextColumn(said.emails.row, none),
    )


def digits_of(birth: Birth) -> int:
    """A birth date as said, `yyyymmdd`: an exact one, or one that no calendar has, which its interval was made from."""
    if birth.earliest == birth.latest:
        return birth.earliest.year * 10_000 + birth.earliest.month * 100 + birth.earliest.day
    said = parse_birth_date(birth.said) if birth.basis is not BirthBasis.AGE else None
    if said and (said.earliest, said.latest) == (
        birth.earliest.toordinal() - _EPOCH,
        birth.latest.toordinal() - _EPOCH,
    ):
        return said.digits
    return 0


def _rows(values: Sequence[int]) -> Int32:
    return np.asarray(values, dtype=np.int32)


def _texts(values: Sequence[str]) -> pa.StringArray:
    return pa.array(values, type=pa.string()) if values else _NO_TEXTS


def _long(values: Sequence[Sequence[str]]) -> TextColumn:
    return TextColumn(
        row=_rows([row for row, texts in enumerate(values) for _ in texts]),
        text=_texts([text for texts in values for text in texts]),
    )
