"""What two digests allow: a weight that the pair's own never exceeds.

What is not in a digest (second addresses, intervals of birth, a second middle name) is given the best that the model
has for it; what is, is compared as `resolve.weigh` compares it, but for the likeness of words, which their letters
alone bound. A pair below the floor here needs no weighing.
"""

from eyre.resolve import digest as dg
from eyre.resolve import weight_index as wi
from eyre.resolve.compare_names import MOST_TYPO_BITS, TYPO_SPREAD
from eyre.resolve.digest import Digests
from eyre.resolve.kernel import inline_kernel
from eyre.resolve.layout import SCALE, Int32, Units, units

_BEYOND = 1 << 40
_NEW_YEAR = 0x0101
_NAME_SHARE = 145  # in hundredths: 3 x compare_names.CLOSE_FROM - 1, for words that begin differently
_PLACE_SHARE = (159, 175)  # the same for compare_places.PLACE_TYPO_FROM, with four first letters in common and none


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
    gi, gj = a[dg.GIVEN], b[dg.GIVEN]
    if gi < 0 or gj < 0:
        return units(0)
    bits_i = units(a[dg.NAME_BITS] & 0xFFFF)
    if gi == gj:
        return max(bits_i + w[wi.GIVEN_EXACT], units(w[wi.GIVEN_INITIAL]))
    bits_j = units(b[dg.NAME_BITS] & 0xFFFF)
    least = min(bits_i, bits_j)
    best = units(max(w[wi.GIVEN_DIFFERS], w[wi.GIVEN_DIFFERS_SAME_INITIAL]))
    if a[dg.FLAGS] & b[dg.FLAGS] & dg.FAMILY:
        best = max(best, least + w[wi.GIVEN_NICKNAME])
    if (a[dg.SHAPE] & 31) == 1 or (b[dg.SHAPE] & 31) == 1:
        best = max(best, units(w[wi.GIVEN_INITIAL]))
    elif _near(a[dg.GIVEN_MASK], a[dg.SHAPE], b[dg.GIVEN_MASK], b[dg.SHAPE]):
        slip = min(least, MOST_TYPO_BITS) - TYPO_SPREAD + max(w[wi.GIVEN_TYPO], w[wi.GIVEN_PREFIX])
        best = max(best, slip, units(w[wi.GIVEN_CLOSE]))
    if gi == b[dg.MIDDLE]:
        best = max(best, bits_i + w[wi.GIVEN_CROSSED])
    if gj == a[dg.MIDDLE]:
        best = max(best, bits_j + w[wi.GIVEN_CROSSED])
    if flags & dg.MORE_GIVEN:
        best = max(best, d.best[dg.BEST_GIVEN_ANY] + w[wi.GIVEN_CROSSED])
    return best


@inline_kernel
def _reach_middle(w: Int32, a: Int32, b: Int32) -> Units:
    mi, mj = a[dg.MIDDLE], b[dg.MIDDLE]
    if mi < 0 or mj < 0:
        return units(0)
    best = units(max(w[wi.MIDDLE_INITIAL], w[wi.MIDDLE_TYPO], w[wi.MIDDLE_DIFFERS]))
    if mi == mj:
        best = max(best, units(8 * SCALE) + w[wi.MIDDLE_EXACT])
    return best if a[dg.GIVEN] == b[dg.GIVEN] else max(best, units(0))


