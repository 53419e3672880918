"""Judge whether a row's absence from a look says anything: a left fold over what looks told of themselves.

A look is complete unless it says itself that it is not, or unless so much is gone since the last complete one that a
cut list, a maintenance page or an old copy is likelier than that many departures. Whoever is refused wrongly is judged
later, from the next complete look; whoever is believed wrongly makes releases that never were.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from eyre.custody.look import Look, LookFacts
from eyre.custody.rule import CustodyRule

LEAVING_PER_DAY = 0.065
"""The share of a roster that has left after a day at the most. The busiest class of jails, those under 50 people, takes
in 23.2 times its population a year and releases as many: 6.4 % a day; a jail of 1,000 turns over 1.3 % a day."""
CHANCE_WIDTHS = 4.0
"""Departures beyond the expected number that are still chance, in standard deviations: once in 30,000 looks. Of 100
rows with 3 departures expected, 9 may be gone."""
A_FEW = 3
"""So many may leave a roster of thirty or more at once, and of a smaller one a tenth, but always one: people are let go
together, and a bus goes to court. More than that is looked at again when time explains it: a roster of ten that lost
three within a quarter of an hour was cut more likely than not."""
BELIEVED_AFTER = 4
"""An older copy that was served so many looks in a row, over `BELIEVED_WITHIN` at least, is what stands now: a small
roster does go back to what it was, when the one booked since has left."""
BELIEVED_WITHIN = timedelta(hours=1)
"""A cache holds a stale page for minutes; one that lasts longer is rare."""
RETURNED_WITHIN = timedelta(hours=24)
"""An older copy that lists people again who had left, and is without some who came since, is stale however often it is
served: they would all have had to come back, unchanged, as the others went. A cache that hangs, or a nightly job that
failed, is mended within a day."""

CUT_WITHIN = timedelta(hours=24)
"""A list that ends before the row with which it ended, and has nothing new behind, was cut, or the last one left. Where
it was cut that is seen to within a day; so long nobody is released by it. Where more than a few are gone the day begins
when they are: that a page had stood still for a week before does not explain that those who stood last left together.
"""

OLDER_COPY = "an older copy"
"""The reason of a look that does not even speak for the rows that it lists."""
ANEW = "its rows are numbered or named anew"
"""So begins the reason of a look that lists others in the place of as good as everybody."""


class Doubt(StrEnum):
    """Why the absence of a row from a look says nothing."""

    OLDER_COPY = "older_copy"
    NOT_WHOLE = "not_whole"
    SHRUNK = "shrunk"
    CUT_OFF = "cut_off"
    NUMBERED_ANEW = "numbered_anew"


OF_WHAT_IS_GONE = frozenset({Doubt.SHRUNK, Doubt.CUT_OFF, Doubt.NUMBERED_ANEW})
"""Doubts that somebody who knows the place can dispel; of the others a look tells itself."""


@dataclass(frozen=True, slots=True)
class Judging:
    """What judging the next look needs of those before it; small, so that a store can keep one with each look.

    `complete_at` and `complete_rows` are of the last complete look, `rows` of the last one that was no older copy,
    `refilling` that it was refused for what was gone. `copies` in a row are older copies, the first at `copied_since`.
    `renumbered_after` are the seconds from the complete look to one in which as good as everybody was another.
    `complete_last` is the record in the last row of the last complete look, and `doubt` says why the latest look is not
    believed. Since `cut_since` looks have ended before that row.
    """

    at: datetime | None = None
    complete_at: datetime | None = None
    complete_rows: int = 0
    rows: int = 0
    refilling: bool = False
    copies: int = 0
    copied_since: datetime | None = None
    renumbered_after: float | None = None
    complete_last: int | None = None
    doubt: Doubt | None = None
    cut_since: datetime | None = None


def judge_looks(facts: Iterable[LookFacts], rule: CustodyRule) -> tuple[Look, ...]:
    """Every look judged, by instant; of several at one instant the one that `look_rank` puts first counts."""
    chosen: dict[datetime, LookFacts] = {}
    for each in facts:
        held = chosen.get(each.at)
        chosen[each.at] = each if held is None else max(held, each, key=look_rank)
    state, looks = Judging(), []
    for at in sorted(chosen):
        state, look = judge_next(state, chosen[at], rule)
        looks.append(look)
    return tuple(looks)


def judge_next(state: Judging, facts: LookFacts, rule: CustodyRule) -> tuple[Judging, Look]:
    """Judge the look that follows those of which `state` tells; raises `ValueError` for one that does not follow them.

    When a look comes late, judge again from the state before it.
    """
    if state.at is not None and facts.at <= state.at:
        raise ValueError("a look was judged after one of its own or a later instant")
    copies = state.copies + 1 if facts.repeats else 0
    since = (state.copied_since or facts.at) if facts.repeats else None
    within = RETURNED_WITHIN if facts.gone and _arrived(state, facts) else BELIEVED_WITHIN
    is_copy = since is not None and (copies < BELIEVED_AFTER or facts.at - since < within) and not facts.accepted
    told = _told_reason(facts, rule)
    cut_since = state.cut_since if is_copy else ((state.cut_since or facts.at) if facts.cut else None)
    settled = is_copy or facts.accepted or not rule.lists_all
    gone = "" if settled else _gone_reason(replace(state, cut_since=cut_since), facts, rule)
    renumbered_after = state.renumbered_after if is_copy else _renumbered_after(state, facts, bool(gone))
    if gone and not told and renumbered_after is not None:
        gone = f"{ANEW}: {facts.gone} of {state.complete_rows} rows are gone, and others came in their place"
    reason = OLDER_COPY if is_copy else told or gone
    complete = not reason
    doubts = {
        Doubt.OLDER_COPY: is_copy,
        Doubt.NOT_WHOLE: bool(told),
        Doubt.NUMBERED_ANEW: bool(gone) and renumbered_after is not None,
        Doubt.CUT_OFF: bool(gone) and facts.cut,
        Doubt.SHRUNK: bool(gone),
    }
    return Judging(
        at=facts.at,
        complete_at=facts.at if complete else state.complete_at,
        complete_rows=facts.rows if complete else state.complete_rows,
        rows=state.rows if is_copy else facts.rows,
        refilling=state.refilling if is_copy else bool(gone),
        copies=copies,
        copied_since=since,
        renumbered_after=renumbered_after,
        complete_last=facts.last if complete else state.complete_last,
        doubt=next((doubt for doubt, holds in doubts.items() if holds), None),
        cut_since=cut_since,
    ), Look(facts.at, complete, reason)


def look_rank(facts: LookFacts) -> tuple[bool, bool, bool, int, int]:
    """The greatest of two different looks at one instant is believed: the one that is whole, sound and longest."""
    declared = -1 if facts.declared_total is None else facts.declared_total
    return not facts.ended_early, not facts.unsound, not facts.repeats, facts.rows, declared


def plausibly_gone(rows: int, elapsed: timedelta, most_shrink: float) -> int:
    """How many of `rows` may be gone after `elapsed`: the greatest of a few, of the share that the source's manifest
    allows between two looks, and of the departures that the time explains."""
    return max(_a_few(rows), math.floor(rows * most_shrink), _departed(rows, elapsed))


def _a_few(rows: int) -> int:
    return min(A_FEW, max(1, rows // 10))


def _departed(rows: int, elapsed: timedelta) -> int:
    """The most departures that time alone explains: 2 of 100 in the first hour, 16 in a day, 75 in ten days."""
    expected = rows * -math.expm1(-LEAVING_PER_DAY * (elapsed / timedelta(days=1)))
    return min(rows, math.floor(expected + CHANCE_WIDTHS * math.sqrt(expected)))


def _renumbered_after(state: Judging, facts: LookFacts, refused: bool) -> float | None:
    """Seconds since the complete look after which a look was refused for what is gone although it lists others in their
    place: the publisher numbers or names its rows anew. A list that only shrank is believed once time explains it; of
    this one nobody may be released before the old rows are back."""
    if not refused or facts.gone is None or state.complete_at is None or 2 * facts.gone < state.complete_rows:
        return None
    if state.renumbered_after is not None:
        return state.renumbered_after
    return (facts.at - state.complete_at).total_seconds() if 2 * _arrived(state, facts) >= facts.gone else None


def _arrived(state: Judging, facts: LookFacts) -> int:
    """How many rows a look lists that the last complete one did not; 0 where what is gone was not counted."""
    return 0 if facts.gone is None else facts.rows - (state.complete_rows - facts.gone)


def _told_reason(facts: LookFacts, rule: CustodyRule) -> str:
    """Why a look is incomplete by what it says of itself; empty if it is not."""
    if facts.ended_early:
        return "it ended early"
    if facts.unsound:
        return "it did not meet what its manifest asserts"
    if facts.declared_total is not None and facts.rows != facts.declared_total:
        return f"it lists {facts.rows} rows of {facts.declared_total} declared"
    if rule.list_cap is not None and facts.rows >= rule.list_cap:
        return f"it lists {facts.rows} rows, as many as the list can hold"
    return ""


def _gone_reason(state: Judging, facts: LookFacts, rule: CustodyRule) -> str:
    """Why a look is not believed for what is gone since the last complete one; empty if it is. What was published may
    have been as old as the rule's `lag` then, and be new now: a list that is renewed each night loses a day's
    departures within an hour."""
    if state.complete_at is None:
        return "" if facts.rows or facts.declared_total == 0 else "it is empty, and nothing was listed before"
    gone = state.complete_rows - facts.rows if facts.gone is None else facts.gone
    if not facts.rows and gone > A_FEW:
        return f"it is empty where {state.complete_rows} rows were listed"
    cut_since = state.complete_at if gone <= _a_few(state.complete_rows) else state.cut_since
    if facts.cut and rule.absence_speaks and facts.at - (cut_since or state.complete_at) < CUT_WITHIN:
        return "it ends before the row with which it ended"
    elapsed = facts.at - state.complete_at + rule.lag
    if state.renumbered_after is not None:
        elapsed = min(elapsed, timedelta(seconds=state.renumbered_after))
    if gone > plausibly_gone(state.complete_rows, elapsed, rule.most_shrink):
        return f"{gone} of {state.complete_rows} rows are gone, more than the time explains"
    still_filling = state.refilling and facts.rows > state.rows
    if still_filling and gone > max(_a_few(state.complete_rows), _departed(state.complete_rows, elapsed)):
        return f"it is growing again, and {gone} of {state.complete_rows} rows are still gone"
    return ""
