"""What Eyre believes of one court, or of one supervision agency, of the invented country beside what truly happened."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from bench.custody_tally import Score
from bench.told_source import ToldSource
from bench.true_custody import SETTLES, Beliefs, happened_within
from eyre.custody.run import Stay
from eyre.model.custody_event import Basis, CustodyEvent, EventKind
from eyre.model.record import RecordClass
from eyre.sim.feeds.posting import microseconds
from eyre.sim.world import Int64

_CHANGED, _ENDED = EventKind.SUPERVISION_CHANGED, EventKind.SUPERVISION_ENDED
_NAMES = {
    EventKind.CASE_FILED: "cases filed",
    EventKind.CASE_CHANGED: "cases changed",
    EventKind.SUPERVISION_BEGAN: "supervision began",
    _CHANGED: "supervision changed",
    _ENDED: "supervision ended",
}


@dataclass
class CourtScorer:
    """Scores `told`, ridden until `until`."""

    told: ToldSource
    believed: Beliefs
    until: datetime

    def scored(self) -> Score:
        """The counts of beginnings, changes and ends; anything else that is believed of such a source is wrong."""
        score, where = Score(), f"{self.told.feed.posting.value} {self.told.feed.wire.value}"
        instants = self._instants()
        for record, events in self.believed.standing.items():
            seats = self.told.seats_by_record.get(record, [])
            for event in events:
                if event.basis is Basis.UNKNOWN and event.kind in (EventKind.CASE_FILED, EventKind.SUPERVISION_BEGAN):
                    continue
                of_kind = instants.get(event.kind)
                right = of_kind is not None and any(happened_within(event, int(of_kind[seat])) for seat in seats)
                score.of(_NAMES.get(event.kind, event.kind.value)).judge(right=right, where=f"{where} {event.detail}")
        by_seat = self._by_seat()
        last = microseconds(self.until - SETTLES)
        for kind, of_kind in instants.items():
            begins = kind in (EventKind.CASE_FILED, EventKind.SUPERVISION_BEGAN)
            for seat in np.flatnonzero(self.told.shown.any(axis=0) & (of_kind <= last)).tolist():
                at = int(of_kind[seat])
                if begins or self._shows(seat, at):
                    found = any(
                        each.kind is kind and (each.basis is Basis.UNKNOWN or happened_within(each, at))
                        for each in by_seat.get(seat, ())
                    )
                    score.of(_NAMES[kind]).ask(found=found, where=where)
        return score

    def _instants(self) -> Mapping[EventKind, Int64]:
        world = self.told.world
        if self.told.feed.publisher.kind is RecordClass.COURT:
            names = {EventKind.CASE_FILED: "filed", EventKind.CASE_CHANGED: "disposed"}
            return {kind: self.told.column(world.cases, name) for kind, name in names.items()}
        names = {EventKind.SUPERVISION_BEGAN: "began", _CHANGED: "status_changed", _ENDED: "ended"}
        return {kind: self.told.column(world.supervisions, name) for kind, name in names.items()}

    def _shows(self, seat: int, at: int) -> bool:
        """Whether two looks bracketed it, and what the source said at them differs."""
        looks = self.told.around(seat, at)
        if looks is None:
            return False
        before, after = (self.told.said(seat, each) for each in looks)
        return before is not None and after is not None and _status(before.stay) != _status(after.stay)

    def _by_seat(self) -> dict[int, list[CustodyEvent]]:
        found: dict[int, list[CustodyEvent]] = defaultdict(list)
        for record, events in self.believed.standing.items():
            for seat in self.told.seats_by_record.get(record, ()):
                found[seat] += events
        return found


def _status(stay: Stay) -> tuple[object, ...]:
    return stay.case, stay.charges, stay.supervision