@inline_kernel
def _reach_surname(d: Digests, w: Int32, a: Int32, b: Int32, flags: int) -> Units:
    si, sj = a[dg.SURNAME], b[dg.SURNAME]
    if si < 0 or sj < 0:
        return units(0)
    bits_i = units(a[dg.NAME_BITS]) >> 16
    if si == sj:
        return bits_i + w[wi.SURNAME_EXACT]
    bits_j = units(b[dg.NAME_BITS]) >> 16
    best = units(max(w[wi.SURNAME_DIFFERS], w[wi.SURNAME_DIFFERS_FEMALE]))
    if _near(a[dg.SURNAME_MASK], units(a[dg.SHAPE]) >> 5, b[dg.SURNAME_MASK], units(b[dg.SHAPE]) >> 5):
        slip = min(bits_i, bits_j, MOST_TYPO_BITS) - TYPO_SPREAD + w[wi.SURNAME_TYPO]
        best = max(best, slip, units(w[wi.SURNAME_CLOSE]))
    if flags & dg.COMPOUND:
        best = max(best, d.best[dg.BEST_SURNAME_ANY] + w[wi.SURNAME_PART])
    if si == b[dg.MIDDLE]:
        best = max(best, bits_i + w[wi.SURNAME_MOVED])
    if sj == a[dg.MIDDLE]:
        best = max(best, bits_j + w[wi.SURNAME_MOVED])
    if flags & dg.MORE_GIVEN:
        best = max(best, d.best[dg.BEST_SURNAME_ANY] + w[wi.SURNAME_MOVED])
    return best


@inline_kernel
def _reach_swapped(w: Int32, a: Int32, b: Int32) -> Units:
    """The most that given name and surname having changed places can say."""
    if a[dg.GIVEN] < 0 or b[dg.GIVEN] < 0 or a[dg.SURNAME] < 0 or b[dg.SURNAME] < 0 or a[dg.GIVEN] == b[dg.GIVEN]:
        return units(-_BEYOND)
    first = _near(a[dg.GIVEN_MASK], a[dg.SHAPE], b[dg.SURNAME_MASK], (units(b[dg.SHAPE]) >> 5) & 0x7C1F)
    second = _near(b[dg.GIVEN_MASK], b[dg.SHAPE], a[dg.SURNAME_MASK], (units(a[dg.SHAPE]) >> 5) & 0x7C1F)
    if not first and not second:
        return units(-_BEYOND)
    surname_i, surname_j = units(a[dg.NAME_BITS]) >> 16, units(b[dg.NAME_BITS]) >> 16
    best = min(max(surname_i, surname_j), MOST_TYPO_BITS) + w[wi.NAMES_HALF_SWAPPED]
    if first and second:
        whole = min(surname_i + (a[dg.NAME_BITS] & 0xFFFF), surname_j + (b[dg.NAME_BITS] & 0xFFFF))
        best = max(best, whole + w[wi.NAMES_SWAPPED])
    return best


@inline_kernel
def _reach_names(d: Digests, w: Int32, a: Int32, b: Int32, flags: int) -> Units:
    given = _reach_given(d, w, a, b, flags)
    if (a[dg.SURNAME] < 0) != (b[dg.SURNAME] < 0):
        given = max(given, d.best[dg.BEST_SURNAME_ANY] + w[wi.NAME_LONE])
    best = given + _reach_middle(w, a, b) + _reach_surname(d, w, a, b, flags)
    if a[dg.SURNAME] != b[dg.SURNAME]:
        best = max(best, _reach_swapped(w, a, b))
    generation_a, generation_b = (units(a[dg.SHAPE]) >> 20) & 31, (units(b[dg.SHAPE]) >> 20) & 31
    if generation_a > 0 and generation_b > 0:
        best += w[wi.GENERATION_SAME if generation_a == generation_b else wi.GENERATION_DIFFERS]
    return best


@inline_kernel
def _reach_birth(d: Digests, w: Int32, a: Int32, b: Int32, flags: int) -> Units:
    if not a[dg.FLAGS] & b[dg.FLAGS] & dg.BORN:
        return units(0)
    if flags & dg.MANY_BIRTHS:
        return d.best[dg.BEST_BIRTH_ANY]
    one, other = units(a[dg.BIRTH]) & 0xFFFFFFFF, units(b[dg.BIRTH]) & 0xFFFFFFFF
    if one == other:
        return d.best[dg.BEST_BIRTH_FIRST] if one & 0xFFFF == _NEW_YEAR else d.best[dg.BEST_BIRTH_OTHER]
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
    if flags & dg.MANY_NUMBERS:
        return max(d.best[dg.BEST_NUMBER_SAME], d.best[dg.BEST_NUMBER_OTHER])
    if a[dg.NUMBER] == 0 or b[dg.NUMBER] == 0:
        return units(0)
    return d.best[dg.BEST_NUMBER_SAME] if a[dg.NUMBER] == b[dg.NUMBER] else d.best[dg.BEST_NUMBER_OTHER]


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
    share = _PLACE_SHARE[1] if d.place_begins[one] != d.place_begins[other] else _PLACE_SHARE[0]
    return bool(100 * common * (length_a + length_b) >= share * length_a * length_b)


