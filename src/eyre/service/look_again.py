"""A look that tells nothing new: the publisher said so, or sent the same bytes again."""

from dataclasses import replace
from datetime import datetime

from eyre.custody.judge_looks import judge_next
from eyre.errors import StoreError
from eyre.model.issue import IssueCode
from eyre.model.source_issue import Stage
from eyre.service.believe_records import believe_records, of_source
from eyre.service.commit_look import Taken, Within
from eyre.service.judging_state import judging_body, judging_from
from eyre.service.source_issues import issues_of_look
from eyre.sources.manifest import Manifest
from eyre.store.looks import NotedLook, last_facts, note_look
from eyre.store.open_store import Writer
from eyre.store.roster import Roster, touch_roster
from eyre.store.source_issues import note_source_issues


def look_again(
    writer: Writer, manifest: Manifest, before: Roster, at: datetime, *, within: Within | None = None
) -> Taken:
    """Notes, in a transaction of its own, that the source told at `at` what it told in the look `before`.

    Time passes all the same: a row that was gone before may now be confirmed to be. Raises as `take_snapshot` does.
    """
    with writer.transaction():
        earlier = last_facts(writer, manifest.id)
        if earlier is None:
            raise StoreError(f"the looks of `{manifest.id}` are gone", remedy="take its next delivery in as the first")
        of = of_source(writer, manifest)
        facts = replace(earlier, at=at)
        if before.last_complete is None:
            facts = replace(facts, gone=0, cut=False)
        state, look = judge_next(judging_from(before.judging), facts, of.rule)
        note_look(writer, manifest.id, NotedLook(before.content_hash, facts, look), again=before.at)
        concluded = believe_records(writer, of, before.unsettled, until=at, at=at)
        moved = replace(
            before,
            at=at,
            judging=judging_body(state),
            unsettled=concluded.unsettled,
            last_complete=None if look.complete else before.anchor,
        )
        touch_roster(writer, moved, after=before.at)
        found = issues_of_look(look, state.doubt, facts.rows)
        stages, over = [Stage.LOOK, Stage.FETCH], [IssueCode.REFUSED]
        note_source_issues(writer, manifest.id, found, stages=stages, now=at, look_at=at, over=over)
        if within is not None:
            within(writer, False)
    return Taken(manifest.id, look, facts.rows, noted=concluded.noted, withdrawn=concluded.withdrawn)
