"""Digests: one cache line a record, enough to tell in a few steps that a pair cannot reach the floor.

Most pairs that share a blocking key are strangers who were born on one day or bear one name. Weighing them in full
means to fetch thirty places of memory each; their digests are two. `reach` gives a weight that the pair's own never
exceeds: what is not in a digest (second addresses, intervals of birth) is given the best that the model has for it.
"""

from math import log2
from typing import NamedTuple

import numpy as np

from eyre.resolve import weight_index as wi
from eyre.resolve.compare_names import MOST_TYPO_BITS, TYPO_SPREAD
from eyre.resolve.kernel import inline_kernel, pair_kernel
from eyre.resolve.layout import SCALE, Features, Int32, Int64, UInt8, Units, Words, units

_GIVEN, _MIDDLE, _SURNAME, _NAME_BITS, _GIVEN_MASK, _SURNAME_MASK, _SHAPE, _BIRTH = range(8)
_STREET, _HOUSE, _POSTAL, _CITY, _NUMBER, _PHONE, _EMAIL, _FLAGS = range(8, 16)
_COLUMNS = 16

_MANY_NAMES, _MANY_BIRTHS, _MANY_NUMBERS, _MANY_ADDRESSES, _MANY_PHONES, _MANY_EMAILS = 1, 2, 4, 8, 16, 32
_FAMILY, _COMPOUND, _MORE_GIVEN, _BORN, _HOUSED = 64, 128, 256, 512, 1024

_NONE, _SEVERAL = -1, -2
_BEYOND = 1 << 40
_NEW_YEAR = 0x0101
_NAME_SHARE = 145  # in hundredths: 3 x compare_names.CLOSE_FROM - 1, for words that begin differently
_STREET_SHARE = (159, 175)  # the same for compare_places.PLACE_TYPO_FROM, with four first letters in common and none


class Digests(NamedTuple):
    """`row[i]` holds what record `i` says, in the columns above; `mask` of a word has a bit for each of its letters
    (several letters share one), `begins` its first letter. `best` are the bits of the rarest values (see `_Best`)."""

    row: Int32
    place_mask: Int32
    place_begins: UInt8
    place_length: UInt8
    place_bits: Int32
    weights: Int32
    best: Int64


_PRIOR, _BIRTH_OTHER, _BIRTH_FIRST, _BIRTH_ANY, _ADDRESS_WHOLE, _ADDRESS_ANY, _NUMBER_SAME, _NUMBER_OTHER = range(8)
_SURNAME_ANY, _GIVEN_ANY, _BEST = 8, 9, 10


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
    best[_PRIOR] = w[wi.PRIOR]
    best[_BIRTH_OTHER] = f.births.bits[~first].max(initial=0) + w[wi.BIRTH_EXACT]
    best[_BIRTH_FIRST] = f.births.bits[first].max(initial=0) + w[wi.BIRTH_EXACT]
    overlap = w[wi.YEARS_BITS] + round(log2(365.25) * SCALE) + 1 + max(w[wi.BIRTH_OVERLAP], 0)
    others = (wi.BIRTH_SLIP, wi.BIRTH_SWAPPED, wi.BIRTH_SAME_YEAR_PLACEHOLDER, wi.BIRTH_SAME_DAY, wi.BIRTH_SAME_YEAR)
    best[_BIRTH_ANY] = max(
        0, overlap, w[wi.BIRTH_OVERLAP], best[_BIRTH_OTHER], best[_BIRTH_FIRST], *w[list(others)],
        overlap + w[wi.BIRTH_OVERLAP_DESPITE_DATES], *w[[wi.BIRTH_NEAR, wi.BIRTH_DIFFERS]],
        *w[[wi.BIRTH_GAP_YEAR, wi.BIRTH_GAP_NEAR, wi.BIRTH_GAP_FAR]],
    )  # fmt: skip
    best[_ADDRESS_WHOLE] = whole + max(w[wi.ADDRESS_SAME], w[wi.ADDRESS_SAME_OTHER_UNIT])
    best[_ADDRESS_ANY] = max(
        0, best[_ADDRESS_WHOLE], part + max(w[wi.ADDRESS_SLIP], w[wi.ADDRESS_STREET], w[wi.ADDRESS_POSTAL], 0),
        part + w[wi.ADDRESS_CITY], part // 2 + w[wi.ADDRESS_POSTAL_SLIP], w[wi.ADDRESS_DIFFERS],
    )  # fmt: skip
    best[_NUMBER_SAME] = max(w[wi.SSN_SAME], w[wi.NUMBER_SAME], 0)
    best[_NUMBER_OTHER] = max(w[wi.SSN_SLIP], w[wi.SSN_DIFFERS], w[wi.NUMBER_DIFFERS], 0)
    best[_SURNAME_ANY] = f.names.words.surname_bits.max(initial=0)
    best[_GIVEN_ANY] = f.names.words.bits.max(initial=0)
    return best


