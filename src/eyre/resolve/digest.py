"""Digests: one cache line a record, enough to tell in a few steps that a pair cannot reach the floor.

Most pairs that share a blocking key are strangers who were born on one day or bear one name. Weighing them in full
means to fetch thirty places of memory each; their digests are two. What two of them allow is told in `resolve.reach`.
"""

from math import log2
from typing import NamedTuple

import numpy as np

from eyre.resolve import weight_index as wi
from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.layout import SCALE, Features, Int32, Int64, UInt8, Units, Words, units

GIVEN, MIDDLE, SURNAME, NAME_BITS, GIVEN_MASK, SURNAME_MASK, SHAPE, BIRTH = range(8)
STREET, HOUSE, POSTAL, CITY, NUMBER, PHONE, EMAIL, FLAGS = range(8, 16)
"""Columns of a digest. `SHAPE` packs lengths, first letters, generation and sex; `NAME_BITS` the rarity of given name
and surname; `BIRTH` a full date with four bits a digit; numbers are 31 bits of their hashes, 0 for none."""

_COLUMNS = 16

MANY_NAMES, MANY_BIRTHS, MANY_NUMBERS, MANY_ADDRESSES, MANY_PHONES, MANY_EMAILS = 1, 2, 4, 8, 16, 32
FAMILY, COMPOUND, MORE_GIVEN, BORN, HOUSED = 64, 128, 256, 512, 1024
"""Flags of a digest: what it could not hold, and what must be known of it besides."""

_NONE, _SEVERAL = -1, -2


class Digests(NamedTuple):
    """`row[i]` holds what record `i` says, in the columns above; `mask` of a word has a bit for each of its letters
    (several letters share one), `begins` its first letter. `best` are the most bits that each comparison can give, by
    the numbers `BEST_...`."""

    row: Int32
    place_mask: Int32
    place_begins: UInt8
    place_length: UInt8
    place_bits: Int32
    weights: Int32
    best: Int64


(
    BEST_PRIOR,
    BEST_BIRTH_OTHER,
    BEST_BIRTH_FIRST,
    BEST_BIRTH_ANY,
    BEST_ADDRESS_WHOLE,
    BEST_ADDRESS_ANY,
    BEST_NUMBER_SAME,
    BEST_NUMBER_OTHER,
) = range(8)
BEST_SURNAME_ANY, BEST_GIVEN_ANY, _BEST = 8, 9, 10


def digests_of(f: Features, w: Int32) -> Digests:
    """The digests of all records, for the weights `w`."""
    name_mask, name_begins = _masks(f.names.words)
    place_mask, place_begins = _masks(f.addresses.words)
    row = np.full((len(f.sex), _COLUMNS), -1, dtype=np.int32)
    _fill(f, (name_mask, name_begins), row)
    streets = f.addresses.words
    best = _best(f, w.astype(np.int64))
    return Digests(row, place_mask, place_begins, streets.length, streets.bits, w, best)


def _masks(words: Words) -> tuple[Int32, UInt8]:
    mask = np.zeros(len(words.length), dtype=np.int32)
    begins = np.zeros(len(words.length), dtype=np.uint8)
    _fill_masks(words, mask, begins)
    return mask, begins


def _best(f: Features, w: Int64) -> Int64:
    best = np.zeros(_BEST, dtype=np.int64)
    first = f.births.digits % 10_000 == 101
    whole = units(f.addresses.bits.max(initial=0))
    part = units(f.addresses.words.bits.max(initial=0))
    best[BEST_PRIOR] = w[wi.PRIOR]
    best[BEST_BIRTH_OTHER] = f.births.bits[~first].max(initial=0) + w[wi.BIRTH_EXACT]
    best[BEST_BIRTH_FIRST] = f.births.bits[first].max(initial=0) + w[wi.BIRTH_EXACT]
    overlap = w[wi.YEARS_BITS] + round(log2(365.25) * SCALE) + 1 + max(w[wi.BIRTH_OVERLAP], 0)
    others = (wi.BIRTH_SLIP, wi.BIRTH_SWAPPED, wi.BIRTH_SAME_YEAR_PLACEHOLDER, wi.BIRTH_SAME_DAY, wi.BIRTH_SAME_YEAR)
    best[BEST_BIRTH_ANY] = max(
        0, overlap, w[wi.BIRTH_OVERLAP], best[BEST_BIRTH_OTHER], best[BEST_BIRTH_FIRST], *w[list(others)],
        overlap + w[wi.BIRTH_OVERLAP_DESPITE_DATES], *w[[wi.BIRTH_NEAR, wi.BIRTH_DIFFERS]],
        *w[[wi.BIRTH_GAP_YEAR, wi.BIRTH_GAP_NEAR, wi.BIRTH_GAP_FAR]],
    )  # fmt: skip
    best[BEST_ADDRESS_WHOLE] = whole + max(w[wi.ADDRESS_SAME], w[wi.ADDRESS_SAME_OTHER_UNIT])
    best[BEST_ADDRESS_ANY] = max(
        0, best[BEST_ADDRESS_WHOLE], part + max(w[wi.ADDRESS_SLIP], w[wi.ADDRESS_STREET], w[wi.ADDRESS_POSTAL], 0),
        part + w[wi.ADDRESS_CITY], part // 2 + w[wi.ADDRESS_POSTAL_SLIP], w[wi.ADDRESS_DIFFERS],
    )  # fmt: skip
    best[BEST_NUMBER_SAME] = max(w[wi.SSN_SAME], w[wi.NUMBER_SAME], 0)
    best[BEST_NUMBER_OTHER] = max(w[wi.SSN_SLIP], w[wi.SSN_DIFFERS], w[wi.NUMBER_DIFFERS], 0)
    best[BEST_SURNAME_ANY] = f.names.words.surname_bits.max(initial=0)
    best[BEST_GIVEN_ANY] = f.names.words.bits.max(initial=0)
    return best


