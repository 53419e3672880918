"""Features: what was said, normalised once per distinct value and laid out for kernels."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from math import log2
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from eyre.resolve.code_addresses import code_addresses
from eyre.resolve.code_names import code_names
from eyre.resolve.code_numbers import code_emails, code_numbers, code_phones, code_sexes
from eyre.resolve.frequency import HOUSE_BITS, MOST_ADDRESS_BITS, Frequencies
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
    )


def _made(count: int, parts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each part makes; side by side, unless there are few records."""
    return [part() for part in parts] if count < _FEW else in_threads(lambda part: part(), parts)


def _long_columns(said: SaidColumns) -> tuple[Any, ...]:
    return said.names, said.births, said.identifiers, said.addresses, said.phones, said.emails


def _places(coded: Coded, frequencies: Frequencies) -> tuple[Words, Int32]:
    """The table of address parts, and the bits of each address."""
    words = place_words(coded.place_lexicon.words, frequencies)
    return words, _address_bits(coded, words, frequencies)


def _address_bits(coded: Coded, places: Words, frequencies: Frequencies) -> Int32:
    """Rarity of house and street together; an address that is known to house many is as common as its residents."""
    street, house = coded.places["street"], coded.places["house"]
    bits = np.zeros(len(street), dtype=np.int32)
    _fill_address_bits(street, house, places.bits, (round(HOUSE_BITS * SCALE), round(MOST_ADDRESS_BITS * SCALE)), bits)
    if frequencies.address:
        words = coded.place_lexicon.words
        known = np.flatnonzero(_may_be_known(street, house, words, frequencies))
        pairs, at = np.unique(street[known].astype(np.int64) << 32 | house[known], return_inverse=True)
        names = [address_name(words[pair & 0xFFFFFFFF], words[pair >> 32]) for pair in pairs.tolist()]
        rare = 2.0**-MOST_ADDRESS_BITS
        said = np.array([round(-log2(frequencies.address.get(name, rare)) * SCALE) for name in names], dtype=np.int32)
        bits[known] = np.minimum(bits[known], said[at])
    return bits


def _may_be_known(street: Int32, house: Int32, words: Sequence[str], frequencies: Frequencies) -> NDArray[np.bool_]:
    """Where house and street may be those of an address whose frequency is known: of a million addresses a few are."""
    parts = [name.split(" ") for name in frequencies.address]
    cuts = [(part, at) for part in parts for at in range(1, len(part))]
    of_house = _is_one_of(house, words, {" ".join(part[:at]) for part, at in cuts})
    return of_house & _is_one_of(street, words, {" ".join(part[at:]) for part, at in cuts})


def _is_one_of(numbers: Int32, words: Sequence[str], wanted: Set[str]) -> NDArray[np.bool_]:
    """Where a number, -1 for none, is that of a word that says one of `wanted`."""
    found = np.zeros(len(words) + 1, dtype=bool)  # the last stands for -1
    found[numbers] = True
    used = np.flatnonzero(found[:-1])
    found[used] = [words[number].partition(":")[2] in wanted for number in used.tolist()]
    found[-1] = False
    return cast(NDArray[np.bool_], found[numbers])


@kernel
def _fill_address_bits(street: Int32, house: Int32, rarity: Int32, settings: tuple[int, int], bits: Int32) -> None:
    """`settings`: the bits of a house, and the most of an address."""
    for i in range(len(bits)):
        if street[i] >= 0 and house[i] >= 0:
            bits[i] = min(rarity[street[i]] + settings[0], settings[1])


def address_name(house: str, street: str) -> str:
    """What `Frequencies.address` calls an address, from the lexicon's words for its parts."""
    return f"{house.partition(':')[2]} {street.partition(':')[2]}"


def _birth_bits(digits: Int32, frequencies: Frequencies) -> Int32:
    """Rarity of each full date: 1 January is common, for it stands for *not known*."""
    year = np.log2(frequencies.years)
    first = -np.log2(frequencies.january_first)
    other = -np.log2((1.0 - frequencies.january_first) / 365.25)
    bits = np.where(digits % 10_000 == 101, year + first, year + other)
    return np.round(np.where(digits > 0, bits, 0.0) * SCALE).astype(np.int32)
