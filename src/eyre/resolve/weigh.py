"""The match weight of a pair of records: a sum of parts, each a comparison, in 1/1024 bit.

Two records of one person are weighed against two records of strangers, field by field; and, because kin are no
strangers (they share surname, address, telephone, birth date), against three kinds of kin together: members of one
household, twins, parent and child of one name. With U_r the likelihood under strangers, U_k under kin of kind k and
h_k how common such kin are among pairs, the weight of evidence is log2(M / (U_r + sum h_k U_k)) = log2(M / U_r) -
log2(1 + sum h_k U_k / U_r). The last term is the part `kinship`: it takes back what agreement that kin would show
anyway had been counted for.
"""

from math import log2
from typing import NamedTuple

import numpy as np

from eyre.resolve import level as lv
from eyre.resolve import weight_index as wi
from eyre.resolve.compare_births import compare_births
from eyre.resolve.compare_names import compare_names
from eyre.resolve.compare_numbers import compare_emails, compare_identifiers, compare_phones, compare_sexes
from eyre.resolve.compare_places import compare_places
from eyre.resolve.compare_sightings import compare_states, compare_stays
from eyre.resolve.fetch_features import AT_ONCE, fetch_features
from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.layout import SCALE, Features, Int8, Int32, Int64, Units, units

_LEAST_SHOWN = SCALE // 2  # half a bit


@inline_kernel
def _kinship(w: Int32, kin: Int64) -> tuple[int, int]:
    household = 2.0 ** ((kin[0] + w[wi.HOUSEHOLD_SHARE]) / SCALE)
    twin = 2.0 ** ((kin[1] + w[wi.TWIN_SHARE]) / SCALE)
    namesake = 2.0 ** ((kin[2] + w[wi.NAMESAKE_SHARE]) / SCALE)
    taken = -units(np.round(log2(1.0 + household + twin + namesake) * SCALE))
    if taken > -_LEAST_SHOWN:
        return taken, lv.MISSING
    if household >= twin and household >= namesake:
        return taken, lv.HOUSEHOLD
    return taken, lv.TWIN if twin >= namesake else lv.NAMESAKE


class Scratch(NamedTuple):
    """What one pair is written into: `part` and `level` (`level.PARTS` each), the sums of the three kinships'
    log-ratios in `kin`, and in `trail`, if it has rows, those sums as they stood after each part."""

    part: Int32
    level: Int8
    kin: Int64
    trail: Int64


@inline_kernel
def _note(scratch: Scratch, at: int) -> None:
    if len(scratch.trail) > 0:
        for kind in range(3):
            scratch.trail[at, kind] = scratch.kin[kind]


@inline_kernel
def weigh_pair(f: Features, w: Int32, i: int, j: int, scratch: Scratch) -> Units:
    """Fill `scratch` for records `i` and `j` and return the sum of its parts."""
    part, level, kin, _ = scratch
    names = compare_names(f.names, f.sex, w, i, j)
    kin[0], kin[1], kin[2] = names.household, names.twin, names.namesake
    _note(scratch, lv.GIVEN)
    part[lv.PRIOR], level[lv.PRIOR] = w[wi.PRIOR], lv.MISSING
    part[lv.GIVEN], level[lv.GIVEN] = names.given, names.given_level
    part[lv.MIDDLE], level[lv.MIDDLE] = names.middle, names.middle_level
    part[lv.SURNAME], level[lv.SURNAME] = names.surname, names.surname_level
    part[lv.GENERATION], level[lv.GENERATION] = names.generation, names.generation_level
    part[lv.BIRTH], level[lv.BIRTH] = compare_births(f.births, w, i, j, kin)
    _note(scratch, lv.BIRTH)
    part[lv.SEX], level[lv.SEX] = compare_sexes(f.sex, w, i, j)
    part[lv.NUMBER], level[lv.NUMBER] = compare_identifiers(f.numbers, w, i, j, kin)
    _note(scratch, lv.NUMBER)
    part[lv.ADDRESS], level[lv.ADDRESS] = compare_places(f.addresses, w, i, j, kin)
    _note(scratch, lv.ADDRESS)
    part[lv.PHONE], level[lv.PHONE] = compare_phones(f.phones, w, i, j, kin)
    _note(scratch, lv.PHONE)
    part[lv.EMAIL], level[lv.EMAIL] = compare_emails(f.emails, w, i, j)
    part[lv.STATE], level[lv.STATE] = compare_states(f.sightings, w, i, j, kin)
    _note(scratch, lv.STATE)
    part[lv.STAY], level[lv.STAY] = compare_stays(f.sightings, w, i, j)
    part[lv.KINSHIP], level[lv.KINSHIP] = _kinship(w, kin)
    total = units(0)
    for at in range(lv.PARTS):
        total += part[at]
    return total


