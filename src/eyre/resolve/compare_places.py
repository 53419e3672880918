"""Comparison of addresses as one thing: house, street, unit, city and postal code agree together or not at all."""

from eyre.resolve import level as lv
from eyre.resolve import weight_index as wi
from eyre.resolve.compare_names import TYPO_SPREAD
from eyre.resolve.kernel import inline_kernel
from eyre.resolve.layout import AddressFeatures, Int32, Int64, units
from eyre.resolve.similarity import jaro_winkler

PLACE_TYPO_FROM = 0.92


@inline_kernel
def _same_word(f: AddressFeatures, left: int, right: int) -> bool:
    """Whether two words are the same but for a slip."""
    if left == right:
        return True
    return jaro_winkler(f.words.letters, f.words.length, left, right) >= PLACE_TYPO_FROM


@inline_kernel
def _one_slip(f: AddressFeatures, left: int, right: int, least: int) -> bool:
    """Whether two words of one length, `least` or more, differ in one letter or digit."""
    words = f.words
    if words.length[left] != words.length[right] or words.length[left] < least:
        return False
    differing = 0
    for at in range(words.length[left]):
        if words.letters[left, at] != words.letters[right, at]:
            differing += 1
    return differing == 1


@inline_kernel
def _area(f: AddressFeatures, w: Int32, a: int, b: int, street_differs: bool) -> tuple[int, int]:
    """What postal code and city say when the street does not agree."""
    postal_a, postal_b = f.postal[a], f.postal[b]
    city_a, city_b = f.city[a], f.city[b]
    away = units(w[wi.ADDRESS_DIFFERS] if street_differs else 0)
    if postal_a >= 0 and postal_a == postal_b:
        return units(f.words.bits[postal_a]) + (w[wi.ADDRESS_POSTAL] if street_differs else 0), lv.POSTAL
    if postal_a >= 0 and postal_b >= 0 and _one_slip(f, postal_a, postal_b, 5):
        bits = units(min(f.words.bits[postal_a], f.words.bits[postal_b]))
        return bits // 2 + w[wi.ADDRESS_POSTAL_SLIP], lv.POSTAL
    if city_a >= 0 and city_a == city_b:
        return units(f.words.bits[city_a]) + (w[wi.ADDRESS_CITY] if street_differs else 0), lv.CITY
    if city_a >= 0 and city_b >= 0 and _same_word(f, city_a, city_b):
        bits = units(min(f.words.bits[city_a], f.words.bits[city_b])) - TYPO_SPREAD
        return bits + (w[wi.ADDRESS_CITY] if street_differs else 0), lv.CITY
    if (postal_a >= 0 and postal_b >= 0) or (city_a >= 0 and city_b >= 0):
        return units(w[wi.ADDRESS_DIFFERS]), lv.DIFFERS
    return away, lv.DIFFERS if street_differs else lv.MISSING


@inline_kernel
def _compare_one(f: AddressFeatures, w: Int32, a: int, b: int) -> tuple[int, int]:
    street_a, street_b = f.street[a], f.street[b]
    if street_a < 0 or street_b < 0:
        return _area(f, w, a, b, False)
    if not _same_word(f, street_a, street_b):
        return _area(f, w, a, b, True)
    bits = units(min(f.words.bits[street_a], f.words.bits[street_b]))
    house_a, house_b = f.house[a], f.house[b]
    if house_a < 0 or house_b < 0 or house_a != house_b:
        slip = house_a >= 0 and house_b >= 0 and _one_slip(f, house_a, house_b, 2)
        one_missing = house_a < 0 or house_b < 0
        return bits + w[wi.ADDRESS_SLIP if slip or one_missing else wi.ADDRESS_STREET], lv.STREET
    whole = units(min(f.bits[a], f.bits[b]))
    unit_a, unit_b = f.unit[a], f.unit[b]
    if unit_a != unit_b and unit_a >= 0 and unit_b >= 0:
        return whole + w[wi.ADDRESS_SAME_OTHER_UNIT], lv.OTHER_UNIT
    return whole + w[wi.ADDRESS_SAME], lv.EXACT


@inline_kernel
def compare_places(f: AddressFeatures, w: Int32, i: int, j: int, kin: Int64) -> tuple[int, int]:
    """Weight and level of the best pair of addresses; adds the kinships' log-ratios to `kin`."""
    best = units(0)
    best_level = lv.MISSING
    for a in range(f.offset[i], f.offset[i + 1]):
        for b in range(f.offset[j], f.offset[j + 1]):
            weight, found = _compare_one(f, w, a, b)
            if found != lv.MISSING and (best_level == lv.MISSING or weight > best):
                best = weight
                best_level = found
    if best_level == lv.EXACT:
        whole = best - w[wi.ADDRESS_SAME]
        kin[0] += whole + w[wi.HOUSEHOLD_ADDRESS]
        kin[1] += whole + w[wi.TWIN_ADDRESS]
        kin[2] += whole + w[wi.NAMESAKE_ADDRESS]
    elif best_level == lv.DIFFERS:
        kin[0] += w[wi.HOUSEHOLD_ADDRESS_DIFFERS]
    elif best_level != lv.MISSING:
        kin[0] += best
        kin[1] += best
        kin[2] += best
    return best, best_level
