"""The runs of one record as snapshots come in, in any order: what a store changes, and what it leaves alone.

A run is kept from its first look to its last, and parted by every look that was without the record or said something
else, whatever that look is judged to be worth, for the judgement may change. While a run lasts a store keeps its `last`
open: an unchanged row then costs nothing. `closed` fills it in.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from eyre.custody.run import Run, Stay


def closed(run: Run, before: datetime) -> Run:
    """An open run that ended with the look at `before`, the last one before that which no longer said it."""
    return replace(run, last=max(run.first, before))


def note_row(
    runs: tuple[Run, ...],
    at: datetime,
    stay: Stay | None,
    neighbours: tuple[datetime | None, datetime | None],
) -> tuple[Run, ...]:
    """The runs of a record once the snapshot at `at` said `stay` of it, or was without it (`None`).

    `runs` are ascending and those of snapshots alone; `neighbours` are the looks before and after `at`. What was noted
    for `at` before is replaced. The result is the same object if nothing changes.
    """
    held = next((run for run in runs if run.first <= at <= run.last), None)
    if (held.stay if held is not None else None) == stay:
        return runs
    before, after = neighbours
    pieces = [piece for run in runs for piece in _without(run, at, before, after)]
    if stay is None:
        return tuple(pieces)
    said = Run(at, at, stay)
    kept = []
    for piece in pieces:
        if piece.stay == stay and piece.last == before:
            said = replace(said, first=piece.first)
        elif piece.stay == stay and piece.first == after:
            said = replace(said, last=piece.last)
        else:
            kept.append(piece)
    return tuple(sorted([*kept, said], key=lambda run: run.first))


def _without(run: Run, at: datetime, before: datetime | None, after: datetime | None) -> Iterable[Run]:
    """The run without the instant `at`, in the pieces before it and after it."""
    if not run.first <= at <= run.last:
        yield run
        return
    if run.first < at and before is not None:
        yield replace(run, last=before)
    if run.last > at and after is not None:
        yield replace(run, first=after)