class Weighed(NamedTuple):
    """What is written for each pair: `total` and `vote`, and, when the matrices have rows, the parts and levels,
    and in `kin` what each part adds to the log-ratios of household, twin and namesake (names together under the given
    name).

    A pair's vote in a cluster is its weight, but silence is no conflict: a pair that lacks evidence (so little to
    compare that not much more than the prior is left) votes no lower than the model's silence and the weights of what
    does differ.
    """

    total: Int32
    vote: Int32
    part: Int32
    level: Int8
    kin: Int32


def room_for(pairs: int, *, explained: bool = False) -> Weighed:
    """Arrays for `pairs` pairs; with parts and levels when they are to be `explained`."""
    rows = pairs if explained else 0
    return Weighed(
        np.empty(pairs, dtype=np.int32),
        np.empty(pairs, dtype=np.int32),
        np.empty((rows, lv.PARTS), dtype=np.int32),
        np.empty((rows, lv.PARTS), dtype=np.int8),
        np.empty((rows, lv.PARTS, 3), dtype=np.int32),
    )


def weigh_pairs(f: Features, w: Int32, left: Int32, right: Int32, out: Weighed) -> None:
    """Weigh many pairs of rows."""
    scratch = Scratch(
        np.empty(lv.PARTS, dtype=np.int32),
        np.empty(lv.PARTS, dtype=np.int8),
        np.empty(3, dtype=np.int64),
        np.zeros((lv.PARTS if len(out.part) else 0, 3), dtype=np.int64),
    )
    _weigh_pairs(f, w, (left, right), out, scratch)


_KIN_PARTS = (lv.GIVEN, lv.BIRTH, lv.NUMBER, lv.ADDRESS, lv.PHONE, lv.STATE)  # in the order in which they are compared


@kernel
def _weigh_pairs(f: Features, w: Int32, pairs: tuple[Int32, Int32], out: Weighed, scratch: Scratch) -> int:
    left, right = pairs
    explained = len(out.part) > 0
    seen = units(0)
    for at in range(len(left)):
        if at % AT_ONCE == 0:
            seen += fetch_features(f, right, at, min(at + AT_ONCE, len(right)))
        total = weigh_pair(f, w, left[at], right[at], scratch)
        conflict = units(0)
        for each in range(1, lv.PARTS):
            conflict += min(scratch.part[each], 0)
        out.total[at] = total
        out.vote[at] = max(total, conflict - w[wi.SILENCE])
        if explained:
            for each in range(lv.PARTS):
                out.part[at, each] = scratch.part[each]
                out.level[at, each] = scratch.level[each]
            _kin_of_parts(scratch, out.kin, at)
    return int(seen)


@inline_kernel
def _kin_of_parts(scratch: Scratch, kin: Int32, at: int) -> None:
    for each in range(lv.PARTS):
        for kind in range(3):
            kin[at, each, kind] = 0
    for kind in range(3):
        before = units(0)
        for each in _KIN_PARTS:
            kin[at, each, kind] = scratch.trail[each, kind] - before
            before = scratch.trail[each, kind]
