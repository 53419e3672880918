"""Digests: one cache line a record, enough to tell in a few steps that a pair cannot reach the floor.

Most pairs that share a blocking key are strangers who were born on one day or bear one name. Weighing them in full
means to fetch thirty places of memory each; their digests are two. What two of them allow is told in `resolve.reach`.
"""

from itertools import accumulate, pairwise
from math import log2
from typing import NamedTuple

import numpy as np

from eyre.resolve import weight_index as wi
from eyre.resolve.in_threads import in_threads
from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.layout import SCALE, Features, Int32, Int64, UInt64, Units, Words, units, word
from eyre.resolve.likeness import first_letters_of, head_of, letters_of
from eyre.resolve.sightings import most_by_sightings

GIVEN, MIDDLE, SURNAME, NAME_BITS, GIVEN_MASK, SURNAME_MASK, GIVEN_HEAD, SURNAME_HEAD = range(8)
BIRTH, STREET, HOUSE, POSTAL, CITY, NUMBER, PHONE, FLAGS = range(8, 16)
"""Columns of a digest. A mask has a bit for each letter of a word; several letters share one. A head is that of
`likeness`; above the given name's stand the middle name's first letter and whether it has no other, above the surname's
the sexes. `NAME_BITS`: the rarity of given name and surname. `BIRTH`: a full date with four bits a digit. `NUMBER`: 30
bits of an identifier's hash, or a social security number itself and `AS_DIGITS`; `PHONE`: 16 bits of it; 0 for none.
Above the telephone stand the nickname families of the given name, a bit for each (several share one); above the flags
the generation and 15 bits of the e-mail address. Where there are several names, `FIRST_NAME` and `END_OF_NAMES` tell
which rows of `Digests.name` are theirs."""

FIRST_NAME, END_OF_NAMES = GIVEN, MIDDLE

COLUMNS = 16

MANY_NAMES, MANY_BIRTHS, MANY_NUMBERS, MANY_ADDRESSES, MANY_PHONES, MANY_EMAILS = 1, 2, 4, 8, 16, 32
COMPOUND, MORE_GIVEN, BORN, HOUSED = 64, 128, 256, 512
"""Flags of a digest: what it could not hold, and what must be known of it besides."""

MIDDLE_FROM, SEXES_FROM, FAMILY_FROM, GENERATION_FROM, EMAIL_FROM = 25, 25, 16, 11, 16
_FAMILIES = 15
AS_DIGITS = 1 << 30

_NONE, _SEVERAL = -1, -2
_ROWS_AT_ONCE = 1 << 16
_SSN = 0


class Digests(NamedTuple):
    """`row[i]` holds what record `i` says, in the columns above; `name` has a row for each name of records that have
    several, of which only the columns of names count. Of the words of places there are the letters that each
    has (`likeness.letters_of`), the first eight in order, length and bits. `best` are the most bits that each
    comparison can give, by the numbers `BEST_...`."""

    row: Int32
    name: Int32
    place_mask: UInt64
    place_head: UInt64
    place_length: Int32
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
BEST_SURNAME_ANY, BEST_GIVEN_ANY, BEST_AREA, BEST_STREET, _BEST = range(8, 13)


def digests_of(f: Features, w: Int32) -> Digests:
    """The digests of all records, for the weights `w`."""
    names, places = f.names.words, f.addresses.words
    mask, head, family = (np.zeros(len(names.length), dtype=np.int32) for _ in range(3))
    _fill_words(names, mask, head, family)
    row = np.empty((len(f.sex), COLUMNS), dtype=np.int32)
    usual = f.numbers.scope[np.argmax(f.numbers.kind == _SSN) :][:1] if len(f.numbers.kind) else f.numbers.scope
    edges = [*range(0, len(row), _ROWS_AT_ONCE), len(row)]
    several = [_count_several(f.names.offset, *span) for span in pairwise(edges)]
    name = np.full((sum(several), COLUMNS), -1, dtype=np.int32)
    lots = [(*span, before) for span, before in zip(pairwise(edges), accumulate(several, initial=0), strict=False)]
    in_threads(lambda lot: _fill(f, (mask, head, family), usual, (row, name), lot), lots)
    place_mask, place_head = (np.zeros(len(places.length), dtype=np.uint64) for _ in range(2))
    _fill_places(places, place_mask, place_head)
    best = _best(f, w.astype(np.int64))
    return Digests(row, name, place_mask, place_head, places.length.astype(np.int32), places.bits, w, best)


