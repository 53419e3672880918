"""Lay the runs of a record out, one after another, so that at each instant one thing is said.

Runs of a snapshot source never overlap; a message may stand within one, and a store may hold a run in two pieces.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from eyre.custody.look_line import LookLine
from eyre.custody.run import Run, Stay


def lay_out(runs: Iterable[Run], line: LookLine) -> tuple[Run, ...]:
    """The runs in order, without overlaps. Equal neighbours are one where no complete look between them was without
    the record: what an incomplete look leaves out, it does not deny. What only an older copy says is left out."""
    sighted = [trimmed for run in runs if (trimmed := _without_copies(run, line)) is not None]
    laid: list[Run] = []
    for group in _overlapping(sorted(sighted, key=lambda run: (run.first, run.last))):
        for run in group if len(group) == 1 else _one_word_each(group, line):
            if laid and laid[-1].stay == run.stay and not line.complete_between(laid[-1].last, run.first):
                laid[-1] = replace(laid[-1], last=run.last)
            else:
                laid.append(run)
    return tuple(laid)


def _without_copies(run: Run, line: LookLine) -> Run | None:
    """The run from its first to its last look that is no older copy; `None` if only copies say it. A withdrawal is no
    snapshot's word and stands."""
    if run.stay.withdrawn or not (run.first in line.copies or run.last in line.copies):
        return run
    within = line.every_between(run.first, run.last)
    sound = [at for at in (run.first, *within, run.last) if at not in line.copies]
    return replace(run, first=sound[0], last=sound[-1]) if sound else None


def _overlapping(ordered: Sequence[Run]) -> Iterable[list[Run]]:
    """Runs that share an instant, directly or by way of others, together."""
    group: list[Run] = []
    end: datetime | None = None
    for run in ordered:
        if end is not None and run.first > end:
            yield group
            group, end = [], None
        group.append(run)
        end = run.last if end is None else max(end, run.last)
    if group:
        yield group


def _one_word_each(group: Sequence[Run], line: LookLine) -> Iterable[Run]:
    """Overlapping runs as what is said at each of their instants: at each look, and where one begins or ends.

    Between its looks a run says nothing against a message. At one instant a withdrawal is believed before anything
    else, then whatever has the greater text, so that the outcome does not depend on what came first or is to follow.
    """
    said: dict[datetime, list[Stay]] = {}
    for run in group:
        within = (at for at in line.every_between(run.first, run.last) if at not in line.copies)
        for at in {run.first, run.last, *within}:
            said.setdefault(at, []).append(run.stay)
    laid: list[Run] = []
    for at in sorted(said):
        stay = max(said[at], key=lambda stay: (stay.withdrawn, repr(stay)))
        if laid and laid[-1].stay == stay:
            laid[-1] = replace(laid[-1], last=at)
        else:
            laid.append(Run(at, at, stay))
    return laid
