"""Of the pairs that could show a level, how many do: what a weight is computed from.

A level is counted among the pairs that could have shown it: two full dates can be a slip apart, two ages cannot. So
what one file happens to say (initials, ages) does not pass for how often people's records agree.
"""

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eyre.resolve import level as lv
from eyre.resolve.fit.leave_out import any_of
from eyre.resolve.fit.used_weights import MANY_SLOTS, UsedWeights
from eyre.resolve.layout import Features, Int32
from eyre.resolve.weights import INDEX, NAMES

Floats = NDArray[np.float64]
Tally = NDArray[np.float64]
"""How many pairs, by slot (`used_weights.MANY_SLOTS`) and form."""

_WOMEN = 1
_STREETS = 2
_GIVEN_INITIAL = 4
_MIDDLE_INITIAL = 8
FORMS = 16
"""A pair's form is a sum of these: surnames that may have changed at a marriage, both with a street, and a given or
a middle name that is but an initial on a side."""

_FEMALE = 2  # the bit of `normalise.sex`


class Kind(Enum):
    """How a weight follows from what is counted. `RARITY`: log2(m), for the kernel adds how rare the value is.
    `RATIO`: log2(m / u), both counted. `REST`: u is too small to be counted and stays as the model has it; only m
    moves."""

    RARITY = "rarity"
    RATIO = "ratio"
    REST = "rest"


@dataclass(frozen=True)
class Share:
    """A weight that can be fitted, the part that it belongs to, the weights `among` whose pairs it is counted, and the
    forms of pair that count. `plain`: pairs whose part was found by rarity alone count as well."""

    name: str
    part: int
    kind: Kind
    among: tuple[str, ...]
    forms: tuple[int, ...] = tuple(range(FORMS))
    plain: bool = False


class Counted(NamedTuple):
    """How many pairs show a level, of how many that could."""

    shown: float
    possible: float


def tally(features: Features, used: UsedWeights, left: Int32, right: Int32, share: Floats | None = None) -> Tally:
    """Pairs by slot and form; of each pair counts its `share`, or all of it."""
    form = forms_of(features, left, right)
    counts = np.zeros(MANY_SLOTS * FORMS)
    for part in range(1, lv.KINSHIP):
        known = used.slot[:, part] >= 0
        at = used.slot[known, part].astype(np.int64) * FORMS + form[known]
        counts += np.bincount(at, None if share is None else share[known], MANY_SLOTS * FORMS)
    return counts.reshape(MANY_SLOTS, FORMS)


def counted(counts: Tally, share: Share) -> Counted:
    """What `counts` says of one weight."""
    forms = list(share.forms)
    among = [INDEX[name] for name in share.among] + ([len(NAMES) + share.part] if share.plain else [])
    return Counted(float(counts[INDEX[share.name], forms].sum()), float(counts[np.ix_(among, forms)].sum()))


def forms_of(features: Features, left: Int32, right: Int32) -> NDArray[np.int64]:
    """The form of each pair, a sum of the constants above."""
    names, addresses = features.names, features.addresses
    female = features.sex[left] | features.sex[right]
    women = (female & _FEMALE > 0) | (features.sex[left] == 0) | (features.sex[right] == 0)
    street = any_of(addresses.offset, addresses.street >= 0)
    form = women * _WOMEN + (street[left] & street[right]) * _STREETS
    length = np.append(names.words.length, 0)
    tokens = np.diff(names.given_offset)
    for place, bit in ((0, _GIVEN_INITIAL), (1, _MIDDLE_INITIAL)):
        token = np.full(len(tokens), -1, dtype=np.int64)
        there = tokens > place
        token[there] = names.given[names.given_offset[:-1][there] + place]
        initial = any_of(names.offset, length[token] == 1)
        form = form + (initial[left] | initial[right]) * bit
    return np.asarray(form, dtype=np.int64)


_ANY = tuple(range(FORMS))
_WITH = {bit: tuple(form for form in _ANY if form & bit) for bit in (1, 2, 4, 8)}
_WITHOUT = {bit: tuple(form for form in _ANY if not form & bit) for bit in (1, 2, 4, 8)}