@pair_kernel
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
        row[_GIVEN] = names.given[first]
        if names.given[first] >= 0:
            word = names.given[first]
            given_bits = units(words.bits[word])
            row[_GIVEN_MASK] = masks[0][word]
            shape |= units(words.length[word]) | units(masks[1][word] & 31) << 10
            if words.family_offset[word + 1] > words.family_offset[word]:
                flags |= _FAMILY
    if many > 1:
        row[_MIDDLE] = names.given[first + 1]
    if many > 2:
        flags |= _MORE_GIVEN
    surname_bits = units(0)
    whole = names.whole_surname[name]
    row[_SURNAME] = whole
    if whole >= 0:
        surname_bits = units(words.surname_bits[whole])
        row[_SURNAME_MASK] = masks[0][whole]
        shape |= units(words.length[whole]) << 5 | units(masks[1][whole] & 31) << 15
    if names.surname_offset[name + 1] - names.surname_offset[name] > 1:
        flags |= _COMPOUND
    row[_NAME_BITS] = given_bits | surname_bits << 16
    row[_SHAPE] = shape | units(names.generation[name] & 31) << 20
    return flags


@inline_kernel
def _digest_address(f: Features, at: int, row: Int32) -> None:
    row[_STREET] = f.addresses.street[at]
    row[_HOUSE] = f.addresses.house[at]
    row[_POSTAL] = f.addresses.postal[at]
    row[_CITY] = f.addresses.city[at]


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
        flags |= _MANY_NUMBERS
    elif at >= 0 and f.numbers.hash[at] != 0:
        row[_NUMBER] = _low(f.numbers.hash[at])
    at = _one_of(f.phones.offset, i)
    if at == _SEVERAL:
        flags |= _MANY_PHONES
    elif at >= 0 and f.phones.value[at] != 0:
        row[_PHONE] = _low(f.phones.value[at])
    at = _one_of(f.emails.offset, i)
    if at == _SEVERAL:
        flags |= _MANY_EMAILS
    elif at >= 0 and f.emails.value[at] != 0:
        row[_EMAIL] = _low(f.emails.value[at])
    return flags


@pair_kernel
def _fill(f: Features, masks: tuple[Int32, UInt8], rows: Int32) -> None:
    for i in range(len(rows)):
        row = rows[i]
        row[_SHAPE] = row[_NAME_BITS] = row[_BIRTH] = row[_NUMBER] = row[_PHONE] = row[_EMAIL] = 0
        flags = _digest_rest(f, i, row)
        at = _one_of(f.names.offset, i)
        if at >= 0:
            flags |= _digest_name(f, at, masks, row)
        elif at == _SEVERAL:
            flags |= _MANY_NAMES
        row[_SHAPE] |= units(f.sex[i] & 7) << 25
        at = _one_of(f.births.offset, i)
        if at >= 0 and f.births.digits[at] > 0:
            row[_BIRTH] = _decimals(f.births.digits[at])
            flags |= _BORN
        elif at != _NONE:
            flags |= _MANY_BIRTHS | _BORN
        at = _one_of(f.addresses.offset, i)
        if at >= 0:
            _digest_address(f, at, row)
            flags |= _HOUSED
        elif at == _SEVERAL:
            flags |= _MANY_ADDRESSES | _HOUSED
        row[_FLAGS] = flags


@inline_kernel
def _ones(mask: int) -> Units:
    """How many of 32 bits are set."""
    v = units(mask) & 0xFFFFFFFF
    v = v - ((v >> 1) & 0x55555555)
    v = (v & 0x33333333) + ((v >> 2) & 0x33333333)
    v = (v + (v >> 4)) & 0x0F0F0F0F
    return ((v * 0x01010101) & 0xFFFFFFFF) >> 24