@inline_kernel
def _reach_area(d: Digests, w: Int32, a: Int32, b: Int32, street_differs: bool) -> Units:
    postal_a, postal_b = a[dg.POSTAL], b[dg.POSTAL]
    if postal_a >= 0 and postal_a == postal_b:
        return units(d.place_bits[postal_a]) + (w[wi.ADDRESS_POSTAL] if street_differs else 0)
    best = units(w[wi.ADDRESS_DIFFERS] if street_differs else max(w[wi.ADDRESS_DIFFERS], 0))
    if postal_a >= 0 and postal_b >= 0:
        bits = units(min(d.place_bits[postal_a], d.place_bits[postal_b]))
        best = max(best, bits // 2 + w[wi.ADDRESS_POSTAL_SLIP])
    if a[dg.CITY] >= 0 and b[dg.CITY] >= 0 and _may_be_same_word(d, a[dg.CITY], b[dg.CITY]):
        bits = units(min(d.place_bits[a[dg.CITY]], d.place_bits[b[dg.CITY]]))
        best = max(best, bits + (w[wi.ADDRESS_CITY] if street_differs else 0))
    return best


@inline_kernel
def _reach_address(d: Digests, w: Int32, a: Int32, b: Int32, flags: int) -> Units:
    if not a[dg.FLAGS] & b[dg.FLAGS] & dg.HOUSED:
        return units(0)
    if flags & dg.MANY_ADDRESSES:
        return d.best[dg.BEST_ADDRESS_ANY]
    street_a, street_b = a[dg.STREET], b[dg.STREET]
    if street_a < 0 or street_b < 0:
        return _reach_area(d, w, a, b, False)
    apart = _reach_area(d, w, a, b, True) if street_a != street_b else units(-_BEYOND)
    if not _may_be_same_word(d, street_a, street_b):
        return apart
    if a[dg.HOUSE] >= 0 and a[dg.HOUSE] == b[dg.HOUSE]:
        return max(apart, d.best[dg.BEST_ADDRESS_WHOLE])
    bits = units(min(d.place_bits[street_a], d.place_bits[street_b]))
    return max(apart, bits + max(w[wi.ADDRESS_SLIP], w[wi.ADDRESS_STREET]))


@inline_kernel
def reach(d: Digests, i: int, j: int) -> Units:
    """A weight that the weight of records `i` and `j` does not exceed, in 1/1024 bit."""
    a, b, w = d.row[i], d.row[j], d.weights
    flags = a[dg.FLAGS] | b[dg.FLAGS]
    if flags & dg.MANY_NAMES:
        return units(_BEYOND)
    best = d.best[dg.BEST_PRIOR] + _reach_birth(d, w, a, b, flags) + _reach_number(d, a, b, flags)
    best += _reach_contact(w, (a[dg.PHONE], b[dg.PHONE]), flags & dg.MANY_PHONES, wi.PHONE_SAME, wi.PHONE_DIFFERS)
    best += _reach_contact(w, (a[dg.EMAIL], b[dg.EMAIL]), flags & dg.MANY_EMAILS, wi.EMAIL_SAME, wi.EMAIL_DIFFERS)
    sex_a, sex_b = (units(a[dg.SHAPE]) >> 25) & 7, (units(b[dg.SHAPE]) >> 25) & 7
    if sex_a and sex_b:
        best += w[wi.SEX_SAME if sex_a & sex_b else wi.SEX_DIFFERS]
    return best + _reach_names(d, w, a, b, flags) + _reach_address(d, w, a, b, flags)
