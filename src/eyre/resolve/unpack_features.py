"""Records that `pack_features` made bytes of, in the layout that kernels read.

Equal words of different parts get one number, by their hashes, for kernels take two words to be the same when their
numbers are. A part that is not given is one that says nothing: what a view hides was never said.
"""

from typing import NamedTuple

import numpy as np

from eyre.resolve.kernel import called_kernel, kernel
from eyre.resolve.layout import (
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
    UInt8,
    UInt64,
    Words,
    units,
    word,
)
from eyre.resolve.packed_sizes import (
    BIRTH_BYTES,
    NAME_WORD,
    NUMBER_BYTES,
    PLACE_WORD,
    Sizes,
    find_parts,
    measure,
    read_number,
    read_short,
)
from eyre.resolve.sightings import NO_SIGHTINGS
from eyre.resolve.similarity import WIDTH

_FEW_WORDS = 1 << 10
"""Words that are too few to be trimmed: empty ones, which no record has, cost less than laying arrays flat again."""


def unpack_features(start: Int64, stop: Int64, body: UInt8) -> Features:
    """The features of records 0, 1, ...: record `i` is `body[start[i]:stop[i]]`, or says nothing if that is empty."""
    span = find_parts(start, stop, body)
    sizes = measure(span, body)
    features = _room_for(len(start), sizes)
    tables = (_table(sizes.name_words), _table(sizes.place_words))
    _fill(features, span, body, tables)
    if sizes.name_words + sizes.place_words < _FEW_WORDS:
        return features
    names = features.names._replace(words=_trimmed(features.names.words, tables[0]))
    addresses = features.addresses._replace(words=_trimmed(features.addresses.words, tables[1]))
    return features._replace(names=names, addresses=addresses)


class _Table(NamedTuple):
    """Words met so far: a hash table of their numbers (-1: free), and how many there are, and families of them; `code`:
    the numbers of the words of the part at hand."""

    slot: Int32
    used: Int64
    code: Int32


@called_kernel
def _number_of(words: Words, table: _Table, hashed: int) -> tuple[int, bool]:
    """The number of the word with this hash, and whether it is new."""
    mask = len(table.slot) - 1
    at = units(hashed & word(mask))
    while table.slot[at] >= 0:
        if words.hash[table.slot[at]] == hashed:
            return table.slot[at], False
        at = (at + 1) & mask
    table.slot[at] = table.used[0]
    table.used[0] += 1
    return table.slot[at], True


@called_kernel
def _take_words(words: Words, table: _Table, body: UInt8, at: int, named: bool) -> int:
    """Number the words of a part into the table's `code`; returns where they end."""
    many, at = read_short(body, at)
    for place in range(many):
        length = units(body[at])
        letters = at + 1
        at = letters + length
        number, new = _number_of(words, table, word(read_number(body, at, 8)))
        table.code[place] = number
        if new:
            words.length[number] = length
            for letter in range(length):
                words.letters[number, letter] = body[letters + letter]
            words.hash[number] = word(read_number(body, at, 8))
            words.bits[number] = read_number(body, at + 8, 4)
        if not named:
            at += PLACE_WORD
            continue
        some, families = read_short(body, at + NAME_WORD)
        if new:
            words.surname_bits[number] = read_number(body, at + 12, 4)
            words.sound[number] = word(read_number(body, at + 16, 8))
            words.sound_bits[number] = read_number(body, at + 24, 4)
            for family in range(some):
                words.family[table.used[1]] = word(read_number(body, families + 8 * family, 8))
                table.used[1] += 1
            words.family_offset[number + 1] = table.used[1]
        at = families + 8 * some
    return at


@called_kernel
def _code_of(code: Int32, place: int) -> int:
    return code[place - 1] if place > 0 else -1


@called_kernel
def _take_places(body: UInt8, at: int, code: Int32, out: Int32, used: int) -> tuple[int, int]:
    many, at = read_short(body, at)
    for token in range(many):
        place, at = read_short(body, at)
        out[used + token] = _code_of(code, place)
    return used + many, at


@called_kernel
def _take_names(f: NameFeatures, table: _Table, body: UInt8, at: int, first: int) -> int:
    """Fill in the names of a part from number `first` on; returns how many there are then."""
    at = _take_words(f.words, table, body, at, True)
    many, at = read_short(body, at)
    given, surname = f.given_offset[first], f.surname_offset[first]
    for name in range(first, first + many):
        f.generation[name] = read_number(body, at, 1)
        given, at = _take_places(body, at + 1, table.code, f.given, given)
        f.given_offset[name + 1] = given
        surname, at = _take_places(body, at, table.code, f.surname, surname)
        f.surname_offset[name + 1] = surname
        place, at = read_short(body, at)
        f.whole_surname[name] = _code_of(table.code, place)
    return first + many


@called_kernel
def _take_addresses(f: AddressFeatures, table: _Table, body: UInt8, at: int, first: int) -> int:
    at = _take_words(f.words, table, body, at, False)
    many, at = read_short(body, at)
    for home in range(first, first + many):
        for column in (f.house, f.street, f.unit, f.city, f.state, f.postal):
            place, at = read_short(body, at)
            column[home] = _code_of(table.code, place)
        f.bits[home] = read_number(body, at, 4)
        at += 4
    return first + many


@called_kernel
def _take_births(f: BirthFeatures, body: UInt8, at: int, stop: int, first: int) -> int:
    while at < stop:
        f.earliest[first] = read_number(body, at, 4)
        f.latest[first] = read_number(body, at + 4, 4)
        f.digits[first] = read_number(body, at + 8, 4)
        f.bits[first] = read_number(body, at + 12, 4)
        at += BIRTH_BYTES
        first += 1
    return first