def _best(f: Features, w: Int64) -> Int64:
    best = np.zeros(_BEST, dtype=np.int64)
    _fill_best_births(f.births.digits, f.births.bits, best)
    whole = units(f.addresses.bits.max(initial=0))
    part = units(f.addresses.words.bits.max(initial=0))
    best[BEST_PRIOR] = w[wi.PRIOR]
    if len(f.sightings.state):
        best[BEST_PRIOR] += most_by_sightings(w)
    best[[BEST_BIRTH_OTHER, BEST_BIRTH_FIRST]] += w[wi.BIRTH_EXACT]
    overlap = w[wi.YEARS_BITS] + round(log2(365.25) * SCALE) + 1 + max(w[wi.BIRTH_OVERLAP], 0)
    others = (wi.BIRTH_SLIP, wi.BIRTH_SWAPPED, wi.BIRTH_SAME_YEAR_PLACEHOLDER, wi.BIRTH_SAME_DAY, wi.BIRTH_SAME_YEAR)
    best[BEST_BIRTH_ANY] = max(
        0, overlap, w[wi.BIRTH_OVERLAP], best[BEST_BIRTH_OTHER], best[BEST_BIRTH_FIRST], *w[list(others)],
        overlap + w[wi.BIRTH_OVERLAP_DESPITE_DATES], *w[[wi.BIRTH_NEAR, wi.BIRTH_DIFFERS]],
        *w[[wi.BIRTH_GAP_YEAR, wi.BIRTH_GAP_NEAR, wi.BIRTH_GAP_FAR]],
    )  # fmt: skip
    best[BEST_ADDRESS_WHOLE] = whole + max(w[wi.ADDRESS_SAME], w[wi.ADDRESS_SAME_OTHER_UNIT])
    best[BEST_AREA] = max(
        0, part, part + w[wi.ADDRESS_POSTAL], part + w[wi.ADDRESS_CITY], part // 2 + w[wi.ADDRESS_POSTAL_SLIP],
        w[wi.ADDRESS_DIFFERS],
    )  # fmt: skip
    best[BEST_STREET] = part + max(w[wi.ADDRESS_SLIP], w[wi.ADDRESS_STREET])
    best[BEST_ADDRESS_ANY] = max(best[[BEST_ADDRESS_WHOLE, BEST_AREA, BEST_STREET]])
    best[BEST_NUMBER_OTHER] = max(w[wi.SSN_SLIP], w[wi.SSN_DIFFERS], w[wi.NUMBER_DIFFERS], 0)
    best[BEST_NUMBER_SAME] = max(w[wi.SSN_SAME], w[wi.NUMBER_SAME], best[BEST_NUMBER_OTHER])  # parts of hashes may meet
    best[BEST_SURNAME_ANY] = f.names.words.surname_bits.max(initial=0)
    best[BEST_GIVEN_ANY] = f.names.words.bits.max(initial=0)
    return best


@kernel
def _count_several(offset: Int32, first: int, last: int) -> int:
    """How many names those of some rows have that have more than one."""
    several = units(0)
    for i in range(first, last):
        many = offset[i + 1] - offset[i]
        several += many if many > 1 else 0
    return int(several)


@kernel
def _fill_best_births(digits: Int32, bits: Int32, best: Int64) -> None:
    """The most bits of full dates, those of 1 January apart."""
    for i in range(len(bits)):
        at = BEST_BIRTH_FIRST if digits[i] % 10_000 == 101 else BEST_BIRTH_OTHER
        best[at] = max(best[at], units(bits[i]))


@kernel
def _fill_words(words: Words, mask: Int32, head: Int32, family: Int32) -> None:
    for at in range(len(mask)):
        letters = letters_of(words, at)
        mask[at] = units((letters | letters >> word(32)) & word(0xFFFFFFFF))
        head[at] = head_of(words, at)
        for each in range(words.family_offset[at], words.family_offset[at + 1]):
            family[at] |= units(1) << units(words.family[each] % word(_FAMILIES))


@kernel
def _fill_places(words: Words, mask: UInt64, head: UInt64) -> None:
    for at in range(len(mask)):
        mask[at] = letters_of(words, at)
        head[at] = first_letters_of(words, at)


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
def _digest_name(f: Features, name: int, tables: tuple[Int32, Int32, Int32], row: Int32) -> Units:
    """Fill in the columns of a name; returns its flags."""
    names = f.names
    words = names.words
    mask, head, family = tables
    flags = units(names.generation[name] & 31) << GENERATION_FROM
    given_bits = units(0)
    first = names.given_offset[name]
    many = names.given_offset[name + 1] - first
    if many > 0:
        given = names.given[first]
        row[GIVEN] = given
        if given >= 0:
            given_bits = units(words.bits[given])
            row[GIVEN_MASK] = mask[given]
            row[GIVEN_HEAD] = head[given]
            row[PHONE] |= units(family[given]) << FAMILY_FROM
    if many > 1:
        middle = names.given[first + 1]
        row[MIDDLE] = middle
        row[GIVEN_HEAD] |= (units(words.letters[middle, 0] & 31) | units(words.length[middle] == 1) << 5) << MIDDLE_FROM
    if many > 2:
        flags |= MORE_GIVEN
    surname_bits = units(0)
    whole = names.whole_surname[name]
    row[SURNAME] = whole
    if whole >= 0:
        surname_bits = units(words.surname_bits[whole])
        row[SURNAME_MASK] = mask[whole]
        row[SURNAME_HEAD] = head[whole]
    if names.surname_offset[name + 1] - names.surname_offset[name] > 1:
        flags |= COMPOUND
    row[NAME_BITS] = given_bits | surname_bits << 16
    return flags


