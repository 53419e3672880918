"""Rows that are not believed to be anybody new: those that came when as good as everybody on a list was another.

A publisher that numbers its rows anew lists everybody under a number that nobody knows. No one of them was booked by
that; who was, is known when the old numbers are back, or when somebody accepts the new ones.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from eyre.custody.look_line import LookLine
from eyre.custody.run import Run


def is_held_back(laid: Sequence[Run], line: LookLine) -> bool:
    """Whether a record was listed by no other looks than such ones."""
    return bool(line.anew) and all(at in line.anew for run in laid for at in _instants(run, line))


def _instants(run: Run, line: LookLine) -> Iterable[datetime]:
    yield from (run.first, run.last)
    yield from line.every_between(run.first, run.last)
