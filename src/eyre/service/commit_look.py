"""What is committed with a snapshot beside its records: the look, the runs that end and begin, and what follows."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np

from eyre.custody.diff_roster import NOBODY, Diff, Listed, diff_roster
from eyre.custody.judge_looks import OF_WHAT_IS_GONE, Judging, judge_next
from eyre.custody.look import Look, LookFacts
from eyre.model.issue import Issue
from eyre.model.source_issue import Stage
from eyre.service.another_person import another_person
from eyre.service.believe_records import Concluded, OfSource, believe_records, of_source
from eyre.service.changed_fields import MOST_ASKED, changed_fields
from eyre.service.judging_state import judging_body, judging_from
from eyre.service.look_facts import look_facts
from eyre.service.read_look import ReadLook
from eyre.service.source_issues import (
    is_rewritten,
    issues_of_delivery,
    issues_of_look,
    issues_of_numbers,
    issues_of_rewriting,
)
from eyre.sources.manifest import BookingNumberScope, Manifest
from eyre.store.accepted import accepted_looks
from eyre.store.delivery import Outcome
from eyre.store.looks import NotedLook, last_facts, note_look, told_since, was_superseded
from eyre.store.open_store import Writer
from eyre.store.roster import Roster, write_roster
from eyre.store.runs import NewRun, close_runs, open_runs, runs_of, same_stays
from eyre.store.source_issues import note_source_issues

Within = Callable[[Writer, bool], None]
"""What else is to be done in the snapshot's transaction: to make sure of a lease and to give it back. Told whether
anything changed."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a snapshot: rows in all and rows that were understood anew; how many records arrived, went and
    changed; how many events came to be believed and ceased to be; `records` that say something else now; the look as it
    was judged, and the issues. `known`: the very same had been taken before, and nothing was changed."""

    source: str
    look: Look
    rows: int
    read_anew: int = 0
    arrived: int = 0
    gone: int = 0
    changed: int = 0
    noted: int = 0
    withdrawn: int = 0
    records: tuple[int, ...] = field(default=(), repr=False)
    issues: tuple[Issue, ...] = ()
    known: bool = False


@dataclass(frozen=True, slots=True)
class _Told:
    """What a look had: rows, what became of its delivery, and the records of which something else is said."""

    rows: int
    outcome: Outcome
    begun: tuple[int, ...]


@dataclass
class LookCommit:
    """Commits the look `now` after the look `before` of the source that `manifest` declares, at the instant
    `written_at`."""

    manifest: Manifest
    before: Roster | None
    now: ReadLook
    written_at: datetime
    within: Within | None = None
    _look: Look | None = None
    _diff: Diff | None = None
    _concluded: Concluded = field(default_factory=lambda: Concluded(0, 0, ()))

    def commit(self, writer: Writer, outcome: Outcome) -> None:
        """Does so in the delivery's open transaction, after its records."""
        of, source = of_source(writer, self.manifest), self.manifest.id
        listed = self.now.seen.listed()
        anchor = self.before.anchor if self.before else NOBODY.records
        facts, state, look = self._judged(writer, of, listed)
        note_look(writer, source, NotedLook(self.now.content_hash, facts, look))
        diff, begun = self._runs(writer, of, listed)
        unsettled = self.before.unsettled if self.before else ()
        touched = {*diff.gone.tolist(), *begun, *unsettled}
        self._concluded = believe_records(writer, of, touched, until=self.now.at, at=self.written_at)
        roster = Roster(
            source,
            self.now.at,
            self.now.content_hash,
            self.now.made_with,
            listed,
            judging_body(state),
            self._concluded.unsettled,
            None if look.complete else anchor,
        )
        write_roster(writer, roster, after=self.before.at if self.before else None)
        self._note_issues(writer, look, state, _Told(facts.rows, outcome, tuple(begun)))
        self._look, self._diff = look, diff
        if self.within is not None:
            self.within(writer, bool(begun or len(diff.gone)))

    def taken(self, outcome: Outcome, issues: tuple[Issue, ...]) -> Taken:
        """What became of it, once it is committed."""
        if self._look is None or self._diff is None:
            raise ValueError("the look was not committed")
        return Taken(
            source=self.manifest.id,
            look=self._look,
            rows=outcome.rows_in,
            read_anew=len(self.now.seen.stays),
            arrived=len(self._diff.arrived),
            gone=len(self._diff.gone),
            changed=len(self._diff.changed),
            noted=self._concluded.noted,
            withdrawn=self._concluded.withdrawn,
            records=outcome.changed,
            issues=issues,
        )

    def _judged(self, writer: Writer, of: OfSource, listed: Listed) -> tuple[LookFacts, Judging, Look]:
        """The look beside the last complete one. Whether somebody answers for it is asked only where it matters."""
        before = judging_from(self.before.judging) if self.before else Judging()
        anchor = self.before.anchor if self.before else NOBODY.records
        now, ended_with = self.now, before.complete_last
        missing = np.setdiff1d(anchor, listed.records, assume_unique=True)
        facts = look_facts(now, repeats=self._repeats(writer, of))
        cut = ended_with is not None and ended_with in missing and facts.last is not None and facts.last in anchor
        facts = replace(facts, gone=len(missing), cut=cut)
        state, look = judge_next(before, facts, of.rule)
        if state.doubt in OF_WHAT_IS_GONE and accepted_looks(writer, of.source).get(now.at) == now.content_hash:
            facts = replace(facts, accepted=True)
            state, look = judge_next(before, facts, of.rule)
        return facts, state, look

    def _note_issues(self, writer: Writer, look: Look, state: Judging, told: _Told) -> None:
        rows, outcome = told.rows, told.outcome
        found = [*issues_of_delivery(self.now.reading.all_issues), *issues_of_look(look, state.doubt, rows)]
        if self.before is not None and not found and self.before.made_with == self.now.made_with:
            common = np.intersect1d(self.before.listed.records, self.now.seen.listed().records, assume_unique=True)
            changed = common[np.isin(common, np.array(outcome.changed, dtype=np.int64))]
            if is_rewritten(len(changed), len(common)):
                told_of = runs_of(writer, changed[:MOST_ASKED].tolist(), until=self.now.at)
                names = changed_fields(self.manifest, list(told_of.values()))
                found += issues_of_rewriting(len(changed), len(common), names)
        if self.manifest.booking_number_scope in (BookingNumberScope.GLOBAL, BookingNumberScope.PER_YEAR):
            again = self._concluded.booked_again.intersection(told.begun)
            others = {each.record for each in outcome.reworded if another_person(each.before, each.now)}
            found += issues_of_numbers(len(again | others))
        note_source_issues(
            writer, self.manifest.id, found, stages=list(Stage), now=self.written_at, look_at=self.now.at
        )

    def _repeats(self, writer: Writer, of: OfSource) -> bool:
        """Whether it is an older page than the one before it. The same bytes as that one's, understood anew, repeat if
        that did. Where absence says nothing, a page that only lists fewer rows is no newer one."""
        before, content = self.before, self.now.content_hash
        if before is None:
            return False
        if content != before.content_hash:
            return was_superseded(writer, of.source, content) and (
                of.rule.absence_speaks or told_since(writer, of.source, content, self.now.at)
            )
        facts = last_facts(writer, self.manifest.id)
        return facts is not None and facts.repeats

    def _runs(self, writer: Writer, of: OfSource, listed: Listed) -> tuple[Diff, list[int]]:
        """Ends the runs of those who are gone or of whom something else is said, and begins new ones. Gives what is
        different, and the records that begin one."""
        diff = diff_roster(self.before.listed if self.before else NOBODY, listed)
        told = [NewRun(record, of.terms_class, stay) for record, stay in sorted(self.now.seen.stays.items())]
        same = same_stays(writer, told)
        begun = [run for run in told if run.record not in same]
        if self.before is not None:
            gone = diff.gone.tolist() if of.rule.absence_speaks else []
            close_runs(writer, [*gone, *(run.record for run in begun)], self.before.at)
        open_runs(writer, of.source, self.now.at, begun)
        return diff, [run.record for run in begun]
