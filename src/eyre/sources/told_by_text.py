"""What one text of one field tells, whatever row it stands in.

A delivery says most of its texts over and over; each of them is read once.
"""

from collections.abc import Callable
from typing import Any

from eyre.model.issue import IssueCode, Severity
from eyre.sources.draft import Draft
from eyre.sources.field_rule import FieldRule


class ToldByText:
    """`pieces` are home, part and text of what is told in pieces; `wholes` are whole values, each with how a draft
    takes it; `issues` are code, severity and reason of what was noticed, and a reason never holds the text."""

    __slots__ = ("issues", "pieces", "wholes")

    def __init__(self) -> None:
        """Nothing, so far."""
        self.pieces: list[tuple[str, str, str]] = []
        self.wholes: list[tuple[Callable[[Draft, Any], None], Any]] = []
        self.issues: list[tuple[IssueCode, Severity, str]] = []

    def condensed(self, home: str, part: str) -> "ToldByText | str":
        """The text alone where it is all that is told, and is told of `part` of `home`."""
        if len(self.pieces) != 1 or self.wholes or self.issues:
            return self
        own_home, own_part, text = self.pieces[0]
        return text if text and (own_home, own_part) == (home, part) else self

    def put(self, home: str, part: str, text: str) -> None:
        """Tells one field of what is told in pieces."""
        self.pieces.append((home, part, text))

    def add(self, take: Callable[[Draft, Any], None], value: Any) -> None:
        """Tells a whole value, which `take` puts into a draft."""
        self.wholes.append((take, value))

    def warn(self, code: IssueCode, reason: str) -> None:
        """A row with this text can be taken all the same."""
        self.issues.append((code, Severity.WARNING, reason))

    def fail(self, code: IssueCode, reason: str) -> None:
        """A row with this text is to be quarantined."""
        self.issues.append((code, Severity.ERROR, reason))

    def unreadable(self, rule: FieldRule, reason: str) -> None:
        """The text cannot be read: by its rule an error, or a warning and left out."""
        tell = self.warn if rule.unreadable == "warn" else self.fail
        tell(IssueCode.BAD_VALUE, reason)
