"""One ridden source of the invented country: what it truly told, by its own clock, at the looks that could see it.

What is asked for by recall is what the source told at looks which no fault struck. Where two looks bracket a change,
what the source says at both is written and read as its manifest has it: a change that its format does not show is none.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import psycopg

from eyre.custody.run import Stay
from eyre.custody.stay_parts import stay_body, stay_from_body
from eyre.ids import record_id
from eyre.model.parts import record_to_parts
from eyre.sim.faults.fault import FaultCalendar, FaultKind, Faults
from eyre.sim.faults.fault_calendar import fault_calendar, wrongs_of
from eyre.sim.feeds.feed import Door, Feed, Posting, Validator
from eyre.sim.feeds.manifest_of import manifest_of
from eyre.sim.feeds.posting import instant, last_posting, microseconds
from eyre.sim.feeds.press import Press
from eyre.sim.feeds.read_stays import Wrongs
from eyre.sim.feeds.shape import Sheet
from eyre.sim.feeds.timeline import Rows
from eyre.sim.world import Bools, Int64, World
from eyre.sources.outcome import Accepted
from eyre.sources.parse_delivery import parse_delivery

_QUARTER = 900_000_000  # microseconds
_LATE = timedelta(hours=2)  # a message may overtake others by so much
_DATES_ITSELF = (Validator.LAST_MODIFIED, Validator.BOTH)


@dataclass(frozen=True)
class Said:
    """What a source says of one row: the record that this is, and the stay, case or term."""

    record: int
    stay: Stay


@dataclass(frozen=True)
class ToldSource:
    """Rows are `seats`: numbered within the place. `looks` are the instants (microseconds) at which Eyre looked."""

    world: World
    feed: Feed
    press: Press
    calendar: FaultCalendar
    wrongs: Wrongs
    store_key: bytes
    looks: Int64

    @cached_property
    def surely(self) -> tuple[Int64, Int64]:
        """Of each look that no fault struck, the earliest and the latest instant for which what it showed stood."""
        clean = np.array([at for at in self.looks.tolist() if not self.calendar.at(at)], dtype=np.int64)
        return np.array([last_posting(self.feed, at) for at in clean.tolist()], dtype=np.int64), clean

    @cached_property
    def shown(self) -> Bools:
        """Which seats (columns) each of those looks showed."""
        timeline, cap = self.press.reader.timeline, self.feed.list_cap
        dated = self.feed.validator in _DATES_ITSELF and self.feed.posting is not Posting.LIVE
        first, last = self.surely
        shown = np.zeros((len(first), len(timeline.begins)), dtype=bool)
        for look, (posted, at) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
            shown[look, timeline.listed(posted)[:cap]] = True
            if dated:
                later = np.zeros(shown.shape[1], dtype=bool)
                later[timeline.listed(at)[:cap]] = True
                shown[look] &= later
        return shown

    def around(self, seat: int, at: int) -> tuple[int, int] | None:
        """The last look that showed a seat before `at`, and the first that showed it after; None without both."""
        first, last = self.surely
        showed = self.shown[:, seat]
        before, after = np.flatnonzero(showed & (last < at)), np.flatnonzero(showed & (first >= at))
        return (int(first[before[-1]]), int(first[after[0]])) if len(before) and len(after) else None

    def shown_from(self, seat: int, at: int) -> bool:
        """Whether a look showed the seat as it is from `at` on."""
        return bool((self.shown[:, seat] & (self.surely[0] >= at)).any())

    def looks_from(self, at: int) -> int:
        """How many looks there were of what stood at `at` or later."""
        return int((self.surely[0] >= at).sum())

    def said(self, seat: int, at: int) -> Said | None:
        """What the source says of the seat at `at`, its row's own page included."""
        found = self._read(np.array([seat], dtype=np.intp), at)
        return found[0][1] if found else None

    @cached_property
    def seats_by_record(self) -> dict[int, list[int]]:
        """The seats that each record may be about: several, where the source's own keys do not tell them apart."""
        timeline = self.press.reader.timeline
        begins, ends = microseconds(self.world.begins), microseconds(self.world.ends)
        lasting = np.flatnonzero((timeline.begins < ends) & (timeline.gone > begins)).astype(np.intp)
        found: dict[int, set[int]] = defaultdict(set)
        moments: list[tuple[Rows, int]] = [(lasting, begins), (lasting, ends)]
        for fault in self.calendar.of(FaultKind.CORRECTED):
            moments.append((np.array([fault.row], dtype=np.intp), fault.begins))
        for seats, at in moments:
            for seat, said in self._read(seats, at):
                found[said.record].add(seat)
        return {record: sorted(seats) for record, seats in found.items()}

    def _read(self, seats: Rows, at: int) -> list[tuple[int, Said]]:
        shape, manifest = self.press.shape, manifest_of(self.feed)
        found = []
        for seat, each in zip(seats.tolist(), self.press.reader.said(seats, at), strict=True):
            body = shape.whole([shape.row(each)], Sheet(1, at, "", ""))
            for outcome in parse_delivery(manifest, body, as_of=instant(at)):
                if isinstance(outcome, Accepted):
                    record = record_id(self.store_key, self.feed.slug, outcome.record.key)
                    stay = stay_from_body(stay_body(record_to_parts(outcome.record)))
                    found.append((seat, Said(record, stay)))
        return found

    def active(self, since: int, until: int, seats: Sequence[int]) -> list[str]:
        """The faults that were active at the source at some instant from `since` to `until`, or struck `seats`."""
        kinds = {
            fault.kind.value
            for fault in self.calendar.faults
            if fault.begins <= until and fault.ends > since and (fault.row < 0 or fault.row in seats)
        }
        return sorted(kinds)

    def column(self, table: Any, name: str) -> Any:
        """A column of the world's table `table`, of this place alone."""
        return getattr(table, name)[self.world.rows_of(table, self.feed.publisher.facility)]


@dataclass(frozen=True, slots=True)
class Ridden:
    """How a country was ridden: with which faults, until when, and the key of the store that was ridden into."""

    faults: Faults
    until: datetime
    store_key: bytes


def told_source(connection: psycopg.Connection, world: World, feed: Feed, ridden: Ridden) -> ToldSource:
    """The source as it was ridden into the store of `connection` (a writer's). One that sends is not looked at, and
    tells everything, if late: it counts as seen every quarter of an hour."""
    calendar = fault_calendar(feed, world, ridden.faults)
    wrongs = wrongs_of(feed, world, calendar)
    rows = connection.execute("select unnest(instants) from eyre.look where source = %s", [feed.slug]).fetchall()
    looks = np.array(sorted(microseconds(at) for (at,) in rows), dtype=np.int64)
    if feed.door is Door.PUSH:
        begins, ends = microseconds(world.begins), microseconds(ridden.until - _LATE)
        looks = np.arange(begins, ends, _QUARTER, dtype=np.int64)
    return ToldSource(world, feed, Press(world, feed, wrongs), calendar, wrongs, ridden.store_key, looks)
