"""Atoms of blocking keys: values that lengthen a key which is not rare enough."""

from typing import NamedTuple

import numpy as np

from eyre.model.field_group import FieldGroup
from eyre.resolve.kernel import inline_kernel
from eyre.resolve.layout import SCALE, Features, Int32, Int64, NameFeatures, UInt64, Units, word
from eyre.resolve.text_hash import fold_hash

_NAME = int(FieldGroup.NAME)
_BIRTH = int(FieldGroup.BIRTH)
_PLACE = int(FieldGroup.ADDRESS)
_NONE = -1
MOST_VALUES = 3
"""Values of one field that are looked at."""
_MOST_ATOMS = MOST_VALUES * 8

_YEAR_KIND = 1
_DAY_KIND = 2
_POSTAL_KIND = 3
_HOUSE_KIND = 4  # or, of an address without house or street, its postal code
_GIVEN_LETTER_KIND = 5
_SURNAME_LETTER_KIND = 6
OF_TWO_WORDS = 1 << _YEAR_KIND | 1 << _DAY_KIND | 1 << _POSTAL_KIND | 1 << _HOUSE_KIND
"""Which kinds of atoms lengthen two words of names ..."""
OF_ONE_WORD = OF_TWO_WORDS & ~(1 << _POSTAL_KIND)
"""... one word, whose bearers in one postal code are strangers, or share another key ..."""
OF_A_DATE = 1 << _GIVEN_LETTER_KIND | 1 << _SURNAME_LETTER_KIND | 1 << _HOUSE_KIND
"""... a birth date ..."""
OF_SLIPS = 1 << _YEAR_KIND
"""... and two given names, or a word and another one's first letter, which hold where a name is misspelt or another."""
_SALT_LETTER = 0x4C000000
_SALT_YEAR = 0x59000000
_SALT_DAY = 0x4D000000
_DAY_BITS = 8 * SCALE
LETTER_BITS = 4 * SCALE


@inline_kernel
def blend(left: int, right: int) -> Units:
    """One hash of two, in either order."""
    low = min(word(left), word(right))
    high = max(word(left), word(right))
    return fold_hash(low * word(0x9E3779B97F4A7C15) + fold_hash(high))


class Atoms(NamedTuple):
    """Values that lengthen a key: birth years, days of the year, postal codes, houses, first letters of names; each a
    hash, bits and a group."""

    hash: UInt64
    bits: Int64
    group: Int32
    kind: Int32


def room_for_atoms() -> Atoms:
    """Room for those of one record."""
    return Atoms(
        np.empty(_MOST_ATOMS, dtype=np.uint64),
        np.empty(_MOST_ATOMS, dtype=np.int64),
        np.empty(_MOST_ATOMS, dtype=np.int32),
        np.empty(_MOST_ATOMS, dtype=np.int32),
    )


@inline_kernel
def gather_atoms(f: Features, i: int, year_bits: int, atoms: Atoms) -> int:
    """Fill `atoms` with those of a record, as far as there is room, and return how many they are."""
    many = 0
    for at in range(f.births.offset[i], min(f.births.offset[i + 1], f.births.offset[i] + MOST_VALUES)):
        digits = f.births.digits[at]
        first = digits // 10_000 if digits > 0 else 1970 + int(np.floor((f.births.earliest[at] + 0.5) / 365.2425))
        last = digits // 10_000 if digits > 0 else 1970 + int(np.floor((f.births.latest[at] + 0.5) / 365.2425))
        for year in range(first, min(last, first + 2) + 1):
            if many < len(atoms.hash):
                atoms.hash[many] = fold_hash(_SALT_YEAR + year)
                atoms.bits[many] = year_bits - SCALE
                atoms.group[many] = _BIRTH
                atoms.kind[many] = _YEAR_KIND
                many += 1
        if digits > 0 and digits % 10_000 != 101 and many < len(atoms.hash):
            atoms.hash[many] = fold_hash(_SALT_DAY + digits % 10_000)
            atoms.bits[many] = _DAY_BITS
            atoms.group[many] = _BIRTH
            atoms.kind[many] = _DAY_KIND
            many += 1
    for at in range(f.addresses.offset[i], min(f.addresses.offset[i + 1], f.addresses.offset[i] + MOST_VALUES)):
        street, house, postal = f.addresses.street[at], f.addresses.house[at], f.addresses.postal[at]
        if street >= 0 and house >= 0 and many < len(atoms.hash):
            atoms.hash[many] = blend(f.addresses.words.hash[street], fold_hash(f.addresses.words.hash[house]))
            atoms.bits[many] = f.addresses.bits[at] - SCALE
            atoms.group[many] = _PLACE
            atoms.kind[many] = _HOUSE_KIND
            many += 1
        if postal >= 0 and many < len(atoms.hash):
            atoms.hash[many] = f.addresses.words.hash[postal]
            atoms.bits[many] = f.addresses.words.bits[postal]
            atoms.group[many] = _PLACE
            atoms.kind[many] = _POSTAL_KIND if street >= 0 and house >= 0 else _HOUSE_KIND
            many += 1
    return _gather_letters(f.names, f.names.offset[i], f.names.offset[i + 1], atoms, many)


@inline_kernel
def _gather_letters(f: NameFeatures, first: int, last: int, atoms: Atoms, many: int) -> int:
    """The first letters of given names and surnames: a birth date that is not rare enough needs one of them, of
    whichever name, for the two change places."""
    for name in range(first, min(last, first + MOST_VALUES)):
        for kind in (_GIVEN_LETTER_KIND, _SURNAME_LETTER_KIND):
            said = f.whole_surname[name]
            if kind == _GIVEN_LETTER_KIND:
                at = f.given_offset[name]
                said = f.given[at] if f.given_offset[name + 1] > at else _NONE
            if said >= 0 and many < len(atoms.hash):
                atoms.hash[many] = fold_hash(_SALT_LETTER + f.words.letters[said, 0])
                atoms.bits[many] = LETTER_BITS
                atoms.group[many] = _NAME
                atoms.kind[many] = kind
                many += 1
    return many
