"""What is wrong with a source: said once, for as long as it lasts, to the person who looks after the source."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from eyre.model.issue import IssueCode, Severity


class Stage(StrEnum):
    """Where it showed: when the source was asked, in what it delivered, or in how that compares with what it had
    delivered before."""

    FETCH = "fetch"
    DELIVERY = "delivery"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class SourceIssue:
    """One thing wrong: in so many `places`, of which `place` is an example. Nothing in it is personal data. `remedy`
    says what to do about it."""

    stage: Stage
    code: IssueCode
    severity: Severity
    field: str
    places: int
    place: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class OpenIssue:
    """An issue of a source that is still there: since when (`opened_at`), when it was last seen, and the instant of the
    look that it is about, if there was one."""

    number: int
    source: str
    stage: str
    code: str
    field: str
    severity: str
    places: int
    place: str
    reason: str
    remedy: str
    look_at: datetime | None
    opened_at: datetime
    seen_at: datetime
