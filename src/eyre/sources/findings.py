"""What is noticed while a row is read: issues and drops."""

from collections import Counter
from dataclasses import dataclass, field

from eyre.model.issue import Issue, IssueCode, Severity
from eyre.sources.field_rule import FieldRule
from eyre.sources.sensitive import SensitiveKind


@dataclass
class Findings:
    """Collects for one place. A reason never holds a value of the row."""

    place: str
    issues: list[Issue] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)

    def warn(self, code: IssueCode, name: str, reason: str) -> None:
        """The row can be taken all the same."""
        self.issues.append(Issue(code, Severity.WARNING, self.place, name, reason))

    def fail(self, code: IssueCode, name: str, reason: str) -> None:
        """The row is to be quarantined."""
        self.issues.append(Issue(code, Severity.ERROR, self.place, name, reason))

    def drop(self, kind: SensitiveKind) -> None:
        """Something that is never taken was dropped."""
        self.dropped[kind.value] += 1

    @property
    def failed(self) -> bool:
        """Whether anything forbids taking the row."""
        return any(issue.severity is Severity.ERROR for issue in self.issues)


def unreadable(name: str, rule: FieldRule, findings: Findings, reason: str) -> None:
    """A value that cannot be read: by its rule an error, or a warning and left out."""
    tell = findings.warn if rule.unreadable == "warn" else findings.fail
    tell(IssueCode.BAD_VALUE, name, reason)
