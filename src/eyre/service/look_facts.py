"""What a snapshot that was read tells of itself."""

from eyre.custody.look import LookFacts
from eyre.model.issue import IssueCode
from eyre.service.read_look import ReadLook


def look_facts(now: ReadLook, *, repeats: bool) -> LookFacts:
    """Rows whose record cannot be told, or that stand on two pages of a list that shifted, make it unsound: any of
    those who seem to be gone may be there. So does a declared column that is not there: the page is another one than
    the manifest says. `repeats`: it is an older page than the one before it. A list that stands in its page several
    times has as many rows as it has once: of more, a part that comes next would lack few."""
    summary, seen = now.reading.summary, now.seen
    if summary is None:
        raise ValueError("the snapshot was not read to its end")
    listed, rows = seen.listed(), summary.data_rows
    return LookFacts(
        at=now.at,
        rows=len(listed.records) if 2 * seen.repeated >= rows > 0 else rows,
        declared_total=summary.declared_total,
        ended_early=summary.ended_early,
        unsound=not summary.complete
        or any(issue.code is IssueCode.MISSING_FIELD for issue in summary.issues)
        or seen.nameless > 0
        or (now.pages > 1 and seen.repeated > 0),
        repeats=repeats,
        last=seen.last(),
    )
