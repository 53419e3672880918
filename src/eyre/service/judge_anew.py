"""All looks of a source judged from the first on, with what each no longer lists counted again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from eyre.custody.diff_roster import Int64
from eyre.custody.judge_looks import Judging, judge_next
from eyre.custody.look import Look, LookFacts
from eyre.custody.rule import CustodyRule
from eyre.custody.seen import Seen


@dataclass(frozen=True)
class JudgedAnew:
    """Each look with what it told of itself, in order; how the source stands after the last; and who the latest
    complete look lists, where that is not the last."""

    looks: tuple[tuple[LookFacts, Look], ...]
    state: Judging
    last_complete: Int64 | None


def judge_anew(seen: Seen, facts: Sequence[LookFacts], rule: CustodyRule) -> JudgedAnew:
    """Judges the looks `facts`, in order, of which `seen` holds who was listed."""
    begins, ends = _steps(seen)
    listed: set[int] = set()
    anchor: frozenset[int] = frozenset()
    state, looks = Judging(), []
    for each in facts:
        listed |= begins.get(each.at, set())
        told = replace(each, gone=len(anchor - listed))
        state, look = judge_next(state, told, rule)
        if look.complete:
            anchor = frozenset(listed)
        looks.append((told, look))
        listed -= ends.get(each.at, set())
    complete = not looks or looks[-1][1].complete
    return JudgedAnew(tuple(looks), state, None if complete else np.array(sorted(anchor), dtype=np.int64))


def _steps(seen: Seen) -> tuple[dict[datetime, set[int]], dict[datetime, set[int]]]:
    """Who begins to be listed at each look, and who is listed there for the last time in a row."""
    begins: dict[datetime, set[int]] = {}
    ends: dict[datetime, set[int]] = {}
    for record, runs in seen.runs.items():
        for run in runs:
            begins.setdefault(run.first, set()).add(record)
            ends.setdefault(run.last, set()).add(record)
    return begins, ends
