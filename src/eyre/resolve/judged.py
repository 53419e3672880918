"""Judgements as clustering reads them: which rows must, and which must not, be one person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from eyre.model.judgement import Judgement, Verdict

SAME = 1
DIFFERENT = -1


@dataclass(frozen=True)
class JudgedPair:
    """Rows `left` < `right` that a person judged; `verdict` is `SAME` or `DIFFERENT`."""

    left: int
    right: int
    verdict: int


def judged_pairs(judgements: Iterable[Judgement], row_of: Mapping[int, int]) -> list[JudgedPair]:
    """The judgements that hold, by row: of several on one pair the latest; of two at one instant `different`.

    Judgements on records that `row_of` (record id to row) does not have are left out.
    """
    latest: dict[tuple[int, int], tuple[datetime, int]] = {}
    for each in judgements:
        if each.left not in row_of or each.right not in row_of:
            continue
        verdict = SAME if each.verdict is Verdict.SAME else DIFFERENT
        pair = (each.left, each.right)
        held = latest.get(pair)
        if held is None or (each.decided_at, -verdict) > (held[0], -held[1]):
            latest[pair] = (each.decided_at, verdict)
    found = []
    for (left, right), (_, verdict) in sorted(latest.items()):
        low, high = sorted((row_of[left], row_of[right]))
        found.append(JudgedPair(low, high, verdict))
    return found