@called_kernel
def _take_numbers(f: NumberFeatures, body: UInt8, at: int, stop: int, first: int) -> int:
    while at < stop:
        f.kind[first] = read_number(body, at, 1)
        f.scope[first] = word(read_number(body, at + 1, 8))
        f.hash[first] = word(read_number(body, at + 9, 8))
        f.digits[first] = read_number(body, at + 17, 8)
        at += NUMBER_BYTES
        first += 1
    return first


@called_kernel
def _take_contacts(f: Features, body: UInt8, at: int, stop: int, i: int) -> None:
    many, at = read_short(body, at)
    phone, email = f.phones.offset[i], f.emails.offset[i]
    for each in range(phone, phone + many):
        f.phones.value[each] = read_number(body, at, 8)
        at += 8
    while at < stop:
        f.emails.value[email] = word(read_number(body, at, 8))
        at += 8
        email += 1
    f.phones.offset[i + 1] = phone + many
    f.emails.offset[i + 1] = email


@kernel
def _fill(f: Features, span: Int64, body: UInt8, tables: tuple[_Table, _Table]) -> None:
    for i in range(len(span)):
        names, homes = f.names.offset[i], f.addresses.offset[i]
        f.phones.offset[i + 1], f.emails.offset[i + 1] = f.phones.offset[i], f.emails.offset[i]
        if span[i, 0, 0] < span[i, 0, 1]:
            names = _take_names(f.names, tables[0], body, span[i, 0, 0], names)
        f.names.offset[i + 1] = names
        f.births.offset[i + 1] = _take_births(f.births, body, span[i, 1, 0], span[i, 1, 1], f.births.offset[i])
        f.sex[i] = body[span[i, 2, 0]] if span[i, 2, 0] < span[i, 2, 1] else 0
        f.numbers.offset[i + 1] = _take_numbers(f.numbers, body, span[i, 3, 0], span[i, 3, 1], f.numbers.offset[i])
        if span[i, 4, 0] < span[i, 4, 1]:
            homes = _take_addresses(f.addresses, tables[1], body, span[i, 4, 0], homes)
        f.addresses.offset[i + 1] = homes
        if span[i, 5, 0] < span[i, 5, 1]:
            _take_contacts(f, body, span[i, 5, 0], span[i, 5, 1], i)


def _room_for(count: int, sizes: Sizes) -> Features:
    names, births, homes = sizes.names, sizes.births, sizes.addresses
    return Features(
        names=NameFeatures(
            offset=_offsets(count),
            given_offset=_offsets(names),
            given=_codes(sizes.given),
            surname_offset=_offsets(names),
            surname=_codes(sizes.surname),
            whole_surname=_codes(names),
            generation=_bytes(names),
            words=_room_for_words(sizes.name_words, sizes.families, named=True),
        ),
        births=BirthFeatures(_offsets(count), _codes(births), _codes(births), _codes(births), _codes(births)),
        sex=_bytes(count),
        numbers=NumberFeatures(
            offset=_offsets(count),
            kind=_bytes(sizes.numbers),
            scope=_hashes(sizes.numbers),
            hash=_hashes(sizes.numbers),
            digits=np.empty(sizes.numbers, dtype=np.int64),
        ),
        addresses=AddressFeatures(
            offset=_offsets(count),
            house=_codes(homes),
            street=_codes(homes),
            unit=_codes(homes),
            city=_codes(homes),
            state=_codes(homes),
            postal=_codes(homes),
            bits=_codes(homes),
            words=_room_for_words(sizes.place_words, 0, named=False),
        ),
        phones=PhoneFeatures(_offsets(count), np.empty(sizes.phones, dtype=np.int64)),
        emails=EmailFeatures(_offsets(count), _hashes(sizes.emails)),
        sightings=NO_SIGHTINGS,
    )


def _room_for_words(many: int, families: int, *, named: bool) -> Words:
    bits = _codes(many)
    return Words(
        letters=np.zeros((many, WIDTH), dtype=np.uint8),
        length=np.zeros(many, dtype=np.uint8),
        hash=_hashes(many),
        bits=bits,
        surname_bits=_codes(many) if named else bits,
        sound=_hashes(many if named else 0),
        sound_bits=_codes(many if named else 0),
        family_offset=_offsets(many if named else 0),
        family=_hashes(families),
    )


def _trimmed(words: Words, table: _Table) -> Words:
    """Without the room that equal words would have taken."""
    many, families = table.used.tolist()
    if many == len(words.hash):
        return words
    named = len(words.sound) > 0
    return Words(
        letters=words.letters[:many],
        length=words.length[:many],
        hash=words.hash[:many],
        bits=words.bits[:many],
        surname_bits=words.surname_bits[:many],
        sound=words.sound[: many if named else 0],
        sound_bits=words.sound_bits[: many if named else 0],
        family_offset=words.family_offset[: many + 1 if named else 1],
        family=words.family[:families],
    )


def _table(words: int) -> _Table:
    slots = 1 << max(4, (2 * words).bit_length())
    return _Table(np.full(slots, -1, dtype=np.int32), np.zeros(2, dtype=np.int64), _codes(words))


def _offsets(count: int) -> Int32:
    return np.zeros(count + 1, dtype=np.int32)


def _codes(count: int) -> Int32:
    return np.empty(count, dtype=np.int32)


def _hashes(count: int) -> UInt64:
    return np.empty(count, dtype=np.uint64)


def _bytes(count: int) -> Int8:
    return np.empty(count, dtype=np.int8)