@inline_kernel
def _digest_number(f: Features, at: int, usual: UInt64) -> Units:
    """Of social security numbers of the usual scope the digits, of other identifiers a part of the hash."""
    if f.numbers.kind[at] == _SSN and f.numbers.scope[at] == usual[0]:
        return units(f.numbers.digits[at]) | AS_DIGITS
    return units(f.numbers.hash[at] & word(AS_DIGITS - 1)) | 1


@inline_kernel
def _digest_rest(f: Features, i: int, usual: UInt64, row: Int32) -> int:
    """Fill in the columns of numbers, telephones and e-mail addresses; returns their flags."""
    flags = 0
    at = _one_of(f.numbers.offset, i)
    if at == _SEVERAL:
        flags |= MANY_NUMBERS
    elif at >= 0 and f.numbers.hash[at] != 0:
        row[NUMBER] = _digest_number(f, at, usual)
    at = _one_of(f.phones.offset, i)
    if at == _SEVERAL:
        flags |= MANY_PHONES
    elif at >= 0 and f.phones.value[at] != 0:
        row[PHONE] = units(f.phones.value[at] & 0xFFFF) | 1
    at = _one_of(f.emails.offset, i)
    if at == _SEVERAL:
        flags |= MANY_EMAILS
    elif at >= 0 and f.emails.value[at] != 0:
        flags |= (units(f.emails.value[at] & word(0x7FFF)) | 1) << EMAIL_FROM
    return flags


@inline_kernel
def _digest_names(
    f: Features, i: int, tables: tuple[Int32, Int32, Int32], rows: tuple[Int32, Int32], used: int
) -> Units:
    """Fill in the columns of a record's names: `rows` are its own row and, for several names, those of all names, of
    which so many are `used`. Returns flags."""
    row, names = rows
    first, last = f.names.offset[i], f.names.offset[i + 1]
    sexes = units(f.sex[i] & 7) << SEXES_FROM
    if last - first <= 1:
        flags = _digest_name(f, first, tables, row) if last > first else units(0)
        row[SURNAME_HEAD] |= sexes
        return flags
    for at in range(first, last):
        own = names[used + at - first]
        own[GIVEN_HEAD] = own[SURNAME_HEAD] = own[NAME_BITS] = own[PHONE] = 0
        own[FLAGS] = _digest_name(f, at, tables, own)
        own[SURNAME_HEAD] |= sexes
    row[SURNAME_HEAD] = sexes
    row[FIRST_NAME], row[END_OF_NAMES] = used, used + last - first
    return units(MANY_NAMES)


@kernel
def _fill(
    f: Features,
    tables: tuple[Int32, Int32, Int32],
    usual: UInt64,
    out: tuple[Int32, Int32],
    lot: tuple[int, int, int],
) -> None:
    """Fill in some rows: `lot` is the first of them, where they end, and how many rows of `Digests.name` those before
    them have."""
    rows, names = out
    used = lot[2]
    for i in range(lot[0], lot[1]):
        row = rows[i]
        for column in range(COLUMNS):
            row[column] = -1
        row[GIVEN_HEAD] = row[SURNAME_HEAD] = row[NAME_BITS] = row[BIRTH] = row[NUMBER] = row[PHONE] = 0
        flags = _digest_rest(f, i, usual, row) | _digest_names(f, i, tables, (row, names), used)
        if flags & MANY_NAMES:
            used = row[END_OF_NAMES]
        at = _one_of(f.births.offset, i)
        if at >= 0 and f.births.digits[at] > 0:
            row[BIRTH] = _decimals(f.births.digits[at])
            flags |= BORN
        elif at != _NONE:
            flags |= MANY_BIRTHS | BORN
        at = _one_of(f.addresses.offset, i)
        if at >= 0:
            row[STREET] = f.addresses.street[at]
            row[HOUSE] = f.addresses.house[at]
            row[POSTAL] = f.addresses.postal[at]
            row[CITY] = f.addresses.city[at]
            flags |= HOUSED
        elif at == _SEVERAL:
            flags |= MANY_ADDRESSES | HOUSED
        row[FLAGS] = flags