@inline_kernel
def _common(mask_a: int, length_a: int, mask_b: int, length_b: int) -> Units:
    """The most letters that two words can have in common."""
    return min(length_a - _ones(mask_a & ~mask_b), length_b - _ones(mask_b & ~mask_a))


@inline_kernel
def _near(mask_a: int, shape_a: int, mask_b: int, shape_b: int) -> bool:
    """Whether two words may be alike, by their letters; a shape has the length in its five low bits and the first
    letter from bit 10 on."""
    length_a = shape_a & 31
    length_b = shape_b & 31
    common = _common(mask_a, length_a, mask_b, length_b)
    if (shape_a ^ shape_b) & 0x7C00:
        return bool(100 * common * (length_a + length_b) >= _NAME_SHARE * length_a * length_b)
    return bool(10 * common * (length_a + length_b) >= 11 * length_a * length_b)


@inline_kernel
def _reach_given(d: Digests, w: Int32, a: Int32, b: Int32, flags: int) -> Units:
    gi, gj = a[_GIVEN], b[_GIVEN]
    if gi < 0 or gj < 0:
        return units(0)
    bits_i = units(a[_NAME_BITS] & 0xFFFF)
    if gi == gj:
        return max(bits_i + w[wi.GIVEN_EXACT], units(w[wi.GIVEN_INITIAL]))
    bits_j = units(b[_NAME_BITS] & 0xFFFF)
    least = min(bits_i, bits_j)
    best = units(max(w[wi.GIVEN_DIFFERS], w[wi.GIVEN_DIFFERS_SAME_INITIAL]))
    if a[_FLAGS] & b[_FLAGS] & _FAMILY:
        best = max(best, least + w[wi.GIVEN_NICKNAME])
    if (a[_SHAPE] & 31) == 1 or (b[_SHAPE] & 31) == 1:
        best = max(best, units(w[wi.GIVEN_INITIAL]))
    elif _near(a[_GIVEN_MASK], a[_SHAPE], b[_GIVEN_MASK], b[_SHAPE]):
        slip = min(least, MOST_TYPO_BITS) - TYPO_SPREAD + max(w[wi.GIVEN_TYPO], w[wi.GIVEN_PREFIX])
        best = max(best, slip, units(w[wi.GIVEN_CLOSE]))
    if gi == b[_MIDDLE]:
        best = max(best, bits_i + w[wi.GIVEN_CROSSED])
    if gj == a[_MIDDLE]:
        best = max(best, bits_j + w[wi.GIVEN_CROSSED])
    if flags & _MORE_GIVEN:
        best = max(best, d.best[_GIVEN_ANY] + w[wi.GIVEN_CROSSED])
    return best


@inline_kernel
def _reach_middle(w: Int32, a: Int32, b: Int32) -> Units:
    mi, mj = a[_MIDDLE], b[_MIDDLE]
    if mi < 0 or mj < 0:
        return units(0)
    best = units(max(w[wi.MIDDLE_INITIAL], w[wi.MIDDLE_TYPO], w[wi.MIDDLE_DIFFERS]))
    if mi == mj:
        best = max(best, units(8 * SCALE) + w[wi.MIDDLE_EXACT])
    return best if a[_GIVEN] == b[_GIVEN] else max(best, units(0))


@inline_kernel
def _reach_surname(d: Digests, w: Int32, a: Int32, b: Int32, flags: int) -> Units:
    si, sj = a[_SURNAME], b[_SURNAME]
    if si < 0 or sj < 0:
        return units(0)
    bits_i = units(a[_NAME_BITS]) >> 16
    if si == sj:
        return bits_i + w[wi.SURNAME_EXACT]
    bits_j = units(b[_NAME_BITS]) >> 16
    best = units(max(w[wi.SURNAME_DIFFERS], w[wi.SURNAME_DIFFERS_FEMALE]))
    if _near(a[_SURNAME_MASK], units(a[_SHAPE]) >> 5, b[_SURNAME_MASK], units(b[_SHAPE]) >> 5):
        slip = min(bits_i, bits_j, MOST_TYPO_BITS) - TYPO_SPREAD + w[wi.SURNAME_TYPO]
        best = max(best, slip, units(w[wi.SURNAME_CLOSE]))
    if flags & _COMPOUND:
        best = max(best, d.best[_SURNAME_ANY] + w[wi.SURNAME_PART])
    if si == b[_MIDDLE]:
        best = max(best, bits_i + w[wi.SURNAME_MOVED])
    if sj == a[_MIDDLE]:
        best = max(best, bits_j + w[wi.SURNAME_MOVED])
    if flags & _MORE_GIVEN:
        best = max(best, d.best[_SURNAME_ANY] + w[wi.SURNAME_MOVED])
    return best


