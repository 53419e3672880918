"""Comparison of birth dates, every one an interval: an exact date, a year, or an age on a day."""

from math import log2

import numpy as np

from eyre.resolve import level as lv
from eyre.resolve import weight_index as wi
from eyre.resolve.kernel import inline_kernel
from eyre.resolve.layout import SCALE, BirthFeatures, Int32, Int64, Units, units
from eyre.resolve.similarity import digit_slips

_NEAR_YEARS = 5
_SAME_DAY_YEARS = 12
_GENERATION_YEARS = 15  # the least years between a parent and a child
_YEAR_DAYS = 366
_PLACEHOLDER = 101  # 1 January


@inline_kernel
def _full_dates(w: Int32, left: int, right: int, bits: int) -> tuple[int, int]:
    if left == right:
        return bits + w[wi.BIRTH_EXACT], lv.EXACT
    year_left, day_left = left // 10_000, left % 10_000
    year_right, day_right = right // 10_000, right % 10_000
    apart = abs(year_left - year_right)
    if apart == 0:
        if day_left == _PLACEHOLDER or day_right == _PLACEHOLDER:
            return units(w[wi.BIRTH_SAME_YEAR_PLACEHOLDER]), lv.PLACEHOLDER
        if day_left // 100 == day_right % 100 and day_left % 100 == day_right // 100:
            return units(w[wi.BIRTH_SWAPPED]), lv.SWAPPED
    if digit_slips(left, right, 8) == 1:
        return units(w[wi.BIRTH_SLIP]), lv.SLIP
    if apart == 0:
        return units(w[wi.BIRTH_SAME_YEAR]), lv.SAME_YEAR
    if day_left == day_right and day_left != _PLACEHOLDER and apart <= _SAME_DAY_YEARS:
        return units(w[wi.BIRTH_SAME_DAY]), lv.SAME_DAY
    if apart <= _NEAR_YEARS:
        return units(w[wi.BIRTH_NEAR]), lv.NEAR
    return units(w[wi.BIRTH_DIFFERS]), lv.DIFFERS


@inline_kernel
def _intervals(f: BirthFeatures, w: Int32, a: int, b: int) -> tuple[int, int]:
    gap = max(f.earliest[a], f.earliest[b]) - min(f.latest[a], f.latest[b])
    if gap <= 0:
        days = (f.latest[a] - f.earliest[a]) + (f.latest[b] - f.earliest[b]) + 1
        spread = w[wi.YEARS_BITS] + units(np.round((log2(365.25) - log2(days)) * SCALE))
        return max(spread, units(0)) + w[wi.BIRTH_OVERLAP], lv.OVERLAP
    if gap <= _YEAR_DAYS:
        return units(w[wi.BIRTH_GAP_YEAR]), lv.GAP
    if gap <= 3 * _YEAR_DAYS:
        return units(w[wi.BIRTH_GAP_NEAR]), lv.GAP
    return units(w[wi.BIRTH_GAP_FAR]), lv.DIFFERS


@inline_kernel
def _despite_dates(f: BirthFeatures, w: Int32, pair: tuple[int, int], overlap: int) -> tuple[Units, int]:
    """Ages that fit, of records whose full dates do not: what the dates say, or what is left of the ages' agreement."""
    best = overlap + w[wi.BIRTH_OVERLAP_DESPITE_DATES]
    best_level = lv.OVERLAP
    for a in range(f.offset[pair[0]], f.offset[pair[0] + 1]):
        for b in range(f.offset[pair[1]], f.offset[pair[1] + 1]):
            if f.digits[a] > 0 and f.digits[b] > 0:
                weight, found = _full_dates(w, f.digits[a], f.digits[b], units(f.bits[a]))
                if weight > best:
                    best = weight
                    best_level = found
    return best, best_level


@inline_kernel
def compare_births(f: BirthFeatures, w: Int32, i: int, j: int, kin: Int64) -> tuple[int, int]:
    """Weight and level of the best pair of birth dates; adds the kinships' log-ratios to `kin`."""
    best = units(0)
    best_level = lv.MISSING
    gap = units(0)
    both_dated = False
    for a in range(f.offset[i], f.offset[i + 1]):
        for b in range(f.offset[j], f.offset[j + 1]):
            if f.digits[a] > 0 and f.digits[b] > 0:
                weight, found = _full_dates(w, f.digits[a], f.digits[b], units(f.bits[a]))
                both_dated = True
            else:
                weight, found = _intervals(f, w, a, b)
            if best_level == lv.MISSING or weight >= best:
                better = best_level == lv.MISSING or weight > best  # of equals the nearest, whatever their order
                apart = max(units(0), max(f.earliest[a], f.earliest[b]) - min(f.latest[a], f.latest[b]))
                gap = apart if better else min(gap, apart)
                best = weight
                best_level = found if better else min(best_level, found)
    if best_level == lv.MISSING:
        return best, best_level
    if both_dated and best_level == lv.OVERLAP:
        best, best_level = _despite_dates(f, w, (i, j), best)
    agrees = best_level == lv.EXACT or best_level == lv.OVERLAP
    if agrees:
        kin[0] += best + w[wi.HOUSEHOLD_BIRTH] if best_level == lv.EXACT else units(0)
        kin[1] += best
        kin[2] += best + w[wi.NAMESAKE_BIRTH] if best_level == lv.EXACT else min(units(0), best - 5 * SCALE)
    else:
        kin[1] += w[wi.TWIN_BIRTH_DIFFERS] if best < 0 else best - 2 * SCALE
        if gap < _GENERATION_YEARS * _YEAR_DAYS:
            kin[2] += w[wi.NAMESAKE_BIRTH] // 2
    return best, best_level
