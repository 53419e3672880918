"""What a place that pushes sends: a message for each thing that happens."""

from dataclasses import dataclass

import numpy as np

from eyre.sim.feeds.niem import Niem
from eyre.sim.feeds.posting import MICROSECONDS
from eyre.sim.feeds.press import Press
from eyre.sim.feeds.read_stays import StayReader
from eyre.sim.feeds.timeline import Rows
from eyre.sim.world import Int64


@dataclass(frozen=True, slots=True)
class Message:
    """`body` is a whole document with one message; `at` the instant (microseconds) of what it tells, `row` the stay."""

    at: int
    row: int
    operation: str
    number: str
    body: bytes


class Messages:
    """The messages of one feed, known by row and instant and written when they are asked for."""

    def __init__(self, press: Press) -> None:
        """`press` is that of a feed that pushes."""
        if not (isinstance(press.reader, StayReader) and isinstance(press.shape, Niem)):
            raise TypeError("only a feed of the NIEM kind sends messages")
        self._reader, self._shape = press.reader, press.shape
        self._sealed = press.reader.sealed
        self.row, self.at = self._events()

    def _events(self) -> tuple[Rows, Int64]:
        """One for each row and second in which something is told, in the order of the instants: the last of it."""
        timeline = self._reader.timeline
        sealed = np.flatnonzero((self._sealed < np.iinfo(np.int64).max) & (self._sealed >= timeline.begins))
        row = np.concatenate([timeline.mark_row, sealed]).astype(np.intp)
        at = np.concatenate([timeline.mark_at, self._sealed[sealed]])
        order = np.lexsort((at, row))
        row, at = row[order], at[order]
        second = at // MICROSECONDS
        last = np.append((row[1:] != row[:-1]) | (second[1:] != second[:-1]), True)[: len(row)]
        row, at = row[last], at[last]
        in_time = np.lexsort((row, at))
        return row[in_time], at[in_time]

    def message(self, row: int, at: int) -> Message:
        """The message that is sent of `row` for what happens at `at`."""
        (said,) = self._reader.said(np.array([row], dtype=np.intp), at)
        begun = int(self._reader.timeline.begins[row]) // MICROSECONDS
        if at >= self._sealed[row]:
            operation, told = "delete", self._shape.withdrawn(said)
        else:
            operation = "add" if at // MICROSECONDS == begun else "update"
            told = self._shape.row(said)
        body = self._shape.envelope([self._shape.message(operation, at, told)])
        return Message(at, row, operation, said.number, body)
