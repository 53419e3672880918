"""The records that a search has met so far, each in a slot of its own, with what is compared of those that it needs."""

import numpy as np
from numpy.typing import NDArray

from eyre.resolve.layout import Features, Int64, SightingFeatures, UInt8
from eyre.resolve.neighbourhood import Sighted, Told
from eyre.resolve.sightings import NO_SIGHTINGS, both_sightings, sightings_of_rows, with_sightings
from eyre.resolve.unpack_features import unpack_features

_NONE = np.zeros(0, dtype=np.int64)


class KnownRecords:
    """`ids[slot]` is a record's id; slots are given in the order in which records are met, and never change. A record
    that was met is told of at most once, and where and when it was seen is asked at most once."""

    def __init__(self) -> None:
        """Nobody is known."""
        self.ids: Int64 = _NONE
        self.are_told: NDArray[np.bool_] = np.zeros(0, dtype=bool)
        self.are_sighted: NDArray[np.bool_] = np.zeros(0, dtype=bool)
        self._sorted: Int64 = _NONE
        self._order: Int64 = _NONE
        self._start: Int64 = _NONE
        self._stop: Int64 = _NONE
        self._sightings = NO_SIGHTINGS
        self._seen = _NONE
        self._used = 0
        self._room: UInt8 = np.zeros(0, dtype=np.uint8)

    def meet(self, records: Int64) -> None:
        """Give slots to those of `records`, each of which is there once, that have none yet."""
        new = records[~self.are_known(records)]
        if not len(new):
            return
        slots = np.arange(len(self.ids), len(self.ids) + len(new))
        self.ids = np.concatenate([self.ids, new])
        every = np.concatenate([self._sorted, new])
        order = np.argsort(every, kind="stable")  # which merges what ascends already
        self._sorted = every[order]
        self._order = np.concatenate([self._order, slots])[order]
        nowhere = np.zeros(len(new), dtype=np.int64)
        self._start, self._stop = np.append(self._start, nowhere), np.append(self._stop, nowhere)
        nothing = np.zeros(len(new), dtype=bool)
        self.are_told, self.are_sighted = np.append(self.are_told, nothing), np.append(self.are_sighted, nothing)

    def add(self, told: Told) -> None:
        """Records, met or not, of which nothing was told yet."""
        if not len(told.records):
            return
        self.meet(told.records)
        slots = self.slots_of(told.records)
        stop = self._used + np.cumsum(told.length)
        self._start[slots], self._stop[slots] = stop - told.length, stop
        self.are_told[slots] = True
        self._keep(told.body)

    def sight(self, slots: Int64, sighted: Sighted) -> None:
        """Where and when those of `slots` were seen of which that is known; it was not asked before."""
        self.are_sighted[slots] = True
        if len(sighted.records):
            self._seen = np.append(self._seen, self.slots_of(sighted.records))
            self._sightings = both_sightings(self._sightings, sighted.sightings)

    def _keep(self, body: UInt8) -> None:
        """Bytes after those that are there, in room that is doubled when it ends."""
        used = self._used + len(body)
        if used > len(self._room):
            room = np.empty(2 * used, dtype=np.uint8)
            room[: self._used] = self._room[: self._used]
            self._room = room
        self._room[self._used : used] = body
        self._used = used

    def slots_of(self, records: Int64) -> Int64:
        """The slots of records that are known."""
        return self._order[np.searchsorted(self._sorted, records)]

    def are_known(self, records: Int64) -> NDArray[np.bool_]:
        """Which of `records` have a slot."""
        if not len(self._sorted):
            return np.zeros(len(records), dtype=bool)
        at = np.minimum(np.searchsorted(self._sorted, records), len(self._sorted) - 1)
        return np.asarray(self._sorted[at] == records)

    def features_of(self, slots: Int64) -> Features:
        """The features of `slots`, which were told of, in that order; with where and when they were seen, as far as
        that is known."""
        features = unpack_features(self._start[slots], self._stop[slots], self._room)
        return with_sightings(features, self.sightings_of(slots))

    def sightings_of(self, slots: Int64) -> SightingFeatures:
        """Where and when `slots` were seen, in that order, as far as that is known."""
        if not len(self._seen):
            return NO_SIGHTINGS
        at = np.full(len(self.ids), -1, dtype=np.int64)
        at[self._seen] = np.arange(len(self._seen))
        row = np.flatnonzero(at[slots] >= 0)
        return sightings_of_rows(len(slots), row, [column[at[slots[row]]] for column in self._sightings])
