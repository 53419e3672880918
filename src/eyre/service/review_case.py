"""What somebody who is to decide on two records looks at: both side by side, why, and what each answer would change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from eyre.ids import format_record_id
from eyre.resolve.judged import DIFFERENT, SAME
from eyre.resolve.model import Model
from eyre.resolve.resolve_around import Around
from eyre.resolve.review.effect import Effect, effect_of
from eyre.service.person_around import around, oldest_first
from eyre.service.person_fields import person_fields
from eyre.service.timeline import timeline
from eyre.service.waterfall import FIELD_OF
from eyre.service.why_two import Why, why_two
from eyre.store.reader import ReaderSession
from eyre.store.said_record import SaidRecord

_DAY = 10  # letters of an ISO day


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records, and the person that it is of now: called by its oldest record, of so many `records`.
    Instants in UTC."""

    record: str
    source: str
    record_class: str
    first_said_at: datetime
    as_of: datetime
    person: str
    records: int


@dataclass(frozen=True, slots=True)
class Row:
    """A value of either side, empty where that side says no (further) one. `agreement`: `same`; `alike`, where the
    values differ and yet speak for one person; `different`; `one side`; or `told`, of what is no evidence."""

    field: str
    left: str
    right: str
    agreement: str


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What an answer would change: the persons that would be no more, and those in their place, as record ids."""

    before: tuple[tuple[str, ...], ...]
    after: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """`settled`: there is nothing to ask, for a judgement on the two holds, or no answer would change anything.
    `cut`: the records around are too many to follow all, so that an answer may change more than is foreseen."""

    left: Side
    right: Side
    rows: tuple[Row, ...]
    why: Why
    same: Foreseen
    different: Foreseen
    settled: bool
    cut: bool


def review_case(session: ReaderSession, model: Model, left: int, right: int) -> ReviewCase:
    """Raises `NotFoundError` for a record that the view does not show, and `InputError` for one given twice."""
    why = why_two(session, model, left, right)
    found = around(session, model, left, right)
    said = session.said([left, right])
    same, different = (effect_of(found, model, left, right, verdict) for verdict in (SAME, DIFFERENT))
    return ReviewCase(
        left=_side(session, found, said[left]),
        right=_side(session, found, said[right]),
        rows=tuple(_rows(said[left], said[right], why)),
        why=why,
        same=_foreseen(same),
        different=_foreseen(different),
        settled=bool(why.judgements) or not (same.before or different.before),
        cut=found.cut,
    )


def _side(session: ReaderSession, found: Around, said: SaidRecord) -> Side:
    records = found.same_person(said.id)
    oldest, *_ = oldest_first(session.said(records))
    return Side(
        record=format_record_id(said.id),
        source=said.source,
        record_class=said.record_class,
        first_said_at=said.first_said_at,
        as_of=said.as_of,
        person=format_record_id(oldest.id),
        records=len(records),
    )


def _rows(left: SaidRecord, right: SaidRecord, why: Why) -> Iterator[Row]:
    """Field by field: values that both say, then those of one side beside those of the other; then what happened."""
    one, other = (
        {each.field: [value.text for value in each.values] for each in person_fields([said])} for said in (left, right)
    )
    for field in [each.field for each in person_fields([left, right])]:
        mine, theirs = one.get(field, []), other.get(field, [])
        known = {text.casefold() for text in theirs}
        shared = [text for text in mine if text.casefold() in known]
        both = {text.casefold() for text in shared}
        yield from (Row(field, text, _same_as(text, theirs), "same") for text in shared)
        rest = ([text for text in side if text.casefold() not in both] for side in (mine, theirs))
        differs = "alike" if not shared and _speaks_for(why, field) else "different"
        for here, there in zip_longest(*rest, fillvalue=""):
            yield Row(field, here, there, differs if here and there else "one side")
    told, besides = _happened(left), _happened(right)
    for kind in sorted({*told, *besides}):
        for here, there in zip_longest(told.get(kind, []), besides.get(kind, []), fillvalue=""):
            yield Row(kind, here, there, "told")


def _speaks_for(why: Why, field: str) -> bool:
    """Whether the comparisons of a field add up to evidence for one person."""
    return sum(part.units for part in why.parts if FIELD_OF.get(part.key) == field) > 0


def _same_as(text: str, texts: list[str]) -> str:
    return next(each for each in texts if each.casefold() == text.casefold())


def _happened(said: SaidRecord) -> dict[str, list[str]]:
    """What a record tells of custody, court and supervision, in a line each."""
    found: dict[str, list[str]] = {}
    for line in timeline([said]):
        days = " to ".join(day for day in (line.begins[:_DAY], line.ends[:_DAY]) if day)
        found.setdefault(line.kind, []).append(": ".join(part for part in (days, line.text) if part))
    return found


def _foreseen(effect: Effect) -> Foreseen:
    before, after = (
        tuple(tuple(format_record_id(record) for record in person) for person in persons)
        for persons in (effect.before, effect.after)
    )
    return Foreseen(before, after)
