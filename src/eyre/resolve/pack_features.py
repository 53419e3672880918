"""Features as bytes: what resolution compares of a record, to be kept beside what was said.

They are in parts, one a field group. A part is a pure function of what was said in its group and of the frozen model;
`unpack_features` makes of any parts of any records what `features_of` would have made of what these said. The bytes
of a record begin with the lengths of its parts, four bytes each in the order of `PART_GROUPS`; a group that says
nothing, or that a view hides, has none. Numbers are little-endian; counts and places in a list are LEB128. Words stand
in the part that uses them, each once::

    name        words, names: generation, given tokens, surname tokens, whole surname
    birth       earliest, latest, digits, bits                 each
    sex         bits of `normalise.sex`
    identifier  kind, scope, hash, digits                      each
    address     words, addresses: six words and bits           each
    contact     telephone numbers, then e-mail addresses

A field that `Features` gains is written here and read in `unpack_features`, at the same place; the version of the keys
(`service.keys_version`) tells a store that its parts are to be made anew.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from eyre.model.field_group import FieldGroup
from eyre.resolve.kernel import called_kernel, kernel
from eyre.resolve.layout import (
    AddressFeatures,
    BirthFeatures,
    Features,
    Int8,
    Int32,
    Int64,
    NameFeatures,
    NumberFeatures,
    UInt8,
    Words,
    units,
)

PART_GROUPS = (
    FieldGroup.NAME,
    FieldGroup.BIRTH,
    FieldGroup.SEX,
    FieldGroup.IDENTIFIER,
    FieldGroup.ADDRESS,
    FieldGroup.CONTACT,
)
"""The groups of parts, in the order in which a record has them."""

HEAD = 4 * len(PART_GROUPS)
"""Bytes that the lengths of a record's parts take."""

_SHORT = 5  # bytes that a count or a place takes at most
_WORD = 1 + 24 + 8 + 4 + 4 + 8 + 4 + _SHORT
_MARGIN = 2 * _SHORT


class PackedFeatures(NamedTuple):
    """Records 0, 1, ... end to end: record `i` is `body[offset[i]:offset[i + 1]]`."""

    offset: Int64
    body: UInt8


def pack_features(features: Features) -> PackedFeatures:
    """Every record."""
    offset = np.zeros(len(features.sex) + 1, dtype=np.int64)
    body = np.empty(_most_bytes(features), dtype=np.uint8)
    seen = np.empty(1 + _most_tokens(features), dtype=np.int32)
    used = _pack(features, offset, body, seen)
    return PackedFeatures(offset, body[:used])


def each_record(packed: PackedFeatures) -> list[bytes]:
    """The bytes of each record."""
    body = packed.body.tobytes()
    return [body[start:stop] for start, stop in pairwise(packed.offset.tolist())]


def _most_bytes(f: Features) -> int:
    """Room that is always enough."""
    tokens = len(f.names.given) + len(f.names.surname) + len(f.names.whole_surname)
    families = int(np.diff(f.names.words.family_offset).max(initial=0))
    return (
        tokens * (_WORD + 8 * families + _SHORT)
        + len(f.names.generation) * (1 + 3 * _SHORT)
        + len(f.births.digits) * 16
        + len(f.numbers.kind) * 25
        + len(f.addresses.street) * (6 * (_WORD + _SHORT) + 4)
        + len(f.phones.value) * 8
        + len(f.emails.value) * 8
        + len(f.sex) * (1 + 3 * _MARGIN + HEAD)
    )


def _most_tokens(f: Features) -> int:
    """Words that one record may use."""
    names = np.diff(f.names.given_offset[f.names.offset]) + np.diff(f.names.surname_offset[f.names.offset])
    whole, homes = np.diff(f.names.offset), np.diff(f.addresses.offset)
    return int(max((names + whole).max(initial=0), 6 * homes.max(initial=0)))


@called_kernel
def _put_number(body: UInt8, at: int, value: int, width: int) -> int:
    for byte in range(width):
        body[at + byte] = (value >> (8 * byte)) & 0xFF
    return at + width


@called_kernel
def _put_short(body: UInt8, at: int, value: int) -> int:
    while value > 0x7F:
        body[at] = (value & 0x7F) | 0x80
        value >>= 7
        at += 1
    body[at] = value
    return at + 1


@called_kernel
def _place_of(seen: Int32, used: int, word: int) -> int:
    """The place of `word` in `seen[:used]`, `used` when it is not there."""
    for place in range(used):
        if seen[place] == word:
            return place
    return used


@called_kernel
def _note(seen: Int32, used: int, word: int) -> int:
    """`word` among `seen`, unless it is there or none; returns how many there are."""
    if word < 0 or _place_of(seen, used, word) < used:
        return used
    seen[used] = word
    return used + 1


@called_kernel
def _put_place(body: UInt8, at: int, seen: Int32, used: int, word: int) -> int:
    """A word's place and one; nought for none."""
    return _put_short(body, at, 0 if word < 0 else 1 + _place_of(seen, used, word))


