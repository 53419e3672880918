"""Features: what was said, normalised once per distinct value and laid out for kernels."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from eyre.normalise.address import parse_full_address, parse_house_number, parse_postal_code, parse_street
from eyre.normalise.email import parse_email
from eyre.normalise.identifier import parse_identifier, parse_ssn
from eyre.normalise.name import (
    NOBODIES,
    generation_of,
    name_tokens,
    parse_full_name,
    strip_generation,
)
from eyre.normalise.phone import parse_phone
from eyre.normalise.sex import parse_sex
from eyre.normalise.text import fold
from eyre.normalise.us_state import state_code
from eyre.resolve.frequency import HOUSE_BITS, MOST_ADDRESS_BITS, Frequencies
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
from eyre.resolve.lexicon import CITY, OTHER, POSTAL, STREET, Lexicon, name_words, place_words
from eyre.resolve.ragged import Ragged, distinct, join, offsets_of_rows, ragged_of, take
from eyre.resolve.said import (
    AddressColumns,
    IdentifierColumns,
    NameColumns,
    SaidColumns,
    TextColumn,
    without_texts,
)
from eyre.resolve.text_hash import hash_texts

NUMBER_KINDS = ("ssn", "sid", "fbi", "driver_licence", "doc", "subject", "party", "supervision", "person")
_NONE = -1


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
    """Normalise every distinct value once and number it. Linear in the records, and in Python only in the distinct."""
    names = Lexicon()
    places = Lexicon()
    given, surname, whole, generation = _code_names(said.names, names)
    kind, scope, number, digits = _code_numbers(said.identifiers)
    return Coded(
        said=without_texts(said),
        name_lexicon=names,
        place_lexicon=places,
        given=given,
        surname=surname,
        whole_surname=whole,
        generation=generation,
        sex=_code_sexes(said),
        number_kind=kind,
        number_scope=scope,
        number_hash=number,
        number_digits=digits,
        places=_code_addresses(said.addresses, places),
        phone=_parsed(said.phones, parse_phone).astype(np.int64),
        email=_emails(said.emails),
    )


def features_of(coded: Coded, frequencies: Frequencies) -> Features:
    """The layout for kernels, with each word's bits under `frequencies`."""
    said = coded.said
    count = said.count
    places = place_words(coded.place_lexicon.words, frequencies)
    return Features(
        names=NameFeatures(
            offset=offsets_of_rows(said.names.row, count),
            given_offset=coded.given.offset,
            given=coded.given.flat,
            surname_offset=coded.surname.offset,
            surname=coded.surname.flat,
            whole_surname=coded.whole_surname,
            generation=coded.generation,
            words=name_words(coded.name_lexicon.words, frequencies),
        ),
        births=BirthFeatures(
            offset=offsets_of_rows(said.births.row, count),
            earliest=said.births.earliest,
            latest=said.births.latest,
            digits=said.births.digits,
            bits=_birth_bits(said.births.digits, frequencies),
        ),
        sex=coded.sex,
        numbers=NumberFeatures(
            offset=offsets_of_rows(said.identifiers.row, count),
            kind=coded.number_kind,
            scope=coded.number_scope,
            hash=coded.number_hash,
            digits=coded.number_digits,
        ),
        addresses=AddressFeatures(
            offset=offsets_of_rows(said.addresses.row, count),
            **coded.places,
            bits=_address_bits(coded, places, frequencies),
            words=places,
        ),
        phones=PhoneFeatures(offsets_of_rows(said.phones.row, count), coded.phone),
        emails=EmailFeatures(offsets_of_rows(said.emails.row, count), coded.email),
    )


def _code_names(said: NameColumns, lexicon: Lexicon) -> tuple[Ragged, Ragged, Int32, Int8]:
    first, first_generation = _code_name_field(said.given, lexicon)
    middle, _ = _code_name_field(said.middle, lexicon)
    surname, last_generation = _code_name_field(said.surname, lexicon)
    suffix_codes, suffixes = distinct(said.suffix)
    suffix = np.array([generation_of(text) for text in suffixes] or [0], dtype=np.int8)[suffix_codes]
    given = join(_held_open(first, np.diff(middle.offset) > 0), middle)
    parted = (np.diff(given.offset) > 0) | (np.diff(surname.offset) > 0)
    full_given, full_surname, full_generation = _code_full_names(said, parted, lexicon)
    given = join(given, full_given)
    surname = join(surname, full_surname)
    generation = np.where(suffix > 0, suffix, np.where(last_generation > 0, last_generation, first_generation))
    generation = np.where(generation > 0, generation, full_generation).astype(np.int8)
    given, surname = _without_nobodies(given, surname, lexicon)
    return given, surname, _whole_surnames(surname, lexicon), generation


