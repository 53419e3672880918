"""A judgement: somebody decided that two records are, or are not, of one person. Resolution reads it like a record."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What was decided."""

    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Judgement:
    """Decided by `actor` at `decided_at` (UTC) for `reason`. `left` < `right` are record ids.

    Of several judgements on one pair the latest holds; of two at one instant, `different` holds.
    """

    left: int
    right: int
    verdict: Verdict
    actor: str
    reason: str
    decided_at: datetime

    def __post_init__(self) -> None:
        if self.left >= self.right:
            raise ValueError("a judgement names two records, the smaller id first")