@kernel
def _fill_masks(words: Words, mask: Int32, begins: UInt8) -> None:
    for at in range(len(mask)):
        letters = units(0)
        for each in range(words.length[at]):
            letters |= units(1) << (words.letters[at, each] & 31)
        mask[at] = letters
        begins[at] = words.letters[at, 0]


@inline_kernel
def _decimals(digits: int) -> Units:
    """A date of eight digits with four bits for each."""
    packed = units(0)
    left = digits
    for place in range(8):
        packed |= units(left % 10) << (4 * place)
        left //= 10
    return packed


@inline_kernel
def _one_of(offset: Int32, i: int) -> int:
    """Where the only value of row `i` stands, `_NONE` or `_SEVERAL`."""
    many = offset[i + 1] - offset[i]
    if many == 0:
        return _NONE
    return units(offset[i]) if many == 1 else _SEVERAL


@inline_kernel
def _digest_name(f: Features, name: int, masks: tuple[Int32, UInt8], row: Int32) -> int:
    """Fill in the columns of a name; returns its flags."""
    names = f.names
    words = names.words
    flags = 0
    shape = units(0)
    given_bits = units(0)
    first = names.given_offset[name]
    many = names.given_offset[name + 1] - first
    if many > 0:
        row[GIVEN] = names.given[first]
        if names.given[first] >= 0:
            word = names.given[first]
            given_bits = units(words.bits[word])
            row[GIVEN_MASK] = masks[0][word]
            shape |= units(words.length[word]) | units(masks[1][word] & 31) << 10
            if words.family_offset[word + 1] > words.family_offset[word]:
                flags |= FAMILY
    if many > 1:
        row[MIDDLE] = names.given[first + 1]
    if many > 2:
        flags |= MORE_GIVEN
    surname_bits = units(0)
    whole = names.whole_surname[name]
    row[SURNAME] = whole
    if whole >= 0:
        surname_bits = units(words.surname_bits[whole])
        row[SURNAME_MASK] = masks[0][whole]
        shape |= units(words.length[whole]) << 5 | units(masks[1][whole] & 31) << 15
    if names.surname_offset[name + 1] - names.surname_offset[name] > 1:
        flags |= COMPOUND
    row[NAME_BITS] = given_bits | surname_bits << 16
    row[SHAPE] = shape | units(names.generation[name] & 31) << 20
    return flags


@inline_kernel
def _digest_address(f: Features, at: int, row: Int32) -> None:
    row[STREET] = f.addresses.street[at]
    row[HOUSE] = f.addresses.house[at]
    row[POSTAL] = f.addresses.postal[at]
    row[CITY] = f.addresses.city[at]


@inline_kernel
def _low(value: int) -> Units:
    """31 bits of a hash, never nought."""
    return units(value & 0x7FFFFFFF) | 1


@inline_kernel
def _digest_rest(f: Features, i: int, row: Int32) -> int:
    """Fill in the columns of numbers, telephones and e-mail addresses; returns their flags."""
    flags = 0
    at = _one_of(f.numbers.offset, i)
    if at == _SEVERAL:
        flags |= MANY_NUMBERS
    elif at >= 0 and f.numbers.hash[at] != 0:
        row[NUMBER] = _low(f.numbers.hash[at])
    at = _one_of(f.phones.offset, i)
    if at == _SEVERAL:
        flags |= MANY_PHONES
    elif at >= 0 and f.phones.value[at] != 0:
        row[PHONE] = _low(f.phones.value[at])
    at = _one_of(f.emails.offset, i)
    if at == _SEVERAL:
        flags |= MANY_EMAILS
    elif at >= 0 and f.emails.value[at] != 0:
        row[EMAIL] = _low(f.emails.value[at])
    return flags


@kernel
def _fill(f: Features, masks: tuple[Int32, UInt8], rows: Int32) -> None:
    for i in range(len(rows)):
        row = rows[i]
        row[SHAPE] = row[NAME_BITS] = row[BIRTH] = row[NUMBER] = row[PHONE] = row[EMAIL] = 0
        flags = _digest_rest(f, i, row)
        at = _one_of(f.names.offset, i)
        if at >= 0:
            flags |= _digest_name(f, at, masks, row)
        elif at == _SEVERAL:
            flags |= MANY_NAMES
        row[SHAPE] |= units(f.sex[i] & 7) << 25
        at = _one_of(f.births.offset, i)
        if at >= 0 and f.births.digits[at] > 0:
            row[BIRTH] = _decimals(f.births.digits[at])
            flags |= BORN
        elif at != _NONE:
            flags |= MANY_BIRTHS | BORN
        at = _one_of(f.addresses.offset, i)
        if at >= 0:
            _digest_address(f, at, row)
            flags |= HOUSED
        elif at == _SEVERAL:
            flags |= MANY_ADDRESSES | HOUSED
        row[FLAGS] = flags