@called_kernel
def _put_words(words: Words, seen: Int32, used: int, body: UInt8, at: int) -> int:
    named = len(words.sound) > 0  # the words of places have none
    at = _put_short(body, at, used)
    for place in range(used):
        word = seen[place]
        at = _put_number(body, at, words.length[word], 1)
        for letter in range(words.length[word]):
            body[at + letter] = words.letters[word, letter]
        at += words.length[word]
        at = _put_number(body, at, units(words.hash[word]), 8)
        at = _put_number(body, at, words.bits[word], 4)
        if named:
            at = _put_number(body, at, words.surname_bits[word], 4)
            at = _put_number(body, at, units(words.sound[word]), 8)
            at = _put_number(body, at, words.sound_bits[word], 4)
            first, last = words.family_offset[word], words.family_offset[word + 1]
            at = _put_short(body, at, last - first)
            for family in range(first, last):
                at = _put_number(body, at, units(words.family[family]), 8)
    return at


@called_kernel
def _put_names(f: NameFeatures, i: int, body: UInt8, at: int, seen: Int32) -> int:
    first, last = f.offset[i], f.offset[i + 1]
    if first == last:
        return at
    used = 0
    for name in range(first, last):
        for token in range(f.given_offset[name], f.given_offset[name + 1]):
            used = _note(seen, used, f.given[token])
        for token in range(f.surname_offset[name], f.surname_offset[name + 1]):
            used = _note(seen, used, f.surname[token])
        used = _note(seen, used, f.whole_surname[name])
    at = _put_words(f.words, seen, used, body, at)
    at = _put_short(body, at, last - first)
    for name in range(first, last):
        at = _put_number(body, at, f.generation[name], 1)
        at = _put_short(body, at, f.given_offset[name + 1] - f.given_offset[name])
        for token in range(f.given_offset[name], f.given_offset[name + 1]):
            at = _put_place(body, at, seen, used, f.given[token])
        at = _put_short(body, at, f.surname_offset[name + 1] - f.surname_offset[name])
        for token in range(f.surname_offset[name], f.surname_offset[name + 1]):
            at = _put_place(body, at, seen, used, f.surname[token])
        at = _put_place(body, at, seen, used, f.whole_surname[name])
    return at


@called_kernel
def _put_births(f: BirthFeatures, i: int, body: UInt8, at: int) -> int:
    for birth in range(f.offset[i], f.offset[i + 1]):
        at = _put_number(body, at, f.earliest[birth], 4)
        at = _put_number(body, at, f.latest[birth], 4)
        at = _put_number(body, at, f.digits[birth], 4)
        at = _put_number(body, at, f.bits[birth], 4)
    return at


@called_kernel
def _put_sex(sex: Int8, i: int, body: UInt8, at: int) -> int:
    return at if sex[i] == 0 else _put_number(body, at, sex[i], 1)


@called_kernel
def _put_numbers(f: NumberFeatures, i: int, body: UInt8, at: int) -> int:
    for number in range(f.offset[i], f.offset[i + 1]):
        at = _put_number(body, at, f.kind[number], 1)
        at = _put_number(body, at, units(f.scope[number]), 8)
        at = _put_number(body, at, units(f.hash[number]), 8)
        at = _put_number(body, at, f.digits[number], 8)
    return at


@called_kernel
def _put_addresses(f: AddressFeatures, i: int, body: UInt8, at: int, seen: Int32) -> int:
    first, last = f.offset[i], f.offset[i + 1]
    if first == last:
        return at
    used = 0
    for home in range(first, last):
        for word in (f.house[home], f.street[home], f.unit[home], f.city[home], f.state[home], f.postal[home]):
            used = _note(seen, used, word)
    at = _put_words(f.words, seen, used, body, at)
    at = _put_short(body, at, last - first)
    for home in range(first, last):
        for word in (f.house[home], f.street[home], f.unit[home], f.city[home], f.state[home], f.postal[home]):
            at = _put_place(body, at, seen, used, word)
        at = _put_number(body, at, f.bits[home], 4)
    return at


@called_kernel
def _put_contacts(f: Features, i: int, body: UInt8, at: int) -> int:
    first, last = f.phones.offset[i], f.phones.offset[i + 1]
    if first == last and f.emails.offset[i] == f.emails.offset[i + 1]:
        return at
    at = _put_short(body, at, last - first)
    for phone in range(first, last):
        at = _put_number(body, at, f.phones.value[phone], 8)
    for email in range(f.emails.offset[i], f.emails.offset[i + 1]):
        at = _put_number(body, at, units(f.emails.value[email]), 8)
    return at


@kernel
def _pack(f: Features, offset: Int64, body: UInt8, seen: Int32) -> int:
    at = 0
    for i in range(len(f.sex)):
        head = at
        names = at + HEAD
        births = _put_names(f.names, i, body, names, seen)
        sex = _put_births(f.births, i, body, births)
        numbers = _put_sex(f.sex, i, body, sex)
        addresses = _put_numbers(f.numbers, i, body, numbers)
        contacts = _put_addresses(f.addresses, i, body, addresses, seen)
        at = _put_contacts(f, i, body, contacts)
        head = _put_number(body, head, births - names, 4)
        head = _put_number(body, head, sex - births, 4)
        head = _put_number(body, head, numbers - sex, 4)
        head = _put_number(body, head, addresses - numbers, 4)
        head = _put_number(body, head, contacts - addresses, 4)
        head = _put_number(body, head, at - contacts, 4)
        offset[i + 1] = at
    return at
