"""Comparison of what is one person's by issue: identifiers, telephone numbers, e-mail addresses; and of sex."""

from eyre.resolve import level as lv
from eyre.resolve import weight_index as wi
from eyre.resolve.kernel import inline_kernel
from eyre.resolve.layout import EmailFeatures, Int8, Int32, Int64, NumberFeatures, PhoneFeatures, units
from eyre.resolve.similarity import digit_slips

_SSN = 0
_SSN_PLACES = 9


@inline_kernel
def _compare_ssn(w: Int32, left: int, right: int) -> tuple[int, int]:
    if digit_slips(left, right, _SSN_PLACES) == 1:
        return units(w[wi.SSN_SLIP]), lv.SLIP
    return units(w[wi.SSN_DIFFERS]), lv.DIFFERS


@inline_kernel
def compare_identifiers(f: NumberFeatures, w: Int32, i: int, j: int, kin: Int64) -> tuple[int, int]:
    """Weight and level of the best pair of identifiers of one type and issuer; adds the kinships' log-ratios to
    `kin`."""
    best = units(0)
    best_level = lv.MISSING
    for a in range(f.offset[i], f.offset[i + 1]):
        for b in range(f.offset[j], f.offset[j + 1]):
            if f.scope[a] != f.scope[b] or f.hash[a] == 0 or f.hash[b] == 0:
                continue
            ssn = f.kind[a] == _SSN
            if f.hash[a] == f.hash[b]:
                weight, found = units(w[wi.SSN_SAME if ssn else wi.NUMBER_SAME]), lv.EXACT
            elif ssn:
                weight, found = _compare_ssn(w, f.digits[a], f.digits[b])
            else:
                weight, found = units(w[wi.NUMBER_DIFFERS]), lv.DIFFERS
            if best_level == lv.MISSING or weight > best:
                best = weight
                best_level = found
    if best_level == lv.EXACT:
        for kind in range(3):
            kin[kind] += best + w[wi.HOUSEHOLD_SSN]
    elif best_level == lv.SLIP:
        kin[0] += w[wi.HOUSEHOLD_SSN_SLIP]
        kin[1] += w[wi.TWIN_SSN_SLIP]
        kin[2] += w[wi.HOUSEHOLD_SSN_SLIP]
    return best, best_level


@inline_kernel
def compare_phones(f: PhoneFeatures, w: Int32, i: int, j: int, kin: Int64) -> tuple[int, int]:
    """Weight and level of telephone numbers; adds the household's log-ratio to `kin`."""
    found = lv.MISSING
    for a in range(f.offset[i], f.offset[i + 1]):
        for b in range(f.offset[j], f.offset[j + 1]):
            if f.value[a] == 0 or f.value[b] == 0:
                continue
            if f.value[a] == f.value[b]:
                for kind in range(3):
                    kin[kind] += w[wi.HOUSEHOLD_PHONE]
                return units(w[wi.PHONE_SAME]), lv.EXACT
            found = lv.DIFFERS
    return units(w[wi.PHONE_DIFFERS] if found == lv.DIFFERS else 0), found


@inline_kernel
def compare_emails(f: EmailFeatures, w: Int32, i: int, j: int) -> tuple[int, int]:
    """Weight and level of e-mail addresses."""
    found = lv.MISSING
    for a in range(f.offset[i], f.offset[i + 1]):
        for b in range(f.offset[j], f.offset[j + 1]):
            if f.value[a] == 0 or f.value[b] == 0:
                continue
            if f.value[a] == f.value[b]:
                return units(w[wi.EMAIL_SAME]), lv.EXACT
            found = lv.DIFFERS
    return units(w[wi.EMAIL_DIFFERS] if found == lv.DIFFERS else 0), found


@inline_kernel
def compare_sexes(sexes: Int8, w: Int32, i: int, j: int) -> tuple[int, int]:
    """Weight and level of sex; several sayings that meet are the same."""
    if sexes[i] == 0 or sexes[j] == 0:
        return units(0), lv.MISSING
    if sexes[i] & sexes[j]:
        return units(w[wi.SEX_SAME]), lv.EXACT
    return units(w[wi.SEX_DIFFERS]), lv.DIFFERS
