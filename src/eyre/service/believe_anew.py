"""Everything that is believed of a source, put together anew from what was seen of it: when a look came late, and when
somebody answers for one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from eyre.custody.seen import Seen
from eyre.service.believe_records import Concluded, OfSource, believe_records
from eyre.service.judge_anew import JudgedAnew, judge_anew
from eyre.service.judging_state import judging_body
from eyre.store.accepted import accepted_looks
from eyre.store.looks import NotedLook, rewrite_looks
from eyre.store.open_store import Writer
from eyre.store.roster import Roster, touch_roster


@dataclass(frozen=True)
class Whole:
    """All that was seen of a source: the latest look (`roster`), every look and run, the hashes of the looks' bytes by
    instant, and the records whose events are to be concluded."""

    roster: Roster
    seen: Seen
    contents: Mapping[datetime, bytes]
    records: Collection[int]


@dataclass(frozen=True)
class BelievedAnew:
    """How the looks are judged now, and what came of it."""

    judged: JudgedAnew
    concluded: Concluded


def believed_anew(writer: Writer, of: OfSource, whole: Whole) -> BelievedAnew:
    """Judges every look of the source anew, in the open transaction, and concludes its events."""
    roster, contents = whole.roster, whole.contents
    judged = judge_anew(whole.seen, contents, of.rule, accepted_looks(writer, of.source))
    rewrite_looks(writer, of.source, [NotedLook(contents[facts.at], facts, look) for facts, look in judged.looks])
    concluded = believe_records(writer, of, whole.records, until=roster.at, at=roster.at)
    kept = replace(
        roster,
        judging=judging_body(judged.state),
        unsettled=concluded.unsettled,
        last_complete=judged.last_complete,
    )
    touch_roster(writer, kept, after=roster.at)
    return BelievedAnew(judged, concluded)
