"""Comparison of what is one person's by issue: identifiers, telephone numbers, e-mail addresses; and of sex."""

from eyre.resolve import level as lv
from eyre.resolve import weight_index as wi
from eyre.resolve.kernel import inline_kernel
from eyre.resolve.layout import Features, Int32, Int64, units
from eyre.resolve.similarity import digit_slips

_SSN = 0
_SSN_PLACES = 9


@inline_kernel
def _compare_ssn(w: Int32, left: int, right: int) -> tuple[int, int]:
    if digit_slips(left, right, _SSN_PLACES) == 1:
        return units(w[wi.SSN_SLIP]), lv.SLIP
    return units(w[wi.SSN_DIFFERS]), lv.DIFFERS


@inline_kernel
def compare_identifiers(f: Features, w: Int32, i: int, j: int, kin: Int64) -> tuple[int, int]:
    """Weight and level of the best pair of identifiers of one kind; adds the kinships' log-ratios to `kin`."""
    best = units(0)
    best_level = lv.MISSING
    for a in range(f.number_offset[i], f.number_offset[i + 1]):
        for b in range(f.number_offset[j], f.number_offset[j + 1]):
            if f.number_kind[a] != f.number_kind[b] or f.number_hash[a] == 0 or f.number_hash[b] == 0:
                continue
            ssn = f.number_kind[a] == _SSN
            if f.number_hash[a] == f.number_hash[b]:
                weight, found = units(w[wi.SSN_SAME if ssn else wi.NUMBER_SAME]), lv.EXACT
            elif ssn:
                weight, found = _compare_ssn(w, f.number_digits[a], f.number_digits[b])
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
def compare_phones(f: Features, w: Int32, i: int, j: int, kin: Int64) -> tuple[int, int]:
    """Weight and level of telephone numbers; adds the household's log-ratio to `kin`."""
    found = lv.MISSING
    for a in range(f.phone_offset[i], f.phone_offset[i + 1]):
        for b in range(f.phone_offset[j], f.phone_offset[j + 1]):
            if f.phone[a] == 0 or f.phone[b] == 0:
                continue
            if f.phone[a] == f.phone[b]:
                for kind in range(3):
                    kin[kind] += w[wi.HOUSEHOLD_PHONE]
                return units(w[wi.PHONE_SAME]), lv.EXACT
            found = lv.DIFFERS
    return units(w[wi.PHONE_DIFFERS] if found == lv.DIFFERS else 0), found


@inline_kernel
def compare_emails(f: Features, w: Int32, i: int, j: int) -> tuple[int, int]:
    """Weight and level of e-mail addresses."""
    found = lv.MISSING
    for a in range(f.email_offset[i], f.email_offset[i + 1]):
        for b in range(f.email_offset[j], f.email_offset[j + 1]):
            if f.email[a] == 0 or f.email[b] == 0:
                continue
            if f.email[a] == f.email[b]:
                return units(w[wi.EMAIL_SAME]), lv.EXACT
            found = lv.DIFFERS
    return units(w[wi.EMAIL_DIFFERS] if found == lv.DIFFERS else 0), found


@inline_kernel
def compare_sexes(f: Features, w: Int32, i: int, j: int) -> tuple[int, int]:
    """Weight and level of sex; several sayings that meet are the same."""
    if f.sex[i] == 0 or f.sex[j] == 0:
        return units(0), lv.MISSING
    if f.sex[i] & f.sex[j]:
        return units(w[wi.SEX_SAME]), lv.EXACT
    return units(w[wi.SEX_DIFFERS]), lv.DIFFERS