def _code_name_field(texts: Any, lexicon: Lexicon) -> tuple[Ragged, Int8]:
    codes, values = distinct(texts)
    parsed = [strip_generation(name_tokens(value)) for value in values]
    tokens = ragged_of([lexicon.numbers(words) for words, _ in parsed])
    generations = np.array([generation for _, generation in parsed] or [0], dtype=np.int8)
    return take(tokens, codes), generations[codes]


def _held_open(first: Ragged, needed: NDArray[np.bool_]) -> Ragged:
    """Where a middle name was said without a given name, -1 stands for the given name, so that the middle name does not
    pass for it."""
    missing = needed & (np.diff(first.offset) == 0)
    if not missing.any():
        return first
    offset = np.concatenate(([0], np.cumsum(missing))).astype(np.int32)
    return join(Ragged(offset, np.full(int(offset[-1]), _NONE, dtype=np.int32)), first)


def _code_full_names(said: NameColumns, parted: NDArray[np.bool_], lexicon: Lexicon) -> tuple[Ragged, Ragged, Int8]:
    codes, values = distinct(said.full)
    needed = np.unique(codes[~parted])
    empty = parse_full_name("")
    parsed = [empty] * (len(values) + 1)
    for at in needed:
        parsed[at] = parse_full_name(values[at])
    rows = np.where(parted, len(values), codes).astype(np.int32)
    given = ragged_of([lexicon.numbers(name.given) for name in parsed])
    surname = ragged_of([lexicon.numbers(name.surname) for name in parsed])
    generation = np.array([name.generation for name in parsed], dtype=np.int8)
    return take(given, rows), take(surname, rows), generation[rows]


def _without_nobodies(given: Ragged, surname: Ragged, lexicon: Lexicon) -> tuple[Ragged, Ragged]:
    """`John Doe` and its like are no names: their tokens go."""
    single = (np.diff(given.offset) > 0) & (np.diff(surname.offset) == 1)
    if not len(single) or not len(given.flat) or not len(surname.flat):
        return given, surname
    firsts = given.flat[np.minimum(given.offset[:-1], len(given.flat) - 1)]
    lasts = surname.flat[np.minimum(surname.offset[:-1], len(surname.flat) - 1)]
    nobody = np.zeros(len(single), dtype=bool)
    for first, last in NOBODIES:
        nobody |= single & (firsts == lexicon.number(first)) & (lasts == lexicon.number(last))
    if not nobody.any():
        return given, surname
    return _emptied(given, nobody), _emptied(surname, nobody)


def _emptied(source: Ragged, rows: NDArray[np.bool_]) -> Ragged:
    keep = Ragged(np.append(source.offset, source.offset[-1]), source.flat)
    names = np.arange(len(rows), dtype=np.int32)
    return take(keep, np.where(rows, len(rows), names).astype(np.int32))


def _whole_surnames(surname: Ragged, lexicon: Lexicon) -> Int32:
    """The surname written in one (`van der berg` and `vanderberg` are then the same word); -1 without one."""
    lengths = np.diff(surname.offset)
    whole = np.full(len(lengths), _NONE, dtype=np.int32)
    whole[lengths == 1] = surname.flat[surname.offset[:-1][lengths == 1]]
    for name in np.flatnonzero(lengths > 1):
        tokens = surname.flat[surname.offset[name] : surname.offset[name + 1]]
        whole[name] = lexicon.number("".join(lexicon.words[token] for token in tokens))
    return whole


def _code_sexes(said: SaidColumns) -> Int8:
    codes, values = distinct(said.sexes.text)
    bits = np.array([parse_sex(value) for value in values] or [0], dtype=np.int8)[codes]
    sex = np.zeros(said.count, dtype=np.int8)
    np.bitwise_or.at(sex, said.sexes.row, bits)
    return sex


def _code_numbers(said: IdentifierColumns) -> tuple[Int8, UInt64, UInt64, Int64]:
    """Kind, scope, hash (0 for a placeholder) and digits (of a social security number) of each identifier."""
    type_codes, types = distinct(said.type)
    issuer_codes, issuers = distinct(said.issuer)
    value_codes, values = distinct(said.value)
    kind = np.array([NUMBER_KINDS.index(each) for each in types] or [0], dtype=np.int8)[type_codes]
    scope_code, scope_row = np.unique(
        type_codes.astype(np.int64) * (len(issuers) + 1) + issuer_codes, return_inverse=True
    )
    names = [f"{types[each // (len(issuers) + 1)]}:{fold(issuers[each % (len(issuers) + 1)])}" for each in scope_code]
    scope = hash_texts(names)[scope_row]
    as_ssn = kind == NUMBER_KINDS.index("ssn")
    hashes, digits = _parsed_numbers(value_codes, values, as_ssn)
    known = hashes != 0
    hashes[known] ^= scope[known]
    return kind, scope, hashes, digits


