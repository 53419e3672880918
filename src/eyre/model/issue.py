"""An issue: something that a source said which cannot be taken as said.

A row with an issue of severity `ERROR` is quarantined whole; a `WARNING` leaves the row accepted and is shown to the
person who looks after the source. `place` names where (row, line, path); `reason` never holds a person's data.
"""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether the row could still be taken."""

    WARNING = "warning"
    ERROR = "error"


class IssueCode(StrEnum):
    """What was wrong; stable, documented in `docs/reference/issues.md`."""

    UNKNOWN_FIELD = "unknown-field"
    MISSING_FIELD = "missing-field"
    UNKNOWN_CATEGORY = "unknown-category"
    BAD_VALUE = "bad-value"
    BAD_ROW = "bad-row"
    DUPLICATE_KEY = "duplicate-key"
    TOO_LARGE = "too-large"
    SUSPECT_VALUE = "suspect-value"
    ASSERTION = "assertion"
    TRUNCATED = "truncated"
    ENCODING = "encoding"
    CLOCK = "clock"
    REFUSED = "refused"
    NOT_FETCHED = "not-fetched"
    NOT_WHOLE = "not-whole"
    OLDER_COPY = "older-copy"
    SHRUNK = "shrunk"
    CUT_OFF = "cut-off"
    NUMBERED_ANEW = "numbered-anew"
    REWRITTEN = "rewritten"
    NUMBER_AGAIN = "number-again"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing wrong at one place of one delivery."""

    code: IssueCode
    severity: Severity
    place: str
    field: str
    reason: str
