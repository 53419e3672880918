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
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eyre.resolve import level as lv
from eyre.resolve.adapt import LEAST_DUPLICATES, MOST_DUPLICATES
from eyre.resolve.in_threads import in_threads
from eyre.resolve.layout import SCALE, Features
from eyre.resolve.model import Model
from eyre.resolve.tie import Sample
from eyre.resolve.weigh import Weighed, room_for, weigh_pairs

Float64 = NDArray[np.float64]

_SURE = 0.95
_TELLING = 1e-4  # a probability below which a pair is not looked at again
_PRIOR_PAIRS = 100.0
_MOST_MOVED = 4.0
_ROUNDS = 3
_LEAST_HOUSEHOLD, _MOST_HOUSEHOLD = -6.0, 4.0
_UNSEEN = 2.0  # bits
_PAIRS_AT_ONCE = 1 << 14
_MOST_ODDS = 60.0  # bits
_KINDS = ("household", "twin", "namesake")


@dataclass(frozen=True)
class Shown:
    """What a part can show: the share of pairs of one person that the weights of the model that ships take for granted
    (a fitted model has `shares` of its own), and the weights that rest on it. None do where the share is of pairs that
    say little either way."""

    levels: tuple[int, ...]
    share: float
    weights: tuple[str, ...]


@dataclass(frozen=True)
class Field:
    """A part whose levels are fitted, and the parts that must not speak for it: `silent`."""

    part: int
    silent: tuple[int, ...]
    shown: tuple[Shown, ...]


_NAMES = (lv.GIVEN, lv.MIDDLE, lv.SURNAME, lv.GENERATION)

FIELDS = (
    Field(
        lv.GIVEN,
        _NAMES,
        (
            Shown((lv.EXACT,), 0.84, ("given_exact",)),
            Shown((lv.NICKNAME,), 0.0625, ("given_nickname",)),
            Shown((lv.TYPO,), 0.088, ("given_typo",)),
            Shown((lv.CLOSE,), 0.02, ("given_close",)),
            Shown((lv.PREFIX,), 0.0625, ("given_prefix",)),
            Shown((lv.INITIAL,), 0.05, ()),
            Shown((lv.CROSSED,), 0.022, ("given_crossed",)),
            Shown((lv.DIFFERS,), 0.022, ("given_differs", "given_differs_same_initial")),
            Shown((lv.SWAPPED,), 0.008, ("names_swapped", "names_half_swapped")),
        ),
    ),
    Field(
        lv.SURNAME,
        _NAMES,
        (
            Shown((lv.EXACT,), 0.90, ("surname_exact",)),
            Shown((lv.TYPO,), 0.0625, ("surname_typo",)),
            Shown((lv.CLOSE,), 0.02, ("surname_close",)),
            Shown((lv.PART,), 0.088, ("surname_part",)),
            Shown((lv.DIFFERS,), 0.0168, ("surname_differs", "surname_differs_female")),
            Shown((lv.CROSSED,), 0.044, ("surname_moved",)),
        ),
    ),
    Field(
        lv.MIDDLE,
        _NAMES,
        (
            Shown((lv.EXACT, lv.INITIAL), 0.88, ("middle_exact", "middle_initial")),
            Shown((lv.TYPO, lv.NICKNAME, lv.PREFIX), 0.06, ("middle_typo",)),
            Shown((lv.DIFFERS,), 0.06, ("middle_differs",)),
        ),
    ),
    Field(
        lv.BIRTH,
        (lv.BIRTH,),
        (
            Shown((lv.EXACT,), 0.93, ("birth_exact",)),
            Shown((lv.SLIP,), 0.017, ("birth_slip",)),
            Shown((lv.SWAPPED,), 0.005, ("birth_swapped",)),
            Shown((lv.PLACEHOLDER,), 0.03, ("birth_same_year_placeholder",)),
            Shown((lv.SAME_DAY,), 0.005, ("birth_same_day",)),
            Shown((lv.SAME_YEAR,), 0.005, ("birth_same_year",)),
            Shown((lv.NEAR,), 0.010, ("birth_near",)),
            Shown((lv.DIFFERS,), 0.004, ("birth_differs",)),
        ),
    ),
    Field(lv.SEX, (lv.SEX,), (Shown((lv.EXACT,), 0.97, ("sex_same",)), Shown((lv.DIFFERS,), 0.03, ("sex_differs",)))),
    Field(
        lv.NUMBER,
        (lv.NUMBER,),
        (
            Shown((lv.EXACT,), 0.90, ("ssn_same",)),
            Shown((lv.SLIP,), 0.05, ("ssn_slip",)),
            Shown((lv.DIFFERS,), 0.03, ("ssn_differs",)),
        ),
    ),
    Field(
        lv.ADDRESS,
        (lv.ADDRESS,),
        (
            Shown((lv.EXACT,), 0.615, ("address_same",)),
            Shown((lv.OTHER_UNIT,), 0.0625, ("address_same_other_unit",)),
            Shown((lv.STREET,), 0.0625, ("address_street", "address_slip")),
            Shown((lv.POSTAL, lv.CITY), 0.22, ("address_postal", "address_city")),
            Shown((lv.DIFFERS,), 0.28, ("address_differs",)),
        ),
    ),
    Field(
        lv.PHONE,
        (lv.PHONE,),
        (Shown((lv.EXACT,), 0.30, ("phone_same",)), Shown((lv.DIFFERS,), 0.70, ("phone_differs",))),
    ),
    Field(
        lv.EMAIL,
        (lv.EMAIL,),
        (Shown((lv.EXACT,), 0.20, ("email_same",)), Shown((lv.DIFFERS,), 0.80, ("email_differs",))),
    ),
)


