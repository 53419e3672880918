"""Features: what was said, normalised once per distinct value and laid out for kernels."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eyre.resolve.address_bits import address_bits
from eyre.resolve.code_addresses import code_addresses
from eyre.resolve.code_names import code_names
from eyre.resolve.code_numbers import code_emails, code_numbers, code_phones, code_sexes
from eyre.resolve.frequency import Frequencies
from eyre.resolve.in_threads import in_threads
from eyre.resolve.kernel import kernel
from eyre.resolve.layout import (
    SCALE,
    AddressFeatures,
    BirthFeatures,
    EmailFeatures,
    Features,
    Int8,
    Int32,
    Int64,
    NameFeatures,
    NumberFeatures,
    PhoneFeatures,
    UInt64,
    Words,
)
from eyre.resolve.lexicon import Lexicon, name_words, place_words
from eyre.resolve.ragged import Ragged, offsets_of_rows
from eyre.resolve.said import SaidColumns, without_texts
from eyre.resolve.sightings import NO_SIGHTINGS

_FEW = 1 << 12
"""Records that are coded sooner than threads are started."""


@dataclass(frozen=True)
class Coded:
    """Everything normalised and numbered, but for the bits, which a model's frequencies give. Of what was said `said`
    keeps rows and births, no texts."""

    said: SaidColumns
    name_lexicon: Lexicon
    place_lexicon: Lexicon
    given: Ragged
    surname: Ragged
    whole_surname: Int32
    generation: Int8
    sex: Int8
    number_kind: Int8
    number_scope: UInt64
    number_hash: UInt64
    number_digits: Int64
    places: dict[str, Int32]
    phone: Int64
    email: UInt64


def code(said: SaidColumns) -> Coded:
    """Normalise every distinct value once and number it. Linear in the records, and in Python only in the distinct.
    Names, which take longest, are coded beside all the rest."""
    name_lexicon, place_lexicon = Lexicon(), Lexicon()
    names, places, numbers, phone, email, sex = _made(
        said.count,
        (
            lambda: code_names(said.names, name_lexicon),
            lambda: code_addresses(said.addresses, place_lexicon),
            lambda: code_numbers(said.identifiers),
            lambda: code_phones(said.phones),
            lambda: code_emails(said.emails),
            lambda: code_sexes(said),
        ),
    )
    return Coded(
        said=without_texts(said),
        name_lexicon=name_lexicon,
        place_lexicon=place_lexicon,
        given=names.given,
        surname=names.surname,
        whole_surname=names.whole_surname,
        generation=names.generation,
        sex=sex,
        number_kind=numbers.kind,
        number_scope=numbers.scope,
        number_hash=numbers.hash,
        number_digits=numbers.digits,
        places=places,
        phone=phone,
        email=email,
    )


def features_of(coded: Coded, frequencies: Frequencies) -> Features:
    """The layout for kernels, with each word's bits under `frequencies`."""
    said = coded.said
    count = said.count
    offsets, births, (places, bits), names = _made(
        count,
        (
            lambda: [offsets_of_rows(each.row, count) for each in _long_columns(said)],
            lambda: _birth_bits(said.births.digits, frequencies),
            lambda: _places(coded, frequencies),
            lambda: name_words(coded.name_lexicon.words, frequencies),
        ),
    )
    of_names, of_births, of_numbers, of_addresses, of_phones, of_emails = offsets
    return Features(
        names=NameFeatures(
            offset=of_names,
            given_offset=coded.given.offset,
            given=coded.given.flat,
            surname_offset=coded.surname.offset,
            surname=coded.surname.flat,
            whole_surname=coded.whole_surname,
            generation=coded.generation,
            words=names,
        ),
        births=BirthFeatures(
            offset=of_births,
            earliest=said.births.earliest,
            latest=said.births.latest,
            digits=said.births.digits,
            bits=births,
        ),
        sex=coded.sex,
        numbers=NumberFeatures(
            offset=of_numbers,
            kind=coded.number_kind,
            scope=coded.number_scope,
            hash=coded.number_hash,
            digits=coded.number_digits,
        ),
        addresses=AddressFeatures(offset=of_addresses, **coded.places, bits=bits, words=places),
        phones=PhoneFeatures(of_phones, coded.phone),
        emails=EmailFeatures(of_emails, coded.email),
        sightings=NO_SIGHTINGS,
    )


def _made(count: int, parts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each part makes; side by side, unless there are few records."""
    return [part() for part in parts] if count < _FEW else in_threads(lambda part: part(), parts)


def _long_columns(said: SaidColumns) -> tuple[Any, ...]:
    return said.names, said.births, said.identifiers, said.addresses, said.phones, said.emails


def _places(coded: Coded, frequencies: Frequencies) -> tuple[Words, Int32]:
    """The table of address parts, and the bits of each address."""
    lexicon, places = coded.place_lexicon, coded.places
    words = place_words(lexicon.words, frequencies)
    return words, address_bits(places["street"], places["house"], words.bits, lexicon, frequencies)


def birth_rarity(frequencies: Frequencies) -> tuple[int, int]:
    """The bits of a birth date on 1 January, which is common, for it stands for *not known*, and of any other."""
    year = np.log2(frequencies.years)
    first = -np.log2(frequencies.january_first)
    other = -np.log2((1.0 - frequencies.january_first) / 365.25)
    return round((year + first) * SCALE), round((year + other) * SCALE)


def _birth_bits(digits: Int32, frequencies: Frequencies) -> Int32:
    """Rarity of each full date."""
    bits = np.empty(len(digits), dtype=np.int32)
    _fill_birth_bits(digits, birth_rarity(frequencies), bits)
    return bits


@kernel
def _fill_birth_bits(digits: Int32, rarity: tuple[int, int], bits: Int32) -> None:
    """`rarity`: of 1 January and of any other day."""
    for i in range(len(bits)):
        rare = rarity[0] if digits[i] % 10_000 == 101 else rarity[1]
        bits[i] = rare if digits[i] > 0 else 0
