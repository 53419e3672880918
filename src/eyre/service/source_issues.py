"""What is open of a source after a ride: what was wrong with asking it, with its delivery, and with its look."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import MappingProxyType

from eyre.custody.judge_looks import Doubt
from eyre.custody.look import Look
from eyre.errors import SourceError
from eyre.model.issue import Issue, IssueCode, Severity
from eyre.model.source_issue import SourceIssue, Stage

MOST = 50
"""A delivery that is wrong in more ways is no delivery of this source; the first ones say so."""
MOST_CHANGED, MANY_CHANGED = 0.5, 6
"""In a quarter of an hour one row in some thousands says something new; half a list never does by itself."""
_NO_NEWS = frozenset({IssueCode.SUSPECT_VALUE})
"""Of single values, every day: nothing that whoever looks after a source could do about it."""
_REMEDIES = MappingProxyType(
    {
        IssueCode.UNKNOWN_FIELD: "map the field in the manifest, or name it in `ignored`",
        IssueCode.MISSING_FIELD: "see whether the publisher renamed or dropped the field, and correct the manifest",
        IssueCode.UNKNOWN_CATEGORY: "add the word to the field's `categories` with what it means",
        IssueCode.BAD_VALUE: "see what the field looks like now, and correct its rule in the manifest",
        IssueCode.BAD_ROW: "compare the delivery's layout with the manifest's `format`",
        IssueCode.DUPLICATE_KEY: "see whether `identity_keys` still name a record",
        IssueCode.TOO_LARGE: "see whether it is the right delivery, and raise `limits` if it is",
        IssueCode.ASSERTION: "look at the publisher's own page; correct `assertions` if it is right",
        IssueCode.TRUNCATED: "wait for the next delivery; tell the publisher if it lasts",
        IssueCode.ENCODING: "tell the publisher; declare `encoding` in the manifest if it is to stay",
        IssueCode.CLOCK: "tell the publisher that the clock or the time zone of the system is wrong",
        IssueCode.NOT_FETCHED: "it is asked again by itself; open the address yourself if it lasts",
        IssueCode.NOT_WHOLE: "see the other issues of the source; nothing is concluded from what is not listed",
        IssueCode.OLDER_COPY: "wait: an older page that lasts is believed after an hour",
        IssueCode.SHRUNK: "look at the publisher's own page; if so many did leave, `eyre sources accept`",
        IssueCode.CUT_OFF: "look at the publisher's own page; if they did leave, `eyre sources accept`",
        IssueCode.REWRITTEN: "see whether two columns changed places, or values are written otherwise",
        IssueCode.NUMBER_AGAIN: "ask the publisher, and correct `booking_number_scope` if that is how it numbers",
        IssueCode.NUMBERED_ANEW: "ask the publisher; if rows have new numbers now, `eyre sources accept`",
    }
)
_OF_LOOKS = MappingProxyType(
    {
        Doubt.OLDER_COPY: IssueCode.OLDER_COPY,
        Doubt.NOT_WHOLE: IssueCode.NOT_WHOLE,
        Doubt.SHRUNK: IssueCode.SHRUNK,
        Doubt.CUT_OFF: IssueCode.CUT_OFF,
        Doubt.NUMBERED_ANEW: IssueCode.NUMBERED_ANEW,
    }
)


def issues_of_delivery(issues: Iterable[Issue]) -> list[SourceIssue]:
    """What was wrong with rows and with the delivery as a whole, by code and field, each with its first place."""
    found: dict[tuple[IssueCode, str], SourceIssue] = {}
    for each in issues:
        if each.code in _NO_NEWS:
            continue
        key = (each.code, each.field)
        if (held := found.get(key)) is not None:
            found[key] = replace(held, places=held.places + 1)
        elif len(found) < MOST:
            found[key] = SourceIssue(
                Stage.DELIVERY, each.code, each.severity, each.field, 1, each.place, each.reason, remedy_of(each.code)
            )
    return list(found.values())


def issues_of_look(look: Look, doubt: Doubt | None, rows: int) -> list[SourceIssue]:
    """Why nothing is concluded from what a look of so many rows does not list; none where it is believed."""
    if doubt is None:
        return []
    code = _OF_LOOKS[doubt]
    return [SourceIssue(Stage.LOOK, code, Severity.ERROR, "", 1, f"{rows} rows", look.reason, remedy_of(code))]


def is_rewritten(changed: int, common: int) -> bool:
    """Whether so many of the rows that both looks list say something else, that they hardly all do."""
    return changed >= MANY_CHANGED and changed > MOST_CHANGED * common


def issues_of_rewriting(changed: int, common: int, names: Sequence[str]) -> list[SourceIssue]:
    """That so many rows say something else, in the fields `names`, as far as that is known."""
    code, reason = IssueCode.REWRITTEN, f"{changed} of {common} rows say something else than before, all at once"
    reason += f": in {', '.join(f'`{name}`' for name in names)}" if names else ""
    return [SourceIssue(Stage.LOOK, code, Severity.WARNING, "", changed, "most rows", reason, remedy_of(code))]


def issues_of_numbers(many: int) -> list[SourceIssue]:
    """Whether bookings were given numbers that were others' before."""
    if not many:
        return []
    code, reason = IssueCode.NUMBER_AGAIN, f"{many} bookings bear a number that was another booking's"
    return [SourceIssue(Stage.LOOK, code, Severity.WARNING, "", many, "new rows", reason, remedy_of(code))]


def issue_of_refusal(error: SourceError) -> SourceIssue:
    """Why a delivery could not be taken at all."""
    reason = f"{error.code}: {error.message}"
    return SourceIssue(Stage.DELIVERY, IssueCode.REFUSED, Severity.ERROR, "", 1, "delivery", reason, error.remedy)


def issue_of_trouble(trouble: str) -> SourceIssue:
    """Why a source could not be asked."""
    code = IssueCode.NOT_FETCHED
    return SourceIssue(Stage.FETCH, code, Severity.ERROR, "", 1, "", trouble, remedy_of(code))


def remedy_of(code: IssueCode) -> str:
    """What whoever looks after the source can do about it."""
    return _REMEDIES.get(code, "")
