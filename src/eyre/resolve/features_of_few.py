"""Features of a few persons, value by value: what `features.features_of` gives of many in columns, without the columns,
whose setting up takes longer than all that one record says.

The parsers of `normalise` say what a value means, here as there; a test holds both to the same bytes.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import log2
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eyre.model.person import Address, Birth, Identifier, Person, PersonName
from eyre.normalise.address import NOWHERE, parse_full_address, parse_house_number, parse_postal_code, parse_street
from eyre.normalise.email import parse_email
from eyre.normalise.identifier import parse_identifier, parse_ssn
from eyre.normalise.name import (
    NOBODIES,
    NOBODY,
    NameTokens,
    generation_of,
    name_tokens,
    parse_full_name,
    strip_generation,
)
from eyre.normalise.phone import parse_phone
from eyre.normalise.sex import parse_sex
from eyre.normalise.text import fold
from eyre.normalise.us_state import state_code
from eyre.resolve.code_numbers import NUMBER_KINDS
from eyre.resolve.features import birth_rarity, code, features_of
from eyre.resolve.frequency import HOUSE_BITS, MOST_ADDRESS_BITS, Frequencies
from eyre.resolve.layout import (
    SCALE,
    AddressFeatures,
    BirthFeatures,
    EmailFeatures,
    Features,
    Int32,
    NameFeatures,
    NumberFeatures,
    PhoneFeatures,
)
from eyre.resolve.lexicon import CITY, OTHER, POSTAL, STREET
from eyre.resolve.said import digits_of, said_by_persons
from eyre.resolve.sightings import NO_SIGHTINGS
from eyre.resolve.text_hash import hash_text
from eyre.resolve.words_of_few import NameWord, PlaceWord, table_of_names, table_of_places

FEW = 16
"""Persons from which on columns are sooner done."""

_EPOCH = 719_163  # date(1970, 1, 1).toordinal()
_NONE = -1


def features_of_persons(persons: Sequence[Person], frequencies: Frequencies) -> Features:
    """What is compared of `persons`, in their order, be they few or many."""
    if len(persons) < FEW:
        return features_of_few(persons, frequencies)
    return features_of(code(said_by_persons(persons)), frequencies)


def features_of_few(persons: Sequence[Person], frequencies: Frequencies) -> Features:
    """What is compared of a few persons."""
    return Features(
        names=_names(persons, frequencies),
        births=_births(persons, frequencies),
        sex=np.array([_sex(person.sexes) for person in persons], dtype=np.int8),
        numbers=_numbers(persons),
        addresses=_addresses(persons, frequencies),
        phones=PhoneFeatures(
            _offsets([person.phones for person in persons]),
            np.array([parse_phone(text) for person in persons for text in person.phones], dtype=np.int64),
        ),
        emails=EmailFeatures(
            _offsets([person.emails for person in persons]),
            np.array([_email(text) for person in persons for text in person.emails], dtype=np.uint64),
        ),
        sightings=NO_SIGHTINGS,
    )


def _offsets(rows: Sequence[Sequence[Any]]) -> Int32:
    return np.array(list(accumulate(map(len, rows), initial=0)), dtype=np.int32)


def _names(persons: Sequence[Person], frequencies: Frequencies) -> NameFeatures:
    number_of: dict[str, int] = {}
    said = [_tokens(name) for person in persons for name in person.names]
    given = [[number_of.setdefault(word, len(number_of)) if word else _NONE for word in name.given] for name in said]
    surname = [[number_of.setdefault(word, len(number_of)) for word in name.surname] for name in said]
    whole = [number_of.setdefault("".join(name.surname), len(number_of)) if name.surname else _NONE for name in said]
    return NameFeatures(
        offset=_offsets([person.names for person in persons]),
        given_offset=_offsets(given),
        given=_flat(given),
        surname_offset=_offsets(surname),
        surname=_flat(surname),
        whole_surname=np.array(whole, dtype=np.int32),
        generation=np.array([name.generation for name in said], dtype=np.int8),
        words=table_of_names([NameWord.of(word, frequencies) for word in number_of]),
    )


def _flat(rows: Sequence[Sequence[int]]) -> Int32:
    return np.array([number for row in rows for number in row], dtype=np.int32)


def _tokens(name: PersonName) -> NameTokens:
    """The words of a name; before a middle name without a given name an empty one. A full name counts only where no
    part was said, and nobodies have a generation at most."""
    given, first = strip_generation(name_tokens(name.given))
    middle, _ = strip_generation(name_tokens(name.middle))
    surname, last = strip_generation(name_tokens(name.surname))
    generation = generation_of(name.suffix) or last or first
    given = (given or ("",)) + middle if middle else given
    if not given and not surname and name.full:
        given, surname, said = parse_full_name(name.full)
        generation = generation or said
    if given and len(surname) == 1 and (given[0], surname[0]) in NOBODIES:
        return NOBODY._replace(generation=generation)
    return NameTokens(given, surname, generation)


def _births(persons: Sequence[Person], frequencies: Frequencies) -> BirthFeatures:
    births = [birth for person in persons for birth in person.births]
    digits = [digits_of(birth) for birth in births]
    first, other = birth_rarity(frequencies)
    bits = [0 if not date else first if date % 10_000 == 101 else other for date in digits]
    return BirthFeatures(
        offset=_offsets([person.births for person in persons]),
        earliest=np.array([_day(birth, last=False) for birth in births], dtype=np.int32),
        latest=np.array([_day(birth, last=True) for birth in births], dtype=np.int32),
        digits=np.array(digits, dtype=np.int32),
        bits=np.array(bits, dtype=np.int32),
    )


def _day(birth: Birth, *, last: bool) -> int:
    return (birth.latest if last else birth.earliest).toordinal() - _EPOCH


def _sex(texts: Sequence[str]) -> int:
    sex = 0
    for text in texts:
        sex |= parse_sex(text)
    return sex


def _email(text: str) -> int:
    address = parse_email(text)
    return hash_text(f"email:{address}") if address else 0


def _numbers(persons: Sequence[Person]) -> NumberFeatures:
    said = [_number(each) for person in persons for each in person.identifiers]
    return NumberFeatures(
        offset=_offsets([person.identifiers for person in persons]),
        kind=np.array([kind for kind, _, _, _ in said], dtype=np.int8),
        scope=_hashes([scope for _, scope, _, _ in said]),
        hash=_hashes([hashed for _, _, hashed, _ in said]),
        digits=np.array([digits for _, _, _, digits in said], dtype=np.int64),
    )


def _hashes(values: Sequence[int]) -> NDArray[np.uint64]:
    return np.array(values, dtype=np.uint64)


def _number(said: Identifier) -> tuple[int, int, int, int]:
    """Kind, scope, hash (0 for a placeholder) and digits (of a social security number)."""
    is_ssn = said.type == "ssn"
    scope = hash_text(f"{said.type}:{fold(said.issuer)}")
    value = parse_ssn(said.value) if is_ssn else parse_identifier(said.value)
    hashed = hash_text(value.lstrip("0") or value) if value else 0
    digits = int(value or 0) if is_ssn else 0
    return NUMBER_KINDS.index(said.type), scope, hashed ^ scope if hashed else 0, digits


def _addresses(persons: Sequence[Person], frequencies: Frequencies) -> AddressFeatures:
    number_of: dict[str, int] = {}
    said = [tuple(_parts(each)) for person in persons for each in person.addresses]
    places = [[number_of.setdefault(word, len(number_of)) if word else _NONE for word in parts] for parts in said]
    house, street, unit, city, state, postal = np.array(places, dtype=np.int32).reshape(-1, 6).T.copy()
    words = [PlaceWord.of(word, frequencies) for word in number_of]
    bits = [
        _address_bits(parts[0], parts[1], words[numbers[1]].bits, frequencies) if parts[0] and parts[1] else 0
        for parts, numbers in zip(said, places, strict=True)
    ]
    offset = _offsets([person.addresses for person in persons])
    rarity, table = np.array(bits, dtype=np.int32), table_of_places(words)
    return AddressFeatures(offset, house, street, unit, city, state, postal, rarity, table)


def _parts(said: Address) -> Iterator[str]:
    """House, street, unit, city, state and postal code, each after its role in the lexicon; empty for none. A full
    address counts only for the parts that were not said."""
    full = parse_full_address(said.full) if said.full else NOWHERE
    parts = (
        (OTHER, parse_house_number(said.house_number) or full.house),
        (STREET, parse_street(said.street) or full.street),
        (OTHER, fold(said.unit).replace(" ", "") or full.unit),
        (CITY, fold(said.city) or full.city),
        (OTHER, state_code(said.state) or full.state),
        (POSTAL, parse_postal_code(said.postal_code) or full.postal_code),
    )
    return (f"{role}:{part}" if part else "" for role, part in parts)


def _address_bits(house: str, street: str, rarity: int, frequencies: Frequencies) -> int:
    """Of house and street together; an address that is known to house many is as common as its residents."""
    bits = min(rarity + round(HOUSE_BITS * SCALE), round(MOST_ADDRESS_BITS * SCALE))
    if not frequencies.address:
        return bits
    share = frequencies.address.get(f"{house.partition(':')[2]} {street.partition(':')[2]}")
    return bits if share is None else min(bits, round(-log2(share) * SCALE))
