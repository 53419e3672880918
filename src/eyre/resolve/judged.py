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


def held_judgements(judgements: Iterable[Judgement]) -> dict[tuple[int, int], int]:
    """The verdict that holds on each pair of record ids: of several the latest; at one instant `different`."""
    latest: dict[tuple[int, int], tuple[datetime, int]] = {}
    for each in judgements:
        verdict = SAME if each.verdict is Verdict.SAME else DIFFERENT
        pair = (each.left, each.right)
        held = latest.get(pair)
        if held is None or (each.decided_at, -verdict) > (held[0], -held[1]):
            latest[pair] = (each.decided_at, verdict)
    return {pair: verdict for pair, (_, verdict) in latest.items()}


def judged_pairs(judgements: Iterable[Judgement], row_of: Mapping[int, int]) -> list[JudgedPair]:
    """The judgements that hold, by row. Those on records that `row_of` (id to row) lacks are left out."""
    found = []
    for (left, right), verdict in sorted(held_judgements(judgements).items()):
        if left in row_of and right in row_of:
            low, high = sorted((row_of[left], row_of[right]))
            found.append(JudgedPair(low, high, verdict))
    return found