def _of(part: int, kind: Kind, names: str, among: str, forms: tuple[int, ...] = _ANY) -> list[Share]:
    return [Share(name, part, kind, tuple(among.split()), forms) for name in names.split()]


def _of_names() -> list[Share]:
    by_rarity = "given_exact given_nickname given_typo given_prefix names_swapped names_half_swapped"
    by_ratio = "given_close given_differs given_differs_same_initial"
    given = f"{by_rarity} {by_ratio} given_crossed"
    middle = "middle_exact middle_typo middle_differs"
    surname = "surname_exact surname_typo surname_close surname_part surname_moved surname_differs "
    surname += "surname_differs_female"
    generation = "generation_same generation_differs"
    return [
        *_of(lv.GIVEN, Kind.RARITY, by_rarity, given, _WITHOUT[_GIVEN_INITIAL]),
        *_of(lv.GIVEN, Kind.RATIO, by_ratio, f"{given} given_initial"),
        *_of(lv.GIVEN, Kind.RATIO, "given_initial", f"{given} given_initial", _WITH[_GIVEN_INITIAL]),
        *_of(lv.MIDDLE, Kind.RARITY, "middle_exact", middle, _WITHOUT[_MIDDLE_INITIAL]),
        *_of(lv.MIDDLE, Kind.RATIO, "middle_typo middle_differs", f"{middle} middle_initial"),
        *_of(lv.MIDDLE, Kind.RATIO, "middle_initial", f"{middle} middle_initial", _WITH[_MIDDLE_INITIAL]),
        *_of(lv.SURNAME, Kind.RARITY, "surname_exact surname_typo", surname),
        *_of(lv.SURNAME, Kind.RATIO, "surname_close", surname),
        *_of(lv.SURNAME, Kind.RATIO, "surname_differs", surname, _WITHOUT[_WOMEN]),
        *_of(lv.SURNAME, Kind.RATIO, "surname_differs_female", surname, _WITH[_WOMEN]),
        *_of(lv.GENERATION, Kind.RATIO, generation, generation),
    ]


def _of_births() -> list[Share]:
    dates = "birth_slip birth_swapped birth_same_year_placeholder birth_same_day birth_same_year birth_near "
    dates += "birth_differs"
    gaps = "birth_gap_year birth_gap_near birth_gap_far"
    return [
        *_of(lv.BIRTH, Kind.RARITY, "birth_exact", f"birth_exact {dates}"),
        *_of(lv.BIRTH, Kind.RATIO, dates, f"birth_exact {dates}"),
        *_of(lv.BIRTH, Kind.RARITY, "birth_overlap", f"birth_overlap {gaps}"),
        *_of(lv.BIRTH, Kind.RATIO, gaps, f"birth_overlap {gaps}"),
    ]


def _of_others() -> list[Share]:
    by_rarity = "address_same address_same_other_unit address_street address_slip address_postal address_city"
    address = f"{by_rarity} address_postal_slip address_differs"
    issued = [
        share
        for part, name, more in (
            (lv.NUMBER, "ssn", " ssn_slip"),
            (lv.NUMBER, "number", ""),
            (lv.PHONE, "phone", ""),
            (lv.EMAIL, "email", ""),
        )
        for kind, level in ((Kind.RATIO, "differs"), (Kind.REST, "same"))
        for share in _of(part, kind, f"{name}_{level}", f"{name}_same {name}_differs{more}")
    ]
    return [
        *_of(lv.SEX, Kind.RATIO, "sex_same sex_differs", "sex_same sex_differs"),
        *issued,
        *_of(lv.ADDRESS, Kind.RARITY, by_rarity, address, _WITH[_STREETS]),
        Share("address_differs", lv.ADDRESS, Kind.RATIO, tuple(address.split()), plain=True),
    ]


SHARES = (*_of_names(), *_of_births(), *_of_others())
"""The weights that can be fitted. Not among them: those of kin; those that only a form of name can show which is not
counted apart (`given_crossed`, `surname_part`, `surname_moved`, `name_lone`), and those whose u is too small to be
counted and whose m is small as well (`ssn_slip`, `address_postal_slip`, `birth_overlap_despite_dates`)."""
