"""The review queue: of the decisions that a view's persons rest on, the least certain, on which the most hangs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eyre.errors import InputError
from eyre.ids import format_record_id
from eyre.model.field_group import PERSON_GROUPS, FieldGroup
from eyre.model.person import Person
from eyre.resolve.features import code, features_of
from eyre.resolve.judged import judged_pairs
from eyre.resolve.layout import SCALE, Int32, Int64
from eyre.resolve.model import Model
from eyre.resolve.review.doubts import Doubts, Resolved, doubts_of, groups_of, resolve_for_review
from eyre.resolve.review.rank import OPEN_CUSTODY, best_first, probability, uncertainty, worth
from eyre.resolve.review.standing import telling_pair
from eyre.resolve.said import said_by_persons
from eyre.resolve.sightings import with_sightings
from eyre.store.ask_near import ask_sightings
from eyre.store.reader import ReaderSession
from eyre.store.said_record import SaidRecord

MOST_QUESTIONS = 1000
"""So many at once and no more: a queue is worked from its head."""

Note = Callable[[str], None]
"""Told what begins: `read`, `resolve` or `rank`."""


@dataclass(frozen=True, slots=True)
class Question:
    """Are two groups of records one person? `left` and `right`, a record of each, are the two to look at.

    `together`: whether they are taken for one now. `bits`: the standing that this hangs on, and `probability` that they
    are one; `uncertainty`: its entropy, 1 for even odds. The pairs between the groups weigh from `least_bits` to
    `most_bits`. `in_custody`: whether a record of either says that somebody is held. `worth`: what it is ranked by.
    """

    left: str
    right: str
    together: bool
    bits: float
    probability: float
    uncertainty: float
    left_records: int
    right_records: int
    least_bits: float
    most_bits: float
    in_custody: bool
    worth: float


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """`questions`, the most worth first, after the first `skipped`; there are `doubts` in all, over `records` that make
    so many `persons`."""

    purpose: str
    model: str
    records: int
    persons: int
    doubts: int
    skipped: int
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class _Ranked:
    """Doubts with what they are worth, and of each whether somebody is held."""

    doubts: Doubts
    worth: NDArray[np.float64]
    in_custody: NDArray[np.bool_]


def review_queue(
    session: ReaderSession, model: Model, *, limit: int = 20, skip: int = 0, note: Note = lambda _: None
) -> ReviewQueue:
    """What to ask people about under the view of `session`: a pure function of the records that it shows.

    Raises `InputError` for a `limit` or `skip` out of bounds.
    """
    if not 1 <= limit <= MOST_QUESTIONS or skip < 0:
        raise InputError(f"`{limit}` questions after `{skip}` cannot be had", remedy=f"ask for 1 to {MOST_QUESTIONS}")
    note("read")
    ids, persons = _everybody(session)
    judged = judged_pairs(session.judgements(ids), {int(record): row for row, record in enumerate(ids)})
    note("resolve")
    features = features_of(code(said_by_persons(persons)), model.frequencies)
    resolved = resolve_for_review(with_sightings(features, ask_sightings(session, ids)), model, judged)
    note("rank")
    doubts = doubts_of(resolved, model, judged)
    ranked = _ranked(session, ids, resolved, doubts, skip + limit)
    page = best_first(ranked.doubts, ranked.worth)[skip : skip + limit].tolist()
    return ReviewQueue(
        purpose=session.view.purpose,
        model=model.label,
        records=len(ids),
        persons=len(np.unique(resolved.person)),
        doubts=len(doubts.left),
        skipped=skip,
        questions=tuple(_question(resolved, model, ids, ranked, at) for at in page),
    )


def _everybody(session: ReaderSession) -> tuple[Int64, Sequence[Person]]:
    """The ids of all visible records, ascending, and who each is about."""
    said = [(each.id, each.person) for batch in session.all_records(groups=PERSON_GROUPS) for each in batch]
    return np.array([record for record, _ in said], dtype=np.int64), [person for _, person in said]


def _ranked(session: ReaderSession, ids: Int64, resolved: Resolved, doubts: Doubts, many: int) -> _Ranked:
    """Those doubts that may be among the first `many`, whoever is held: custody is asked for of these alone."""
    plain = worth(doubts)
    if len(plain) > many:
        least = np.partition(plain, len(plain) - many)[len(plain) - many]
        doubts = Doubts._make(column[plain * OPEN_CUSTODY >= least] for column in doubts)
    groups = [np.concatenate(groups_of(resolved, doubts, at)) for at in range(len(doubts.left))]
    rows: Int32 = np.unique(np.concatenate([*groups, np.zeros(0, dtype=np.int32)]))
    said = session.said(ids[rows], FieldGroup.CUSTODY)
    held = np.zeros(len(ids), dtype=np.bool_)
    held[rows] = [_is_held(said[int(record)]) for record in ids[rows]]
    in_custody = np.array([held[each].any() for each in groups], dtype=np.bool_)
    return _Ranked(doubts, worth(doubts, in_custody), in_custody)


def _is_held(said: SaidRecord) -> bool:
    """Whether a record tells of a stay that has not ended."""
    booking = said.parts.get(FieldGroup.CUSTODY, {}).get("booking") or {}
    return bool(booking) and not booking.get("released_at") and booking.get("status", "").casefold() != "released"


def _question(resolved: Resolved, model: Model, ids: Int64, ranked: _Ranked, at: int) -> Question:
    doubts = ranked.doubts
    groups = groups_of(resolved, doubts, at)
    pair = telling_pair(resolved.features, model, groups)
    one, other = groups if pair.left in groups[0] else groups[::-1]
    units = doubts.units[at : at + 1]
    return Question(
        left=format_record_id(int(ids[pair.left])),
        right=format_record_id(int(ids[pair.right])),
        together=bool(doubts.together[at]),
        bits=int(units[0]) / SCALE,
        probability=float(probability(units)[0]),
        uncertainty=float(uncertainty(units)[0]),
        left_records=len(one),
        right_records=len(other),
        least_bits=pair.least / SCALE,
        most_bits=pair.greatest / SCALE,
        in_custody=bool(ranked.in_custody[at]),
        worth=float(ranked.worth[at]),
    )