@inline_kernel
def _reach_swapped(w: Int32, a: Int32, b: Int32) -> Units:
    """The most that given name and surname having changed places can say."""
    if a[_GIVEN] < 0 or b[_GIVEN] < 0 or a[_SURNAME] < 0 or b[_SURNAME] < 0 or a[_GIVEN] == b[_GIVEN]:
        return units(-_BEYOND)
    first = _near(a[_GIVEN_MASK], a[_SHAPE], b[_SURNAME_MASK], (units(b[_SHAPE]) >> 5) & 0x7C1F)
    second = _near(b[_GIVEN_MASK], b[_SHAPE], a[_SURNAME_MASK], (units(a[_SHAPE]) >> 5) & 0x7C1F)
    if not first and not second:
        return units(-_BEYOND)
    surname_i, surname_j = units(a[_NAME_BITS]) >> 16, units(b[_NAME_BITS]) >> 16
    best = min(max(surname_i, surname_j), MOST_TYPO_BITS) + w[wi.NAMES_HALF_SWAPPED]
    if first and second:
        whole = min(surname_i + (a[_NAME_BITS] & 0xFFFF), surname_j + (b[_NAME_BITS] & 0xFFFF))
        best = max(best, whole + w[wi.NAMES_SWAPPED])
    return best


@inline_kernel
def _reach_names(d: Digests, w: Int32, a: Int32, b: Int32, flags: int) -> Units:
    given = _reach_given(d, w, a, b, flags)
    if (a[_SURNAME] < 0) != (b[_SURNAME] < 0):
        given = max(given, d.best[_SURNAME_ANY] + w[wi.NAME_LONE])
    best = given + _reach_middle(w, a, b) + _reach_surname(d, w, a, b, flags)
    if a[_SURNAME] != b[_SURNAME]:
        best = max(best, _reach_swapped(w, a, b))
    generation_a, generation_b = (units(a[_SHAPE]) >> 20) & 31, (units(b[_SHAPE]) >> 20) & 31
    if generation_a > 0 and generation_b > 0:
        best += w[wi.GENERATION_SAME if generation_a == generation_b else wi.GENERATION_DIFFERS]
    return best


@inline_kernel
def _reach_birth(d: Digests, w: Int32, a: Int32, b: Int32, flags: int) -> Units:
    if not a[_FLAGS] & b[_FLAGS] & _BORN:
        return units(0)
    if flags & _MANY_BIRTHS:
        return d.best[_BIRTH_ANY]
    one, other = units(a[_BIRTH]) & 0xFFFFFFFF, units(b[_BIRTH]) & 0xFFFFFFFF
    if one == other:
        return d.best[_BIRTH_FIRST] if one & 0xFFFF == _NEW_YEAR else d.best[_BIRTH_OTHER]
    differing = one ^ other
    places = _ones((differing | differing >> 1 | differing >> 2 | differing >> 3) & 0x11111111)
    best = units(max(w[wi.BIRTH_NEAR], w[wi.BIRTH_DIFFERS]))
    if places <= 2:
        best = max(best, units(w[wi.BIRTH_SLIP]))
    if differing >> 16 == 0:
        same = max(w[wi.BIRTH_SWAPPED], w[wi.BIRTH_SAME_YEAR_PLACEHOLDER], w[wi.BIRTH_SAME_YEAR])
        best = max(best, units(same))
    elif differing & 0xFFFF == 0:
        best = max(best, units(w[wi.BIRTH_SAME_DAY]))
    return best


@inline_kernel
def _reach_number(d: Digests, a: Int32, b: Int32, flags: int) -> Units:
    if flags & _MANY_NUMBERS:
        return max(d.best[_NUMBER_SAME], d.best[_NUMBER_OTHER])
    if a[_NUMBER] == 0 or b[_NUMBER] == 0:
        return units(0)
    return d.best[_NUMBER_SAME] if a[_NUMBER] == b[_NUMBER] else d.best[_NUMBER_OTHER]


