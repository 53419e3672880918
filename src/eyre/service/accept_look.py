"""Answering for a look that is not believed for what is gone from it: the publisher numbers its rows anew, or a part of
a facility was closed.

That somebody did is a fact, kept with the look's instant and its hash; everything is then put together anew, as when a
look comes late, so that any order of deliveries ends alike (law L7).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from eyre.custody.judge_looks import OF_WHAT_IS_GONE, Doubt
from eyre.custody.pair_numbers import RowTold, pair_numbers
from eyre.custody.seen import Seen
from eyre.errors import InputError, NotFoundError
from eyre.model.field_group import FieldGroup
from eyre.model.parts import Parts, person_from_parts
from eyre.model.source_issue import Stage
from eyre.normalise.text import fold
from eyre.service.believe_anew import Whole, believed_anew
from eyre.service.believe_records import of_source
from eyre.service.judging_state import judging_from
from eyre.service.known_sources import manifest_of
from eyre.store.accepted import Acceptance, keep_acceptance, keep_numbered_anew
from eyre.store.late_runs import runs_of_source, say_until
from eyre.store.looks import all_facts
from eyre.store.open_store import Store, Writer
from eyre.store.parts_said import parts_said
from eyre.store.roster import Roster, read_roster
from eyre.store.source_issues import hold_source, note_source_issues, open_issues
from eyre.store.writing import writing


@dataclass(frozen=True, slots=True)
class Answer:
    """Who answers for a look, why, and when that was said (UTC)."""

    actor: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Accepted:
    """The look that is believed now: `listed` rows, of which `stayed` go on under another number; `gone` rows of the
    look before are not there, `came` are new. Events that came to be believed and ceased to be."""

    source: str
    look_at: datetime
    listed: int
    stayed: int
    gone: int
    came: int
    noted: int
    withdrawn: int


def accept_look(store: Store, source: str, issue: int, answer: Answer) -> Accepted:
    """Believes the latest look of `source`, which the open issue number `issue` is about. Nobody is released by it at
    once: a row that is gone is confirmed to be by the looks that follow, as ever.

    Raises `NotFoundError` EYRE-604 where there is no such open issue, and `InputError` EYRE-423 for one that nobody can
    answer for.
    """
    manifest = manifest_of(store, source)
    with writing(store) as writer, writer.transaction():
        hold_source(writer, source)
        roster = read_roster(writer, source)
        _must_be_open(writer, source, issue)
        doubt = None if roster is None else judging_from(roster.judging).doubt
        if manifest is None or roster is None or doubt not in OF_WHAT_IS_GONE:
            raise _not_acceptable(source, issue)
        say_until(writer, source, roster.at)
        keep_acceptance(
            writer,
            Acceptance(source, roster.at, roster.content_hash, answer.actor, answer.reason, issue, answer.at),
        )
        gone = np.setdiff1d(roster.anchor, roster.listed.records)
        came = np.setdiff1d(roster.listed.records, roster.anchor)
        pairs = _pairs(writer, gone.tolist(), came.tolist()) if doubt is Doubt.NUMBERED_ANEW else []
        keep_numbered_anew(writer, source, roster.at, pairs)
        again = believed_anew(writer, of_source(writer, manifest), _whole(writer, source, roster))
        note_source_issues(writer, source, [], stages=[Stage.LOOK], now=answer.at)
    return Accepted(
        source,
        roster.at,
        len(roster.listed.records),
        len(pairs),
        len(gone) - len(pairs),
        len(came) - len(pairs),
        again.concluded.noted,
        again.concluded.withdrawn,
    )


def _must_be_open(writer: Writer, source: str, issue: int) -> None:
    found = [each for each in open_issues(writer, source) if each.number == issue]
    if not found:
        raise NotFoundError(
            f"`{source}` has no open issue `{issue}`",
            remedy=f"`eyre sources issues {source}` lists them",
            code="EYRE-604",
        )
    if found[0].stage != Stage.LOOK.value:
        raise _not_acceptable(source, issue)


def _not_acceptable(source: str, issue: int) -> InputError:
    return InputError(
        f"issue `{issue}` of `{source}` is not about rows that are gone from its latest look",
        remedy="do what the issue says",
        code="EYRE-423",
    )


def _whole(writer: Writer, source: str, roster: Roster) -> Whole:
    looked = all_facts(writer, source)
    runs = runs_of_source(writer, source, until=roster.at)
    seen = Seen(tuple(facts for _, facts in looked), runs)
    return Whole(roster, seen, {facts.at: content for content, facts in looked}, runs.keys())


def _pairs(writer: Writer, gone: Sequence[int], came: Sequence[int]) -> list[tuple[int, int]]:
    said = parts_said(writer, [*gone, *came])
    rows = {record: _row(record, parts) for record, parts in said.items()}
    return pair_numbers([rows[each] for each in gone if each in rows], [rows[each] for each in came if each in rows])


def _row(record: int, parts: Parts) -> RowTold:
    person = person_from_parts(parts)
    name = person.names[0] if person.names else None
    words = "" if name is None else " ".join((name.given, name.middle, name.surname, name.suffix, name.full))
    born: tuple[date, date] | None = None
    if person.births:
        born = person.births[0].earliest, person.births[0].latest
    booking = parts.get(FieldGroup.CUSTODY, {}).get("booking", {})
    return RowTold(record, " ".join(fold(words).split()), born, str(booking.get("booked_at", "")))