def _parsed_numbers(codes: Int32, values: list[str], as_ssn: NDArray[np.bool_]) -> tuple[UInt64, Int64]:
    """Hash and digits of each value, read as a social security number or as any other; 0 for a placeholder."""
    hashes = np.zeros(len(codes), dtype=np.uint64)
    digits = np.zeros(len(codes), dtype=np.int64)
    for rows, parse in ((as_ssn, parse_ssn), (~as_ssn, parse_identifier)):
        used = np.zeros(len(values), dtype=bool)
        used[codes[rows]] = True
        parsed = [parse(value) if wanted else "" for value, wanted in zip(values, used.tolist(), strict=True)]
        hashed = hash_texts([value.lstrip("0") or value for value in parsed])
        hashed[np.array([not value for value in parsed], dtype=bool)] = 0
        hashes[rows] = hashed[codes[rows]]
        if parse is parse_ssn:
            digits[rows] = np.array([int(value or 0) for value in parsed] or [0], dtype=np.int64)[codes[rows]]
    return hashes, digits


def _code_addresses(said: AddressColumns, lexicon: Lexicon) -> dict[str, Int32]:
    full_codes, fulls = distinct(said.full)
    parsed = [parse_full_address(full) for full in fulls]
    columns: dict[str, tuple[Any, Callable[[str], str], str, list[str]]] = {
        "house": (said.house_number, parse_house_number, OTHER, [value.house for value in parsed]),
        "street": (said.street, parse_street, STREET, [value.street for value in parsed]),
        "unit": (said.unit, lambda text: fold(text).replace(" ", ""), OTHER, [value.unit for value in parsed]),
        "city": (said.city, fold, CITY, [value.city for value in parsed]),
        "state": (said.state, state_code, OTHER, [value.state for value in parsed]),
        "postal": (said.postal_code, parse_postal_code, POSTAL, [value.postal_code for value in parsed]),
    }
    coded: dict[str, Int32] = {}
    for name, (column, parse, role, from_full) in columns.items():
        codes, values = distinct(column)
        numbers = np.array([_place(lexicon, role, parse(value)) for value in values] or [_NONE], dtype=np.int32)[codes]
        fallback = np.array([_place(lexicon, role, value) for value in from_full] or [_NONE], dtype=np.int32)
        coded[name] = np.where(numbers >= 0, numbers, fallback[full_codes]).astype(np.int32)
    return coded


def _place(lexicon: Lexicon, role: str, value: str) -> int:
    return lexicon.number(f"{role}:{value}") if value else _NONE


def _parsed(column: TextColumn, parse: Callable[[str], int]) -> Int64:
    codes, values = distinct(column.text)
    return np.array([parse(value) for value in values] or [0], dtype=np.int64)[codes]


def _emails(column: TextColumn) -> UInt64:
    codes, values = distinct(column.text)
    parsed = [parse_email(value) for value in values]
    hashes = hash_texts([f"email:{value}" for value in parsed])
    hashes[np.array([not value for value in parsed], dtype=bool)] = 0
    return hashes[codes]


def _address_bits(coded: Coded, places: Words, frequencies: Frequencies) -> Int32:
    """Rarity of house and street together; an address that is known to house many is as common as its residents."""
    street, house = coded.places["street"], coded.places["house"]
    both = (street >= 0) & (house >= 0)
    bits = np.zeros(len(street), dtype=np.int32)
    most = round(MOST_ADDRESS_BITS * SCALE)
    bits[both] = np.minimum(places.bits[street[both]] + round(HOUSE_BITS * SCALE), most)
    if frequencies.address:
        words = coded.place_lexicon.words
        known = np.flatnonzero(both)[_may_be_known(house[both], words, frequencies)]
        pairs, at = np.unique(street[known].astype(np.int64) << 32 | house[known], return_inverse=True)
        names = [address_name(words[pair & 0xFFFFFFFF], words[pair >> 32]) for pair in pairs.tolist()]
        rare = 2.0**-MOST_ADDRESS_BITS
        said = np.array([round(-log2(frequencies.address.get(name, rare)) * SCALE) for name in names], dtype=np.int32)
        bits[known] = np.minimum(bits[known], said[at])
    return bits


def _may_be_known(house: Int32, words: Sequence[str], frequencies: Frequencies) -> NDArray[np.bool_]:
    """Where a house's number is that of an address whose frequency is known: of a million addresses a few are."""
    parts = (name.split(" ") for name in frequencies.address)
    begins = {" ".join(part[:many]) for part in parts for many in range(1, len(part))}
    candidate = np.zeros(len(words), dtype=bool)
    numbers = np.unique(house)
    candidate[numbers] = [words[number].partition(":")[2] in begins for number in numbers.tolist()]
    return cast(NDArray[np.bool_], candidate[house])


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
