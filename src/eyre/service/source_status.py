"""How one source stands: its looks, and why the latest ones were believed or not."""

from dataclasses import dataclass
from datetime import datetime

from eyre.errors import NotFoundError
from eyre.service.circuit_status import SourceStatus, status_of
from eyre.store.latest_issues import latest_issues
from eyre.store.looks import latest_looks
from eyre.store.open_store import Store
from eyre.store.source_states import source_states
from eyre.store.writing import writing

_LOOKS = 20
_ISSUES = 20


@dataclass(frozen=True, slots=True)
class LookShown:
    """A stretch of looks that told the same: from when to when, how many looks and rows, whether the absence of a row
    from them says anything, and if not why."""

    first_at: datetime
    last_at: datetime
    looks: int
    rows: int
    complete: bool
    reason: str


@dataclass(frozen=True, slots=True)
class IssueShown:
    """What was wrong with the latest delivery at `field`, in how many places and one of them; no person's data."""

    code: str
    severity: str
    field: str
    reason: str
    count: int
    place: str


@dataclass(frozen=True, slots=True)
class SourceReport:
    """A source of the circuit, its latest looks, the last one first, and what was wrong with its latest delivery."""

    status: SourceStatus
    looks: tuple[LookShown, ...]
    issues: tuple[IssueShown, ...]


def source_statuses(store: Store, *, now: datetime) -> tuple[SourceStatus, ...]:
    """Every source of the circuit, by id."""
    with writing(store) as writer:
        return tuple(status_of(state, now) for state in source_states(writer))


def source_report(store: Store, source: str, *, now: datetime) -> SourceReport:
    """How `source` stands. Raises `NotFoundError` EYRE-602 when it is neither on the schedule nor one that sends."""
    with writing(store) as writer:
        states = source_states(writer, source)
        looks = latest_looks(writer, source, _LOOKS)
        issues = latest_issues(writer, source, _ISSUES)
    if not states:
        raise NotFoundError(
            f"`{source}` is not on the schedule", remedy="`eyre circuit run PATH` puts sources on it", code="EYRE-602"
        )
    return SourceReport(
        status=status_of(states[0], now),
        looks=tuple(LookShown(*look) for look in looks),
        issues=tuple(IssueShown(*issue) for issue in issues),
    )
