"""What two digests allow: whether a pair's weight may reach the floor.

What is not in a digest (second addresses, intervals of birth, a third given name) is given the best that the model has
for it; what is, is compared as `resolve.weigh` compares it, but for the likeness of words, which `resolve.likeness`
bounds. A pair below the floor here needs no weighing.
"""

from eyre.resolve import digest as dg
from eyre.resolve import weight_index as wi
from eyre.resolve.compare_names import TYPO_SPREAD
from eyre.resolve.digest import Digests
from eyre.resolve.kernel import inline_kernel
from eyre.resolve.layout import Int32, Units, units
from eyre.resolve.likeness import differing_letters, ones, places_alike
from eyre.resolve.reach_names import reach_names, reach_several_names

_NEW_YEAR = 0x0101
_PLACES = 0x11111111  # the lowest bit of each digit
_SLIPPED_POSTAL = 5
_BEYOND = 1 << 40


@inline_kernel
def _may_slip(differing: int) -> bool:
    """Whether two dates may differ by one digit, or by two neighbours that changed places; `differing` is what of
    their bits does."""
    changed = (differing | differing >> 1 | differing >> 2 | differing >> 3) & _PLACES
    many = ones(changed)
    if many != 2:
        return bool(many == 1)
    at = changed & -changed
    return bool(changed == at * 17 and differing == (differing & at * 15) * 17)


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
    best = units(max(w[wi.BIRTH_NEAR], w[wi.BIRTH_DIFFERS]))
    if _may_slip(differing):
        best = max(best, units(w[wi.BIRTH_SLIP]))
    if differing >> 16 == 0:
        same = max(w[wi.BIRTH_SAME_YEAR_PLACEHOLDER], w[wi.BIRTH_SAME_YEAR])
        best = max(best, units(same))
        if (one & 0xFF) == (other >> 8) & 0xFF and (one >> 8) & 0xFF == other & 0xFF:
            best = max(best, units(w[wi.BIRTH_SWAPPED]))
    elif differing & 0xFFFF == 0:
        best = max(best, units(w[wi.BIRTH_SAME_DAY]))
    return best


@inline_kernel
def _may_slip_number(one: int, other: int) -> bool:
    """Whether two numbers may differ by one digit, or by two neighbours that changed places: then a power of ten times
    one digit, or times nine of them, lies between."""
    apart = abs(one - other)
    while apart % 10 == 0 and apart > 0:
        apart //= 10
    return bool(apart < 10 or (apart <= 81 and apart % 9 == 0))


@inline_kernel
def _reach_number(d: Digests, w: Int32, a: Int32, b: Int32, flags: int) -> Units:
    if flags & dg.MANY_NUMBERS:
        return d.best[dg.BEST_NUMBER_SAME]
    one, other = units(a[dg.NUMBER]), units(b[dg.NUMBER])
    if one == 0 or other == 0:
        return units(0)
    if one == other:
        return d.best[dg.BEST_NUMBER_SAME]
    if one & other & dg.AS_DIGITS:
        slip = _may_slip_number(one, other)
        return units(max(w[wi.SSN_SLIP], w[wi.SSN_DIFFERS]) if slip else w[wi.SSN_DIFFERS])
    return d.best[dg.BEST_NUMBER_OTHER]


@inline_kernel
def _reach_contact(w: Int32, one: int, other: int, same: int, differs: int) -> Units:
    """Of parts of the hashes of telephone numbers or e-mail addresses: `same` and `differs` are the weights'
    indexes."""
    found = units(max(w[same], w[differs]) if one == other else w[differs])
    return found if (one != 0) & (other != 0) else units(0)


@inline_kernel
def _reach_apart(d: Digests, w: Int32, a: Int32, b: Int32, flags: int) -> Units:
    """What all but names and addresses can say, the prior included."""
    best = d.best[dg.BEST_PRIOR] + _reach_birth(d, w, a, b, flags) + _reach_number(d, w, a, b, flags)
    if flags & dg.MANY_PHONES:
        best += max(w[wi.PHONE_SAME], w[wi.PHONE_DIFFERS], 0)
    else:
        best += _reach_contact(w, a[dg.PHONE] & 0xFFFF, b[dg.PHONE] & 0xFFFF, wi.PHONE_SAME, wi.PHONE_DIFFERS)
    if flags & dg.MANY_EMAILS:
        best += max(w[wi.EMAIL_SAME], w[wi.EMAIL_DIFFERS], 0)
    else:
        emails = a[dg.FLAGS] >> dg.EMAIL_FROM, b[dg.FLAGS] >> dg.EMAIL_FROM
        best += _reach_contact(w, emails[0], emails[1], wi.EMAIL_SAME, wi.EMAIL_DIFFERS)
    sex_a, sex_b = a[dg.SURNAME_HEAD] >> dg.SEXES_FROM, b[dg.SURNAME_HEAD] >> dg.SEXES_FROM
    sex = units(w[wi.SEX_SAME] if sex_a & sex_b else w[wi.SEX_DIFFERS])
    return best + (sex if (sex_a != 0) & (sex_b != 0) else units(0))


@inline_kernel
def _may_be_same_word(d: Digests, one: int, other: int) -> bool:
    return places_alike(
        (d.place_mask[one], d.place_mask[other]),
        (d.place_head[one], d.place_head[other]),
        (d.place_length[one], d.place_length[other]),
    )


@inline_kernel
def _may_slip_postal(d: Digests, one: int, other: int) -> bool:
    length = d.place_length[one]
    if length != d.place_length[other] or length < _SLIPPED_POSTAL:
        return False
    return bool(differing_letters(d.place_head[one], d.place_head[other]) <= 1)


