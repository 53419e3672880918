"""What Eyre believes of one jail or prison of the invented country beside what truly happened there.

What the source told while it could be read must be believed, at the told instant, and nothing else. Its instants are
those of its own clock, to the minute or the day that it tells. Inferred releases are also counted with all that were
believed once and withdrawn since, each wrong one with what was amiss at the source then.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np

from bench.custody_tally import Score, WrongInference
from bench.told_source import ToldSource
from eyre.custody.stay_word import TOLD_SINCE, begins_stay
from eyre.model.custody_event import Basis, CustodyEvent, EventKind
from eyre.model.release_signal import ReleaseSignal
from eyre.sim.feeds.feed import Door
from eyre.sim.feeds.posting import microseconds
from eyre.sim.world import NEVER, Int64

MINUTE = 60_000_000  # microseconds; no source tells its instants more roughly, but for whole days
SETTLES = timedelta(days=1)
"""What happens in the last day is not asked for: some of it nobody has told yet, or confirmed by a second look."""
_ENDS = {EventKind.RELEASED, EventKind.TRANSFERRED, EventKind.MOVED_TO_SUPERVISION}
_OF_REASON = {"transferred": EventKind.TRANSFERRED, "to_supervision": EventKind.MOVED_TO_SUPERVISION}
_TELLS_ENDS = {ReleaseSignal.EXPLICIT, ReleaseSignal.WINDOW, ReleaseSignal.DELTA_FILE, ReleaseSignal.PUSH_DELETE}


@dataclass(frozen=True)
class Beliefs:
    """What is believed of the records of one source, by record, and every inferred release that ever was, with whether
    it still is."""

    standing: dict[int, list[CustodyEvent]]
    inferred: list[tuple[CustodyEvent, bool]]


def beliefs(events: Iterable[tuple[CustodyEvent, bool]]) -> Beliefs:
    """From all events of a source, each with whether it was withdrawn."""
    told = Beliefs({}, [])
    for event, withdrawn in events:
        if event.basis is Basis.INFERRED_DROP_OFF:
            told.inferred.append((event, not withdrawn))
        if not withdrawn:
            told.standing.setdefault(event.record, []).append(event)
    return told


@dataclass
class CustodyScorer:
    """Scores `told`, ridden until `until`."""

    told: ToldSource
    believed: Beliefs
    until: datetime
    score: Score = field(default_factory=Score)

    def scored(self) -> Score:
        """All counts of this source."""
        for record, events in self.believed.standing.items():
            for event in events:
                self._judge(self._seats(record), event)
        for event, stands in self.believed.inferred:
            self._judge_ever(event, stands)
        self._ask_bookings()
        self._ask_ends()
        self._ask_changes()
        self._ask_corrections()
        return self.score

    @property
    def _where(self) -> str:
        feed = self.told.feed
        return f"{feed.posting.value} {feed.wire.value}{' with own pages' if feed.detail else ''}"

    @cached_property
    def _booked(self) -> Int64:
        booked: Int64 = self.told.column(self.told.world.stays, "booked")
        return booked

    @cached_property
    def _left(self) -> Int64:
        stays = self.told.world.stays
        left: Int64 = np.minimum(self.told.column(stays, "released"), self.told.column(stays, "sealed"))
        return left

    @cached_property
    def _beginnings(self) -> dict[int, set[int]]:
        """Every instant that is, or was told to be, that of each seat's booking."""
        told, truly = self.told.wrongs.told(self._booked), self._booked
        found = {seat: {int(told[seat]), int(truly[seat])} for seat in range(len(truly))}
        for seat, _, what, value in self._corrected():
            if what == "booked":
                found[seat].add(microseconds(datetime.fromisoformat(value)))
        return found

    @cached_property
    def _changes(self) -> dict[int, list[tuple[str, int]]]:
        """When charges came or went, and bonds changed, by seat."""
        charges, first = self.told.world.charges, self.told.world.rows_of(self.told.world.stays, self._facility).start
        found: dict[int, list[tuple[str, int]]] = defaultdict(list)
        inside = np.flatnonzero((charges.stay >= first) & (charges.stay < first + len(self._booked)))
        columns = (charges.stay, charges.since, charges.until, charges.bond_changed)
        for stay, since, until, changed in zip(*(each[inside].tolist() for each in columns), strict=True):
            seat = stay - first
            came = [("charges", since)] if since > self._booked[seat] else []
            told = [*came, ("charges", until), ("bonds", changed)]
            found[seat] += [(what, at) for what, at in told if at < min(self._left[seat], NEVER)]
        return found

    @property
    def _facility(self) -> int:
        return self.told.feed.publisher.facility

    def _corrected(self) -> Iterator[tuple[int, int, str, str]]:
        """Seat, instant, field and value of each correction."""
        said, rows = self.told.world.corrections, self.told.world.rows_of(self.told.world.stays, self._facility)
        inside = np.flatnonzero((said.stay >= rows.start) & (said.stay < rows.stop))
        columns = (said.stay - rows.start, said.at, said.field, said.value)
        yield from zip(*(each[inside].tolist() for each in columns), strict=True)

    def _seats(self, record: int) -> list[int]:
        return self.told.seats_by_record.get(record, [])

    def _judge(self, seats: Sequence[int], event: CustodyEvent) -> None:
        kind = event.kind
        if begins_stay(event):
            if event.basis is not Basis.UNKNOWN:
                right = any(happened_within(event, at) for seat in seats for at in self._beginnings[seat])
                self._take("booked", event, right=right)
        elif event.basis is Basis.INFERRED_DROP_OFF:
            self._judge_inferred(seats, event)
        elif kind in _ENDS:
            self._take("ends, told", event, right=any(self._ended_so(seat, event) for seat in seats))
        elif kind in (EventKind.CHARGES_CHANGED, EventKind.BOND_CHANGED):
            right = any(happened_within(event, at) for seat in seats for _, at in self._changes.get(seat, ()))
            self._take("charges" if kind is EventKind.CHARGES_CHANGED else "bonds", event, right=right)
        elif kind is EventKind.CORRECTED:
            at_all = [at for seat, at, _, _ in self._corrected() if seat in seats]
            self._take("corrected", event, right=any(happened_within(event, at) for at in at_all))
        elif kind is EventKind.DISAPPEARED:
            gone = self.told.press.reader.timeline.gone
            self._take("disappeared", event, right=any(happened_within(event, int(gone[seat])) for seat in seats))
        elif kind is EventKind.SEALED:
            sealed = self.told.press.reader.timeline.gone
            self._take("sealed", event, right=any(happened_within(event, int(sealed[seat])) for seat in seats))
        elif kind is EventKind.REAPPEARED:
            self._take("reappeared", event, right=any(self._was_there(seat, event) for seat in seats))

    def _take(self, kind: str, event: CustodyEvent, *, right: bool) -> None:
        self.score.of(kind).judge(right=right, where=f"{self._where} {event.basis.value} {event.detail}".strip())

    def _ended_so(self, seat: int, event: CustodyEvent) -> bool:
        """Whether a told end is that of the seat: at its told or true instant, and of its kind where that is told."""
        released = self.told.column(self.told.world.stays, "released")[seat]
        reason = self.told.column(self.told.world.stays, "reason")[seat]
        told = int(self.told.wrongs.told(np.array([released]))[0])
        same = event.kind is _OF_REASON.get(reason, EventKind.RELEASED) or not event.detail
        return (
            same
            and released <= microseconds(self.until)
            and (happened_within(event, told) or happened_within(event, int(released)))
        )

    def _was_there(self, seat: int, event: CustodyEvent) -> bool:
        timeline = self.told.press.reader.timeline
        low, high = _span(event)
        return bool(timeline.begins[seat] <= low + MINUTE and timeline.gone[seat] > high - MINUTE)

    def _judge_inferred(self, seats: Sequence[int], event: CustodyEvent) -> None:
        tally = self.score.of("ends, inferred")
        low, high = _span(event)
        left = self._end_of_last(seats, high)
        tally.judge(right=left <= high, where=f"{self._where} {event.detail}".strip())
        if left <= low:
            tally.outside[self._where] += 1

    def _end_of_last(self, seats: Sequence[int], by: int) -> int:
        """When the last stay that had begun by an instant ended."""
        begun = [seat for seat in seats if self._booked[seat] <= by]
        return int(self._left[max(begun, key=lambda seat: int(self._booked[seat]))]) if begun else NEVER

    def _judge_ever(self, event: CustodyEvent, stands: bool) -> None:
        self.score.inferred_ever += 1
        seats, (low, high) = self._seats(event.record), _span(event)
        if self._end_of_last(seats, high) <= high:
            return
        concluded = microseconds(event.concluded_from)
        self.score.wrong_ever.append(
            WrongInference(
                self.told.feed.slug,
                self._where,
                event.during.earliest.isoformat(),
                event.during.latest.isoformat(),
                event.detail,
                tuple(self.told.active(low, concluded, seats)),
                self._corrected_by(event, stands),
                event.concluded_from > self.until - SETTLES,
            )
        )

    def _corrected_by(self, event: CustodyEvent, stands: bool) -> str:
        if not stands:
            return "withdrawn"
        later = self.believed.standing.get(event.record, ())
        back = any(each.kind is EventKind.REAPPEARED and each.during.latest >= event.during.latest for each in later)
        return "reappeared" if back else ""

    def _ask_bookings(self) -> None:
        tally = self.score.of("booked")
        for seat in np.flatnonzero(self.told.shown.any(axis=0)).tolist():
            if self._taken_back(seat):
                found = any(each.kind is EventKind.SEALED for each in self._events_of(seat))
                self.score.of("sealed").ask(found=found, where=self._where)
                continue
            found = any(
                begins_stay(each)
                and (each.basis is Basis.UNKNOWN or any(happened_within(each, at) for at in self._beginnings[seat]))
                for each in self._events_of(seat)
            )
            tally.ask(found=found, where=self._where)

    def _taken_back(self, seat: int) -> bool:
        """Whether the source said of a stay that it is no more: nothing that it told before is then believed."""
        gone = self.told.column(self.told.world.stays, "sealed")[seat]
        return self.told.feed.door is Door.PUSH and bool(gone <= microseconds(self.until))

    def _ask_ends(self) -> None:
        """A told end that a look showed, and a row that was shown and then was not, whatever its source tells."""
        told, gone = self.told, self.told.press.reader.timeline.gone
        released, sealed = (told.column(told.world.stays, name) for name in ("released", "sealed"))
        last = microseconds(self.until - SETTLES)
        for seat in np.flatnonzero(told.shown.any(axis=0)).tolist():
            events = self._events_of(seat)
            tells = told.feed.release in _TELLS_ENDS and released[seat] < sealed[seat]
            if self._taken_back(seat):
                continue
            sends = told.feed.door is Door.PUSH and told.looks_from(int(released[seat])) > 0
            if tells and released[seat] <= last and (sends or told.shown_from(seat, int(released[seat]))):
                found = any(each.kind in _ENDS and self._ended_so(seat, each) for each in events)
                self.score.of("ends, told").ask(found=found, where=self._where)
            elif not tells and gone[seat] <= last and told.looks_from(int(gone[seat])) > 1:
                self._ask_gone(events, int(gone[seat]))

    def _ask_gone(self, events: Sequence[CustodyEvent], gone: int) -> None:
        if self.told.feed.release in (ReleaseSignal.DELTA_FILE, ReleaseSignal.PUSH_DELETE):
            return
        if self.told.feed.release is ReleaseSignal.DROP_OFF:
            found = any(each.basis is Basis.INFERRED_DROP_OFF and _span(each)[1] >= gone for each in events)
            self.score.of("ends, inferred").ask(found=found, where=self._where)
        else:
            found = any(each.kind is EventKind.DISAPPEARED and happened_within(each, gone) for each in events)
            self.score.of("disappeared").ask(found=found, where=self._where)

    def _ask_changes(self) -> None:
        kinds = {"charges": EventKind.CHARGES_CHANGED, "bonds": EventKind.BOND_CHANGED}
        for seat, changes in self._changes.items():
            for what, at in changes:
                looks = self.told.around(seat, at)
                if looks is None or self._taken_back(seat):
                    continue
                before, after = (self.told.said(seat, each) for each in looks)
                if before is None or after is None or before.stay.charges == after.stay.charges:
                    continue
                found = any(each.kind is kinds[what] and happened_within(each, at) for each in self._events_of(seat))
                self.score.of(what).ask(found=found, where=self._where)

    def _ask_corrections(self) -> None:
        for seat, at, what, _ in self._corrected():
            looks = self.told.around(seat, at)
            if looks is None or self._taken_back(seat):
                continue
            before, after = (self.told.said(seat, each) for each in looks)
            if before is None or after is None:
                continue
            other = before.record != after.record
            if other or (what == "booked" and before.stay.booking != after.stay.booking):
                found = any(
                    each.kind is EventKind.CORRECTED
                    and happened_within(each, at)
                    and (each.detail == TOLD_SINCE) == other
                    for each in self._events_of(seat)
                )
                self.score.of("corrected").ask(found=found, where=f"{self._where} {what}")

    def _events_of(self, seat: int) -> list[CustodyEvent]:
        records = self._records.get(seat, ())
        return [event for record in records for event in self.believed.standing.get(record, ())]

    @cached_property
    def _records(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for record, seats in self.told.seats_by_record.items():
            for seat in seats:
                found[seat].append(record)
        return found


def _span(event: CustodyEvent) -> tuple[int, int]:
    return microseconds(event.during.earliest), microseconds(event.during.latest)


def happened_within(event: CustodyEvent, at: int) -> bool:
    """Whether an instant lies in what is stated, which may be cut to the minute."""
    low, high = _span(event)
    return low - MINUTE <= at <= high + MINUTE
