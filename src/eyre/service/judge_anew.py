"""All looks of a source judged from the first on, with what each no longer lists counted again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

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


def judge_anew(
    seen: Seen,
    contents: Mapping[datetime, bytes],
    rule: CustodyRule,
    accepted: Mapping[datetime, bytes] = MappingProxyType({}),
) -> JudgedAnew:
    """Judges all looks of which `seen` tells. `contents` are the hashes of their bytes, by instant: a look repeats
    where an earlier one had its bytes and a complete one after that had others, or where the one before it repeats and
    has the same; where absence says nothing, only if something new was told between. `accepted` are the looks that
    somebody answers for, by instant, with the hashes of their bytes."""
    begins, ends = _steps(seen)
    listed: set[int] = set()
    anchor: frozenset[int] = frozenset()
    state, looks = Judging(), []
    last_said: dict[bytes, int] = {}
    last_complete, before_it, repeats = -1, b"", False
    for number, each in enumerate(seen.facts):
        content = contents[each.at]
        if content != before_it:
            since = last_said.get(content, number)
            repeats = last_complete > since and (
                rule.absence_speaks or _told_since(seen, seen.facts[since].at, before=each.at)
            )
        listed |= begins.get(each.at, set())
        cut = state.complete_last in anchor - listed and each.last in anchor
        answered = accepted.get(each.at) == content
        told = replace(each, gone=len(anchor - listed), repeats=repeats, cut=cut, accepted=answered)
        state, look = judge_next(state, told, rule)
        if look.complete:
            anchor, last_complete = frozenset(listed), number
        last_said[content], before_it = number, content
        looks.append((told, look))
        listed -= ends.get(each.at, set())
    complete = not looks or looks[-1][1].complete
    return JudgedAnew(tuple(looks), state, None if complete else np.array(sorted(anchor), dtype=np.int64))


def _told_since(seen: Seen, since: datetime, *, before: datetime) -> bool:
    """Whether a look between two instants told something of a record that was not said of it by the first."""
    for runs in seen.runs.values():
        held = next((run.stay for run in reversed(runs) if run.first <= since), None)
        if any(run.stay != held for run in runs if since < run.first < before):
            return True
    return False


def _steps(seen: Seen) -> tuple[dict[datetime, set[int]], dict[datetime, set[int]]]:
    """Who begins to be listed at each look, and who is listed there for the last time in a row."""
    begins: dict[datetime, set[int]] = {}
    ends: dict[datetime, set[int]] = {}
    for record, runs in seen.runs.items():
        for run in runs:
            begins.setdefault(run.first, set()).add(record)
            ends.setdefault(run.last, set()).add(record)
    return begins, ends