@dataclass(frozen=True)
class Counts:
    """Of the pairs of a sample: the expected ends of pairs that are of one person, and of pairs that are of one
    household; the pairs that were sure without a field, by field and what they showed; and which pairs told anything:
    the others need not be looked at again."""

    person: float
    household: float
    shown: tuple[Float64, ...]
    telling: NDArray[np.bool_]


def fit_levels(model: Model, features: Features, sample: Sample) -> Model:
    """`model` with the shares of levels, of kin and of records of one person that the sample bears out."""
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


def _moved(counts: Counts, model: Model) -> dict[str, float]:
    weights: dict[str, float] = {}
    for shown, granted, share in _found(counts, model):
        moved = min(max(log2(share / granted), -_MOST_MOVED), _MOST_MOVED)
        weights.update({name: model.weights[name] + moved for name in shown.weights})
    return weights


def _found(counts: Counts, model: Model) -> Iterator[tuple[Shown, float, float]]:
    """What each part can show, the share that the model takes for granted, and the share that was found."""
    for field, found in zip(FIELDS, counts.shown, strict=True):
        total = float(found.sum()) + _PRIOR_PAIRS
        for shown, many in zip(field.shown, found.tolist(), strict=True):
            granted = model.shares.get(shown.weights[0], shown.share) if shown.weights else shown.share
            yield shown, granted, (many + _PRIOR_PAIRS * granted) / total


def _counted(model: Model, features: Features, sample: Sample) -> Counts:
    starts = range(0, len(sample.left), _PAIRS_AT_ONCE)
    found = in_threads(lambda start: _counted_some(model, features, sample, start), starts)
    shown = [sum((each.shown[at] for each in found), np.zeros(len(field.shown))) for at, field in enumerate(FIELDS)]
    telling = np.concatenate([each.telling for each in found] or [np.zeros(0, dtype=bool)])
    person, household = sum(each.person for each in found), sum(each.household for each in found)
    return Counts(person, household, tuple(shown), telling)


def _counted_some(model: Model, features: Features, sample: Sample, start: int) -> Counts:
    some = slice(start, start + _PAIRS_AT_ONCE)
    ends = sample.ends[some].astype(np.float64)
    out = room_for(len(ends), explained=True)
    weigh_pairs(features, model.weight_array(), sample.left[some], sample.right[some], out)
    person, household = _posterior(out, model, ())
    telling = (person > _TELLING) | (household > _TELLING)
    shown = []
    for field in FIELDS:
        alone, _ = _posterior(out, model, field.silent)
        telling |= alone > _TELLING
        sure = np.where(alone >= _SURE, alone, 0.0)
        by_level = np.bincount(out.level[:, field.part], sure, minlength=len(lv.LEVEL_NAMES))
        shown.append(np.array([by_level[list(each.levels)].sum() for each in field.shown]))
    return Counts(float((person * ends).sum()), float((household * ends).sum()), tuple(shown), telling)


def _posterior(out: Weighed, model: Model, silent: tuple[int, ...]) -> tuple[Float64, Float64]:
    """The probability of one person, and of one household, for each pair, without what the `silent` parts say."""
    heard = [at for at in range(lv.KINSHIP) if at not in silent]
    shares = [round((model.weights[f"{kind}_share"] - log2(model.population)) * SCALE) for kind in _KINDS]
    person = _odds(out.part[:, heard].sum(axis=1))
    kin = _odds(out.kin[:, heard].sum(axis=1) + np.array(shares))
    every = 1.0 + person + kin.sum(axis=1)
    return person / every, kin[:, 0] / every


def _odds(weight: NDArray[Any]) -> Float64:
    return np.asarray(np.exp2(np.clip(weight / SCALE, -_MOST_ODDS, _MOST_ODDS)), dtype=np.float64)
