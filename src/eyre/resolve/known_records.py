"""The records that a search has heard of so far, with what is compared of them, each in a slot of its own."""

import numpy as np
from numpy.typing import NDArray

from eyre.resolve.layout import Features, Int64, UInt8
from eyre.resolve.neighbourhood import Told
from eyre.resolve.unpack_features import unpack_features

_NONE = np.zeros(0, dtype=np.int64)


class KnownRecords:
    """`ids[slot]` is a record's id; slots are given in the order in which records were told of, and never change."""

    def __init__(self) -> None:
        """Nobody is known."""
        self.ids: Int64 = _NONE
        self._sorted: Int64 = _NONE
        self._order: Int64 = _NONE
        self._end: Int64 = np.zeros(1, dtype=np.int64)
        self._room: UInt8 = np.zeros(0, dtype=np.uint8)

    def add(self, told: Told) -> None:
        """Records that are not known yet."""
        if not len(told.records):
            return
        slots = np.arange(len(self.ids), len(self.ids) + len(told.records))
        self.ids = np.concatenate([self.ids, told.records])
        every = np.concatenate([self._sorted, told.records])
        order = np.argsort(every, kind="stable")  # which merges what ascends already
        self._sorted = every[order]
        self._order = np.concatenate([self._order, slots])[order]
        self._keep(told.body)
        self._end = np.concatenate([self._end, self._end[-1] + np.cumsum(told.length)])

    def _keep(self, body: UInt8) -> None:
        """Bytes after those that are there, in room that is doubled when it ends."""
        used = int(self._end[-1])
        if used + len(body) > len(self._room):
            room = np.empty(2 * (used + len(body)), dtype=np.uint8)
            room[:used] = self._room[:used]
            self._room = room
        self._room[used : used + len(body)] = body

    def slots_of(self, records: Int64) -> Int64:
        """The slots of records that are known."""
        return self._order[np.searchsorted(self._sorted, records)]

    def are_known(self, records: Int64) -> NDArray[np.bool_]:
        """Which of `records` are known."""
        if not len(self._sorted):
            return np.zeros(len(records), dtype=bool)
        at = np.minimum(np.searchsorted(self._sorted, records), len(self._sorted) - 1)
        return np.asarray(self._sorted[at] == records)

    def features_of(self, slots: Int64) -> Features:
        """The features of `slots`, in that order."""
        return unpack_features(self._end[slots], self._end[slots + 1], self._room)