@inline_kernel
def _reach_contact(w: Int32, pair: tuple[int, int], many: int, same: int, differs: int) -> Units:
    """Of telephone numbers or e-mail addresses: `same` and `differs` are the weights' indexes."""
    if many:
        return units(max(w[same], w[differs], 0))
    if pair[0] == 0 or pair[1] == 0:
        return units(0)
    return units(w[same] if pair[0] == pair[1] else w[differs])


@inline_kernel
def _may_be_same_word(d: Digests, one: int, other: int) -> bool:
    if one == other:
        return True
    length_a, length_b = units(d.place_length[one]), units(d.place_length[other])
    common = _common(d.place_mask[one], length_a, d.place_mask[other], length_b)
    share = _STREET_SHARE[1] if d.place_begins[one] != d.place_begins[other] else _STREET_SHARE[0]
    return bool(100 * common * (length_a + length_b) >= share * length_a * length_b)


@inline_kernel
def _reach_area(d: Digests, w: Int32, a: Int32, b: Int32, street_differs: bool) -> Units:
    postal_a, postal_b = a[_POSTAL], b[_POSTAL]
    if postal_a >= 0 and postal_a == postal_b:
        return units(d.place_bits[postal_a]) + (w[wi.ADDRESS_POSTAL] if street_differs else 0)
    best = units(w[wi.ADDRESS_DIFFERS] if street_differs else max(w[wi.ADDRESS_DIFFERS], 0))
    if postal_a >= 0 and postal_b >= 0:
        bits = units(min(d.place_bits[postal_a], d.place_bits[postal_b]))
        best = max(best, bits // 2 + w[wi.ADDRESS_POSTAL_SLIP])
    if a[_CITY] >= 0 and b[_CITY] >= 0 and _may_be_same_word(d, a[_CITY], b[_CITY]):
        bits = units(min(d.place_bits[a[_CITY]], d.place_bits[b[_CITY]]))
        best = max(best, bits + (w[wi.ADDRESS_CITY] if street_differs else 0))
    return best


@inline_kernel
def _reach_address(d: Digests, w: Int32, a: Int32, b: Int32, flags: int) -> Units:
    if not a[_FLAGS] & b[_FLAGS] & _HOUSED:
        return units(0)
    if flags & _MANY_ADDRESSES:
        return d.best[_ADDRESS_ANY]
    street_a, street_b = a[_STREET], b[_STREET]
    if street_a < 0 or street_b < 0:
        return _reach_area(d, w, a, b, False)
    apart = _reach_area(d, w, a, b, True) if street_a != street_b else units(-_BEYOND)
    if not _may_be_same_word(d, street_a, street_b):
        return apart
    if a[_HOUSE] >= 0 and a[_HOUSE] == b[_HOUSE]:
        return max(apart, d.best[_ADDRESS_WHOLE])
    bits = units(min(d.place_bits[street_a], d.place_bits[street_b]))
    return max(apart, bits + max(w[wi.ADDRESS_SLIP], w[wi.ADDRESS_STREET]))


@inline_kernel
def reach(d: Digests, i: int, j: int) -> Units:
    """A weight that the weight of records `i` and `j` does not exceed, in 1/1024 bit."""
    a, b, w = d.row[i], d.row[j], d.weights
    flags = a[_FLAGS] | b[_FLAGS]
    if flags & _MANY_NAMES:
        return units(_BEYOND)
    best = d.best[_PRIOR] + _reach_birth(d, w, a, b, flags) + _reach_number(d, a, b, flags)
    best += _reach_contact(w, (a[_PHONE], b[_PHONE]), flags & _MANY_PHONES, wi.PHONE_SAME, wi.PHONE_DIFFERS)
    best += _reach_contact(w, (a[_EMAIL], b[_EMAIL]), flags & _MANY_EMAILS, wi.EMAIL_SAME, wi.EMAIL_DIFFERS)
    sex_a, sex_b = (units(a[_SHAPE]) >> 25) & 7, (units(b[_SHAPE]) >> 25) & 7
    if sex_a and sex_b:
        best += w[wi.SEX_SAME if sex_a & sex_b else wi.SEX_DIFFERS]
    return best + _reach_names(d, w, a, b, flags) + _reach_address(d, w, a, b, flags)
