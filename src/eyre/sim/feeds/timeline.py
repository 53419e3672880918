"""When rows of a place begin, change and go, as columns: which are listed at an instant, and whether any changed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eyre.sim.world import NEVER, Bools, Int64

Rows = NDArray[np.intp]


def spread(starts: Rows, ends: Rows) -> tuple[Rows, Rows]:
    """The ranges `starts` to `ends`, laid end to end: which range each belongs to, and its rows."""
    counts = ends - starts
    owner = np.repeat(np.arange(len(starts)), counts)
    before = np.cumsum(counts) - counts
    return owner, np.arange(int(counts.sum())) - before[owner] + starts[owner]


@dataclass(frozen=True)
class Timeline:
    """Rows are numbered within the place. A row is listed from `begins` until `gone`.

    `mark_row` and `mark_at` are all changes of what the listed rows say, their beginning and end included, sorted by
    row, then instant; `changes` are the instants alone, sorted, each once. `order` is the order in which rows stand.
    With `recent` (microseconds, delta files) a row stands only so long after its last change.
    """

    begins: Int64
    gone: Int64
    mark_row: Rows
    mark_at: Int64
    mark_start: Rows
    changes: Int64
    order: Rows
    recent: int = 0

    def version(self, at: int) -> int:
        """How many instants of change there were until `at`: the same number means the same content."""
        return int(np.searchsorted(self.changes, at, side="right"))

    def changed_at(self, version: int) -> int:
        """The instant since which `version` is what is said."""
        return int(self.changes[version - 1]) if version else 0

    def listed(self, at: int, *, whole: bool = False) -> Rows:
        """The rows that stand in the list at `at`, in its order; `whole`: in the full file of a delta feed."""
        there: Bools = (self.begins <= at) & (at < self.gone)
        if self.recent and not whole:
            there &= self._fresh(at)
        return self.order[there[self.order]]

    def until(self, rows: Rows, at: int) -> Int64:
        """Until when each of `rows` says what it says at `at`."""
        starts, ends = self.mark_start[rows], self.mark_start[rows + 1]
        owner, marks = spread(starts, ends)
        passed = np.bincount(owner[self.mark_at[marks] <= at], minlength=len(rows))
        following = np.minimum(starts + passed, len(self.mark_at) - 1)
        return np.where(starts + passed < ends, self.mark_at[following], NEVER)

    def _fresh(self, at: int) -> Bools:
        touched = (self.mark_at <= at) & (self.mark_at > at - self.recent)
        fresh = np.zeros(len(self.begins), dtype=bool)
        fresh[self.mark_row[touched]] = True
        return fresh


def timeline(begins: Int64, gone: Int64, marks: list[tuple[Rows, Int64]], *, order: Rows, recent: int = 0) -> Timeline:
    """A timeline from its rows and `marks`, pairs of rows and instants; what no listed row says is left out."""
    every = np.arange(len(begins))
    row = np.concatenate([every, every, *(rows for rows, _ in marks)]).astype(np.intp)
    at = np.concatenate([begins, gone, *(instants for _, instants in marks)]).astype(np.int64)
    kept = (at >= begins[row]) & (at <= gone[row]) & (at != NEVER) & (begins[row] < gone[row])
    row, at = row[kept], at[kept]
    sorted_ = np.lexsort((at, row))
    row, at = row[sorted_], at[sorted_]
    changes = np.unique(np.concatenate([at, at + recent]) if recent else at)
    start = np.searchsorted(row, np.arange(len(begins) + 1)).astype(np.intp)
    return Timeline(begins, gone, row, at, start, changes, order, recent)
