"""Why two records are, or are not, of one person."""

from dataclasses import dataclass
from datetime import datetime

from eyre.errors import InputError
from eyre.ids import format_record_id
from eyre.model.judgement import Judgement
from eyre.resolve.explain import explain_pair
from eyre.resolve.layout import SCALE
from eyre.resolve.model import Model
from eyre.service.person_around import around
from eyre.store.reader import ReaderSession


@dataclass(frozen=True, slots=True)
class Comparison:
    """One part of the weight: what was compared, what was found, and what it added; `units` are 1/1024 bit."""

    key: str
    title: str
    found: str
    units: int
    bits: float


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody decided about the two records."""

    verdict: str
    actor: str
    reason: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Why:
    """The parts add up to `units` exactly. `same_person` is what clustering made of these and all other pairs around;
    `tied` whether this pair alone would hold."""

    left: str
    right: str
    purpose: str
    model: str
    same_person: bool
    tied: bool
    parts: tuple[Comparison, ...]
    units: int
    bits: float
    probability: float
    judgements: tuple[Judged, ...]


def why_two(session: ReaderSession, model: Model, left: int, right: int) -> Why:
    """The weight of two records, part by part, whether or not anything ties them.

    Raises `NotFoundError` for a record that the view does not show, and `InputError` for one record given twice.
    """
    must_be_two(left, right)
    found = around(session, model, left, right)
    explained = explain_pair(found.features, model, found.row_of(left), found.row_of(right))
    pair = tuple(sorted((left, right)))
    judged = [each for each in session.judgements([left, right]) if (each.left, each.right) == pair]
    return Why(
        left=format_record_id(left),
        right=format_record_id(right),
        purpose=session.view.purpose,
        model=model.label,
        same_person=right in found.same_person(left),
        tied=explained.total >= round(model.bar * SCALE),
        parts=tuple(Comparison(each.key, each.title, each.level, each.units, each.bits) for each in explained.parts),
        units=explained.total,
        bits=explained.bits,
        probability=explained.probability,
        judgements=tuple(_judged(each) for each in judged),
    )


def must_be_two(left: int, right: int) -> None:
    """Raises `InputError` for one record given twice."""
    if left == right:
        raise InputError("a record is always of the same person as itself", remedy="name two records")


def _judged(judgement: Judgement) -> Judged:
    return Judged(judgement.verdict, judgement.actor, judgement.reason, judgement.decided_at)
