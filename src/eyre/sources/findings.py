"""What is noticed while a row is read: issues and drops."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from eyre.model.issue import Issue, IssueCode, Severity
from eyre.sources.sensitive import SensitiveKind


@dataclass(slots=True)
class Findings:
    """Collects for one place. A reason never holds a value of the row; `dropped` counts by kind what is never taken."""

    place: str
    issues: list[Issue] = field(default_factory=list)
    dropped: dict[str, int] = field(default_factory=dict)

    def warn(self, code: IssueCode, name: str, reason: str) -> None:
        """The row can be taken all the same."""
        self.issues.append(Issue(code, Severity.WARNING, self.place, name, reason))

    def fail(self, code: IssueCode, name: str, reason: str) -> None:
        """The row is to be quarantined."""
        self.issues.append(Issue(code, Severity.ERROR, self.place, name, reason))

    def note(self, name: str, told: Iterable[tuple[IssueCode, Severity, str]]) -> None:
        """Takes over what was noticed about the text of the field `name`."""
        self.issues.extend(Issue(code, severity, self.place, name, reason) for code, severity, reason in told)

    def drop(self, kind: SensitiveKind, many: int = 1) -> None:
        """Something that is never taken was dropped."""
        self.dropped[kind.value] = self.dropped.get(kind.value, 0) + many

    @property
    def failed(self) -> bool:
        """Whether anything forbids taking the row."""
        return bool(self.issues) and any(issue.severity is Severity.ERROR for issue in self.issues)
