"""How often records of one person differ, in a closed file: the model's shares of levels fitted to the file itself.

Two files are never equally dirty: in one of ten given names none is another's, in the next every tenth was keyed as
something else. What a field shows in records of one person is read off the pairs that all *other* fields make sure of,
so that a field never speaks for itself; names are left out together, for their parts go wrong together. Counts are
blended with the model's own shares, which weigh as much as `_PRIOR_PAIRS` pairs, and no weight moves further than
`_MOST_MOVED` bits: unlike expectation maximisation over all pairs this cannot drift to another meaning of *same*.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import copysign, log2

import numpy as np
from numpy.typing import NDArray

from eyre.resolve import level as lv
from eyre.resolve.adapt import LEAST_DUPLICATES, MOST_DUPLICATES
from eyre.resolve.count_shown import Float64, Shown, Shows, count_shown
from eyre.resolve.in_threads import in_threads
from eyre.resolve.layout import SCALE, Features
from eyre.resolve.model import Model
from eyre.resolve.tie import Sample
from eyre.resolve.weigh import room_for, weigh_pairs

_PRIOR_PAIRS = 100.0
_MOST_MOVED = 4.0
_ROUNDS = 3
_LEAST_HOUSEHOLD, _MOST_HOUSEHOLD = -6.0, 4.0
_UNSEEN = 2.0  # bits
_PAIRS_AT_ONCE = 1 << 12  # as weighed they fit a core's own cache
_NUMBER_SAME = 0.90  # of pairs of one person, on which what kin share is reckoned
_KINDS = ("household", "twin", "namesake")


@dataclass(frozen=True)
class CanShow:
    """What a part can show: the share of pairs of one person that the weights of the model that ships take for granted
    (a fitted model has `shares` of its own), and the weights that rest on it. None do where the share is of pairs that
    say little either way."""

    levels: tuple[int, ...]
    share: float
    weights: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """A part whose levels are fitted, the parts that must not speak for it, `silent`, and what it can show."""

    part: int
    silent: tuple[int, ...]
    can_show: tuple[CanShow, ...]


_NAMES = (lv.GIVEN, lv.MIDDLE, lv.SURNAME, lv.GENERATION)

FIELDS = (
    Field(
        lv.GIVEN,
        _NAMES,
        (
            CanShow((lv.EXACT,), 0.84, ("given_exact",)),
            CanShow((lv.NICKNAME,), 0.0625, ("given_nickname",)),
            CanShow((lv.TYPO,), 0.088, ("given_typo",)),
            CanShow((lv.CLOSE,), 0.02, ("given_close",)),
            CanShow((lv.PREFIX,), 0.0625, ("given_prefix",)),
            CanShow((lv.INITIAL,), 0.05, ()),
            CanShow((lv.CROSSED,), 0.022, ("given_crossed",)),
            CanShow((lv.DIFFERS,), 0.022, ("given_differs", "given_differs_same_initial")),
            CanShow((lv.SWAPPED,), 0.008, ("names_swapped", "names_half_swapped")),
        ),
    ),
    Field(
        lv.SURNAME,
        _NAMES,
        (
            CanShow((lv.EXACT,), 0.90, ("surname_exact",)),
            CanShow((lv.TYPO,), 0.0625, ("surname_typo",)),
            CanShow((lv.CLOSE,), 0.02, ("surname_close",)),
            CanShow((lv.PART,), 0.088, ("surname_part",)),
            CanShow((lv.DIFFERS,), 0.0168, ("surname_differs", "surname_differs_female")),
            CanShow((lv.CROSSED,), 0.044, ("surname_moved",)),
        ),
    ),
    Field(
        lv.MIDDLE,
        _NAMES,
        (
            CanShow((lv.EXACT, lv.INITIAL), 0.88, ("middle_exact", "middle_initial")),
            CanShow((lv.TYPO, lv.NICKNAME, lv.PREFIX), 0.06, ("middle_typo",)),
            CanShow((lv.DIFFERS,), 0.06, ("middle_differs",)),
        ),
    ),
    Field(
        lv.BIRTH,
        (lv.BIRTH,),
        (
            CanShow((lv.EXACT,), 0.93, ("birth_exact",)),
            CanShow((lv.SLIP,), 0.017, ("birth_slip",)),
            CanShow((lv.SWAPPED,), 0.005, ("birth_swapped",)),
            CanShow((lv.PLACEHOLDER,), 0.03, ("birth_same_year_placeholder",)),
            CanShow((lv.SAME_DAY,), 0.005, ("birth_same_day",)),
            CanShow((lv.SAME_YEAR,), 0.005, ("birth_same_year",)),
            CanShow((lv.NEAR,), 0.010, ("birth_near",)),
            CanShow((lv.DIFFERS,), 0.004, ("birth_differs",)),
        ),
    ),
    Field(
        lv.SEX, (lv.SEX,), (CanShow((lv.EXACT,), 0.97, ("sex_same",)), CanShow((lv.DIFFERS,), 0.03, ("sex_differs",)))
    ),
    Field(
        lv.NUMBER,
        (lv.NUMBER,),
        (
            CanShow((lv.EXACT,), _NUMBER_SAME, ("ssn_same",)),
            CanShow((lv.SLIP,), 0.05, ("ssn_slip",)),
            CanShow((lv.DIFFERS,), 0.03, ("ssn_differs",)),
        ),
    ),
    Field(
        lv.ADDRESS,
        (lv.ADDRESS,),
        (
            CanShow((lv.EXACT,), 0.615, ("address_same",)),
            CanShow((lv.OTHER_UNIT,), 0.0625, ("address_same_other_unit",)),
            CanShow((lv.STREET,), 0.0625, ("address_street", "address_slip")),
            CanShow((lv.POSTAL, lv.CITY), 0.22, ("address_postal", "address_city")),
            CanShow((lv.DIFFERS,), 0.28, ("address_differs",)),
        ),
    ),
    Field(
        lv.PHONE,
        (lv.PHONE,),
        (CanShow((lv.EXACT,), 0.30, ("phone_same",)), CanShow((lv.DIFFERS,), 0.70, ("phone_differs",))),
    ),
    Field(
        lv.EMAIL,
        (lv.EMAIL,),
        (CanShow((lv.EXACT,), 0.20, ("email_same",)), CanShow((lv.DIFFERS,), 0.80, ("email_differs",))),
    ),
)


@dataclass(frozen=True)
class Counts:
    """Of the pairs of a sample: the expected ends of pairs that are of one person, and of pairs that are of one
    household; the pairs that were sure kin without their numbers, those with numbers to compare and those with one; the
    pairs that were sure without a field, by field and what they showed; and which pairs told anything: the others need
    not be looked at again."""

    person: float
    household: float
    numbers: Float64
    shown: tuple[Float64, ...]
    telling: NDArray[np.bool_]


def fit_levels(model: Model, features: Features, sample: Sample) -> Model:
    """`model` with the shares of levels, of kin and their numbers, and of records of one person that the sample bears
    out."""
    fitted = model
    for _ in range(_ROUNDS):
        counts = _counted(fitted, features, sample)
        kept = counts.telling
        sample = Sample(sample.left[kept], sample.right[kept], sample.ends[kept], sample.rows)
        fitted = replace(
            fitted,
            duplicates=min(max(counts.person / max(sample.rows, 1), LEAST_DUPLICATES), MOST_DUPLICATES),
            weights={
                **fitted.weights,
                **_shares_of_kin(counts.household / max(sample.rows, 1), model),
                **_numbers_of_kin(counts, model),
                **_moved(counts, model),
            },
        )
    return fitted


def shares_shown(model: Model, features: Features, sample: Sample) -> dict[str, float]:
    """What a sample shows of what `fit_levels` moves weights by, each share by the first weight that rests on it. A
    model that has them as its `shares` keeps its weights on a file that shows the same."""
    found = _found(_counted(model, features, sample), model)
    return {shown.weights[0]: share for shown, _, share in found if shown.weights}


def _shares_of_kin(expected: float, model: Model) -> dict[str, float]:
    """How many others of its household a record has in the file. Some of them share no key with it: a share that is
    seen within `_UNSEEN` bits of the model's leaves that as it is, one that is twice as far off stands for it, and
    between the two it comes nearer by degrees. Twins and namesakes, who are too few to be counted, are as much rarer
    than these as the model has them."""
    known = model.weights["household_share"]
    seen = min(log2(max(expected, 2.0**_LEAST_HOUSEHOLD)), _MOST_HOUSEHOLD) - known
    moved = copysign(min(max(2.0 * (abs(seen) - _UNSEEN), 0.0), abs(seen)), seen)
    return {f"{kind}_share": model.weights[f"{kind}_share"] + moved for kind in _KINDS}


def _numbers_of_kin(counts: Counts, model: Model) -> dict[str, float]:
    """How often two of one household give one number: in one file hardly ever, in the next somebody in every thirtieth
    pair works under another's. The model's share weighs as much as the pairs among which it expects one such."""
    known = model.weights["household_ssn"]
    granted = _NUMBER_SAME * 2.0**known
    compared, same = counts.numbers.tolist()
    moved = log2((same + 1.0) / (compared + 1.0 / granted) / granted)
    return {"household_ssn": known + min(max(moved, -_MOST_MOVED), _MOST_MOVED)}


def _moved(counts: Counts, model: Model) -> dict[str, float]:
    weights: dict[str, float] = {}
    for shown, granted, share in _found(counts, model):
        moved = min(max(log2(share / granted), -_MOST_MOVED), _MOST_MOVED)
        weights.update({name: model.weights[name] + moved for name in shown.weights})
    return weights


def _found(counts: Counts, model: Model) -> Iterator[tuple[CanShow, float, float]]:
    """What each part can show, the share that the model takes for granted, and the share that was found."""
    for field, found in zip(FIELDS, counts.shown, strict=True):
        total = float(found.sum()) + _PRIOR_PAIRS
        for shown, many in zip(field.can_show, found.tolist(), strict=True):
            granted = model.shares.get(shown.weights[0], shown.share) if shown.weights else shown.share
            yield shown, granted, (many + _PRIOR_PAIRS * granted) / total


def _counted(model: Model, features: Features, sample: Sample) -> Counts:
    weights, asked = model.weight_array(), _asked(model)

    def count(start: int) -> Shown:
        some = slice(start, start + _PAIRS_AT_ONCE)
        weighed = room_for(len(sample.ends[some]), explained=True)
        weigh_pairs(features, weights, sample.left[some], sample.right[some], weighed)
        return count_shown(weighed, sample.ends[some], asked)

    found = in_threads(count, range(0, len(sample.ends), _PAIRS_AT_ONCE))
    level = sum((each.level for each in found), np.zeros((len(FIELDS), len(lv.LEVEL_NAMES))))
    ends = sum((each.ends for each in found), np.zeros(2))
    numbers = np.zeros(2) + sum(each.numbers for each in found)
    telling = np.concatenate([np.zeros(0, dtype=bool), *(each.telling for each in found)])
    shown = [
        np.array([of_field[list(each.levels)].sum() for each in field.can_show])
        for field, of_field in zip(FIELDS, level, strict=True)
    ]
    return Counts(float(ends[0]), float(ends[1]), numbers, tuple(shown), telling)


def _asked(model: Model) -> Shows:
    shares = [round((model.weights[f"{kind}_share"] - log2(model.population)) * SCALE) for kind in _KINDS]
    silent = [[part in field.silent for part in range(lv.PARTS)] for field in FIELDS]
    return Shows(np.array([field.part for field in FIELDS]), np.array(silent), np.array(shares))
