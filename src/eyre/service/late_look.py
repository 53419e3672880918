"""A snapshot that comes after a later one: what was seen is put together anew, so that any order ends alike.

Slow beside `commit_look`, for every run of the source is read; it happens when files are dropped out of order, and when
a publisher serves an older page.
"""

from dataclasses import dataclass, field
from datetime import datetime

from eyre.custody.look import Look
from eyre.custody.note_snapshot import note_snapshot, rows_at
from eyre.custody.run import Stay
from eyre.custody.seen import Seen
from eyre.custody.stay_parts import stay_from_body
from eyre.model.issue import Issue
from eyre.service.believe_anew import Whole, believed_anew
from eyre.service.believe_records import Concluded, of_source
from eyre.service.commit_look import Taken, Within
from eyre.service.look_facts import look_facts
from eyre.service.note_issues import note_older_page
from eyre.service.read_look import ReadLook
from eyre.service.source_issues import issues_of_look
from eyre.sources.manifest import Manifest
from eyre.store.delivery import Outcome
from eyre.store.late_runs import replace_runs, runs_of_source
from eyre.store.looks import all_facts
from eyre.store.open_store import Writer
from eyre.store.roster import Roster


@dataclass
class LateCommit:
    """Commits the look `now`, which is not later than the look `before`, of the source that `manifest` declares, at the
    instant `written_at`."""

    manifest: Manifest
    before: Roster
    now: ReadLook
    written_at: datetime
    within: Within | None = None
    _look: Look | None = None
    _concluded: Concluded = field(default_factory=lambda: Concluded(0, 0, ()))

    def commit(self, writer: Writer, outcome: Outcome) -> None:
        """Does so in the delivery's open transaction, after its records."""
        source, until = self.manifest.id, self.before.at
        of = of_source(writer, self.manifest)
        looked = all_facts(writer, source)
        held = Seen(tuple(facts for _, facts in looked), runs_of_source(writer, source, until=until))
        seen = note_snapshot(held, look_facts(self.now, repeats=False), self._rows(held))
        every = held.runs.keys() | seen.runs.keys()
        moved = {each: seen.runs.get(each, ()) for each in every if seen.runs.get(each) != held.runs.get(each)}
        replace_runs(writer, of.source, of.terms_class, moved, until=until)
        contents = {facts.at: content for content, facts in looked}
        if seen is not held:
            contents[self.now.at] = self.now.content_hash
        again = believed_anew(writer, of, Whole(self.before, seen, contents, every))
        self._concluded = again.concluded
        judged = again.judged
        self._look = next(look for _, look in judged.looks if look.at == self.now.at)
        if self.now.at < until:
            (facts, latest), doubt = judged.looks[-1], judged.state.doubt
            beside = issues_of_look(latest, doubt, facts.rows)
            note_older_page(writer, source, at=self.now.at, now=self.written_at, beside=beside)
        if self.within is not None:
            self.within(writer, bool(moved))

    def taken(self, outcome: Outcome, issues: tuple[Issue, ...]) -> Taken:
        """What became of it, once it is committed."""
        if self._look is None:
            raise ValueError("the look was not committed")
        return Taken(
            source=self.manifest.id,
            look=self._look,
            rows=outcome.rows_in,
            read_anew=len(self.now.seen.stays),
            noted=self._concluded.noted,
            withdrawn=self._concluded.withdrawn,
            records=outcome.changed,
            issues=issues,
        )

    def _rows(self, held: Seen) -> dict[int, Stay]:
        """What the snapshot says of each record; a row that could not be understood says what was said then."""
        told = {record: stay_from_body(body) for record, body in self.now.seen.stays.items()}
        then = rows_at(held, self.now.at)
        unknown = set(self.now.seen.listed().records.tolist()) - told.keys()
        return told | {record: then[record] for record in unknown if record in then}
