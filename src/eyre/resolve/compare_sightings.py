"""Comparison of where two records were made, and of when their people were held."""

from eyre.resolve import level as lv
from eyre.resolve import weight_index as wi
from eyre.resolve.kernel import inline_kernel
from eyre.resolve.layout import Int32, Int64, SightingFeatures, Units, units

_TOGETHER = 24 * 60  # minutes for which two lists may name somebody who was taken from the one place to the other
_CORRECTED = 24 * 60  # by which the booking of one stay may be corrected
_BEFORE, _AFTER = 12 * 60, 36 * 60  # how a stay that follows another may begin before its end, or after it


@inline_kernel
def compare_states(f: SightingFeatures, w: Int32, i: int, j: int, kin: Int64) -> tuple[int, int]:
    """Weight and level of the states whose sources tell of them. Kin live as near as oneself: what another state takes
    it takes from them as well. The same state adds nothing, for the prior is that of one state's people."""
    if len(f.state) == 0 or f.state[i] == 0 or f.state[j] == 0:
        return units(0), lv.MISSING
    if f.state[i] == f.state[j]:
        return units(0), lv.EXACT
    for kind in range(3):
        kin[kind] += w[wi.STATE_DIFFERS]
    return units(w[wi.STATE_DIFFERS]), lv.DIFFERS


@inline_kernel
def compare_stays(f: SightingFeatures, w: Int32, i: int, j: int) -> tuple[int, int]:
    """Weight and level of two stays in time."""
    if len(f.state) == 0 or f.until[i] < 0 or f.until[j] < 0:
        return units(0), lv.MISSING
    shared = _shared(_start(f, i), f.until[i], _start(f, j), f.until[j])
    if f.source[i] == f.source[j]:
        return _of_one_source(f, w, i, j, shared)
    if shared >= _TOGETHER:
        return units(w[wi.STAY_TOGETHER]), lv.TOGETHER
    if _follows(f, i, j) or _follows(f, j, i):
        return units(w[wi.STAY_FOLLOWS]), lv.FOLLOWS
    return units(0), lv.APART


@inline_kernel
def _of_one_source(f: SightingFeatures, w: Int32, i: int, j: int, shared: int) -> tuple[int, int]:
    """Two whom one source lists side by side are two. Where it lists the one no more as it begins to list the other,
    who was booked when the one was, it tells one stay under another name or number."""
    listed = _shared(f.since[i], f.until[i], f.since[j], f.until[j])
    if listed < 0 and shared < 0:
        return units(0), lv.APART
    told_anew = f.begun[i] >= 0 and f.begun[j] >= 0 and abs(f.begun[i] - f.begun[j]) <= _CORRECTED
    if listed < 0 and told_anew:
        return units(w[wi.STAY_FOLLOWS]), lv.FOLLOWS
    return units(w[wi.STAY_TOGETHER_HERE]), lv.TOGETHER


@inline_kernel
def _start(f: SightingFeatures, row: int) -> int:
    return int(f.begun[row] if f.begun[row] >= 0 else f.since[row])


@inline_kernel
def _shared(since: int, until: int, other_since: int, other_until: int) -> Units:
    """The minutes that two spans share; below 0 how far they are apart."""
    return units(min(until, other_until)) - max(since, other_since)


@inline_kernel
def _follows(f: SightingFeatures, first: int, then: int) -> bool:
    """Whether one stay begins as the other ends."""
    if f.over[first] == 0 or f.begun[then] < 0:
        return False
    gap = f.begun[then] - f.until[first]
    return bool(gap >= -_BEFORE and gap <= _AFTER)