@inline_kernel
def _reach_area(d: Digests, w: Int32, a: Int32, b: Int32, street_differs: bool) -> Units:
    postal_a, postal_b = a[dg.POSTAL], b[dg.POSTAL]
    if postal_a >= 0 and postal_a == postal_b:
        return units(d.place_bits[postal_a]) + (w[wi.ADDRESS_POSTAL] if street_differs else 0)
    best = units(w[wi.ADDRESS_DIFFERS] if street_differs else max(w[wi.ADDRESS_DIFFERS], 0))
    if postal_a >= 0 and postal_b >= 0 and _may_slip_postal(d, postal_a, postal_b):
        bits = units(min(d.place_bits[postal_a], d.place_bits[postal_b]))
        best = max(best, bits // 2 + w[wi.ADDRESS_POSTAL_SLIP])
    city_a, city_b = a[dg.CITY], b[dg.CITY]
    if city_a >= 0 and city_b >= 0:
        away = units(w[wi.ADDRESS_CITY] if street_differs else 0)
        if city_a == city_b:
            best = max(best, d.place_bits[city_a] + away)
        elif _may_be_same_word(d, city_a, city_b):
            best = max(best, min(d.place_bits[city_a], d.place_bits[city_b]) - TYPO_SPREAD + away)
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
    if street_a != street_b and not _may_be_same_word(d, street_a, street_b):
        return apart
    if a[dg.HOUSE] >= 0 and a[dg.HOUSE] == b[dg.HOUSE]:
        return max(apart, d.best[dg.BEST_ADDRESS_WHOLE])
    bits = units(min(d.place_bits[street_a], d.place_bits[street_b]))
    return max(apart, bits + max(w[wi.ADDRESS_SLIP], w[wi.ADDRESS_STREET]))


@inline_kernel
def _most_of_address(d: Digests, a: Int32, b: Int32, flags: int) -> Units:
    """As `_reach_address`, without a look at any word."""
    if not a[dg.FLAGS] & b[dg.FLAGS] & dg.HOUSED:
        return units(0)
    if flags & dg.MANY_ADDRESSES or (a[dg.HOUSE] >= 0 and a[dg.HOUSE] == b[dg.HOUSE]):
        return d.best[dg.BEST_ADDRESS_ANY]
    return max(d.best[dg.BEST_AREA], d.best[dg.BEST_STREET])


@inline_kernel
def _reach_household(d: Digests, w: Int32, a: Int32, b: Int32, best: int) -> Units:
    """The most that two of one surname and two given names can weigh once it is taken back what members of a household
    would show as well, whatever address they say; `best` is what they can weigh without that and without addresses.
    `_BEYOND` for whom this is not looked into."""
    number = a[dg.NUMBER] == b[dg.NUMBER] and a[dg.NUMBER] != 0
    several = (a[dg.FLAGS] | b[dg.FLAGS]) & (dg.MANY_BIRTHS | dg.MANY_NUMBERS | dg.MANY_PHONES)
    if a[dg.SURNAME] < 0 or a[dg.SURNAME] != b[dg.SURNAME] or a[dg.GIVEN] == b[dg.GIVEN] or number or several:
        return units(_BEYOND)
    both = a[dg.FLAGS] & b[dg.FLAGS]
    best -= (units(a[dg.NAME_BITS]) >> 16) + w[wi.HOUSEHOLD_SURNAME] + w[wi.HOUSEHOLD_SHARE]
    if both & dg.BORN and a[dg.BIRTH] == b[dg.BIRTH]:
        best -= _reach_birth(d, w, a, b, 0) + w[wi.HOUSEHOLD_BIRTH]
    if a[dg.NUMBER] & b[dg.NUMBER] & dg.AS_DIGITS:
        best += max(0, -w[wi.HOUSEHOLD_SSN_SLIP])
    if (a[dg.PHONE] & b[dg.PHONE] & 0xFFFF) != 0 and (a[dg.PHONE] ^ b[dg.PHONE]) & 0xFFFF == 0:
        same, differs = w[wi.PHONE_SAME], w[wi.PHONE_DIFFERS]
        best += max(same - w[wi.HOUSEHOLD_PHONE], differs) - max(same, differs)
    if both & dg.HOUSED:
        apart = w[wi.ADDRESS_DIFFERS] - w[wi.HOUSEHOLD_ADDRESS_DIFFERS]
        best += max(w[wi.ADDRESS_SAME] - w[wi.HOUSEHOLD_ADDRESS], apart, 0)
    return units(best)


@inline_kernel
def may_reach(d: Digests, a: Int32, b: Int32, floor: int) -> bool:
    """Whether the weight of two records may be `floor` (in 1/1024 bit) or more, by their digests. Of two who bear the
    same names and were born on the same day this is taken for granted: nearly always it is so, and soonest told."""
    flags = a[dg.FLAGS] | b[dg.FLAGS]
    same = (a[dg.GIVEN] == b[dg.GIVEN]) & (a[dg.SURNAME] == b[dg.SURNAME]) & (a[dg.BIRTH] == b[dg.BIRTH])
    if same & (a[dg.BIRTH] != 0) & (flags & dg.MANY_NAMES == 0):
        return True
    w = d.weights
    best = _reach_apart(d, w, a, b, flags)
    if flags & dg.MANY_NAMES:
        best += reach_several_names(d, w, a, b)
    else:
        best += reach_names(d, w, a, b, flags)
    if best + _most_of_address(d, a, b, flags) < floor or _reach_household(d, w, a, b, best) < floor:
        return False
    return bool(best + _reach_address(d, w, a, b, flags) >= floor)
