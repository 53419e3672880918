"""A match weight as a waterfall: where the sum of bits stands before and after each comparison."""

from collections.abc import Mapping
from dataclasses import dataclass

from eyre.resolve.layout import SCALE
from eyre.service.person_fields import person_fields
from eyre.service.why_two import Why
from eyre.store.reader import ReaderSession

FIELD_OF = {
    "given_name": "name",
    "middle_name": "name",
    "surname": "name",
    "generation": "name",
    "birth_date": "birth",
    "sex": "sex",
    "identifier": "identifier",
    "address": "address",
    "phone": "phone",
    "email": "email",
}
"""The field that each comparison is of; the prior and kinship are of none."""

Values = Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
"""What two records say, by field: the values of the one and of the other, as text."""


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """One comparison that added something: `bits` lead the sum from `begins` to `ends`. `left` and `right`: what the
    records say of it, only where that was asked for."""

    key: str
    title: str
    found: str
    bits: float
    begins: float
    ends: float
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waterfall:
    """`steps` lead from nought to `bits`; a weight of at least `bar_bits` ties the two records."""

    left: str
    right: str
    purpose: str
    model: str
    same_person: bool
    bar_bits: float
    bits: float
    probability: float
    steps: tuple[WaterfallStep, ...]


def waterfall(why: Why, bar_bits: float, values: Values | None = None) -> Waterfall:
    """The steps of `why`; without `values` it holds no value of a record. A field's values stand beside the first
    comparison of it."""
    unsaid = dict(values or {})
    steps: list[WaterfallStep] = []
    before = 0
    for part in why.parts:
        if part.units:
            said = unsaid.pop(FIELD_OF.get(part.key, ""), ((), ()))
            after = before + part.units
            steps.append(
                WaterfallStep(part.key, part.title, part.found, part.bits, before / SCALE, after / SCALE, *said)
            )
            before = after
    return Waterfall(
        left=why.left,
        right=why.right,
        purpose=why.purpose,
        model=why.model,
        same_person=why.same_person,
        bar_bits=bar_bits,
        bits=why.bits,
        probability=why.probability,
        steps=tuple(steps),
    )


def values_of_two(session: ReaderSession, left: int, right: int) -> Values:
    """What two visible records say of the person, by field."""
    said = session.said([left, right])
    one, other = (
        {each.field: tuple(value.text for value in each.values) for each in person_fields([said[record]])}
        for record in (left, right)
    )
    return {field: (one.get(field, ()), other.get(field, ())) for field in one | other}
