"""Keeping what is wrong with a source in step with its rides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from eyre.custody.judge_looks import OLDER_COPY
from eyre.errors import SourceError
from eyre.model.issue import Issue, IssueCode, Severity
from eyre.model.source_issue import SourceIssue, Stage
from eyre.service.source_issues import issue_of_refusal, issue_of_trouble, issues_of_delivery, remedy_of
from eyre.store.open_store import Writer
from eyre.store.source_issues import note_source_issues

QUIET = timedelta(days=1)
"""What was wrong with a message is open for so long after it was last seen: the next one is about somebody else, and
says nothing of it."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A delivery for the instant `at` that came at `now` and could not be taken as a whole, why, and what was wrong
    with its rows as far as they were read."""

    error: SourceError
    at: datetime
    now: datetime
    issues: tuple[Issue, ...] = ()


def note_refusal(writer: Writer, source: str, refused: Refused) -> None:
    """Opens what there is to say of it, in a transaction of its own."""
    with writer.transaction():
        found = [issue_of_refusal(refused.error), *issues_of_delivery(refused.issues)]
        stages = [Stage.DELIVERY, Stage.FETCH]
        note_source_issues(writer, source, found, stages=stages, now=refused.now, look_at=refused.at)


def note_trouble(writer: Writer, source: str, trouble: str, *, now: datetime) -> None:
    """The source could not be asked, in the open transaction."""
    note_source_issues(writer, source, [issue_of_trouble(trouble)], stages=[Stage.FETCH], now=now)


def note_answered(writer: Writer, source: str, *, now: datetime) -> None:
    """The source answered what it had answered before, in the open transaction."""
    note_source_issues(writer, source, [], stages=[Stage.FETCH], now=now, over=[IssueCode.REFUSED])


def note_older_page(
    writer: Writer, source: str, *, at: datetime, now: datetime, beside: Sequence[SourceIssue] = ()
) -> None:
    """The source answered with a page that speaks for the instant `at`, before its latest look; in the open
    transaction. `beside`: what is wrong with that one."""
    code = IssueCode.OLDER_COPY
    reason = f"{OLDER_COPY}: the page says itself that it was made before the one seen last"
    found = SourceIssue(Stage.LOOK, code, Severity.WARNING, "", 1, "delivery", reason, remedy_of(code))
    others = [each for each in beside if each.code is not code]
    note_source_issues(writer, source, [found, *others], stages=[Stage.LOOK, Stage.FETCH], now=now, look_at=at)


def note_of_messages(writer: Writer, source: str, issues: Sequence[Issue], *, at: datetime, now: datetime) -> None:
    """What was wrong with messages, in the open transaction. What had been wrong with earlier ones stays open."""
    found = issues_of_delivery(issues)
    note_source_issues(writer, source, found, stages=[Stage.DELIVERY], now=now, look_at=at, quiet_since=now - QUIET)
