"""What a jail or prison says of its stays at an instant."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np

from eyre.model.release_signal import ReleaseSignal
from eyre.sim.feeds.feed import AgeShown, Feed
from eyre.sim.feeds.posting import MICROSECONDS, microseconds
from eyre.sim.feeds.read_columns import birthdays, day, later, local, taken
from eyre.sim.feeds.said import ChargeSaid, StaySaid
from eyre.sim.feeds.timeline import Rows, Timeline, spread, timeline
from eyre.sim.world import Int64, Texts, World

_DAY = 86_400 * MICROSECONDS
_STAYS_LISTED = {ReleaseSignal.EXPLICIT, ReleaseSignal.WINDOW, ReleaseSignal.DELTA_FILE}
_EPOCH_DAY = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Wrongs:
    """What the place's own system has wrong, for good.

    `clocks`: from, until (microseconds) and by how much the clock was wrong while bookings and releases were entered.
    `numbers`: the booking number that a stay (numbered within the place) was given though it was another's already.
    """

    clocks: tuple[tuple[int, int, int], ...] = ()
    numbers: dict[int, str] = field(default_factory=dict)

    def told(self, at: Int64) -> Int64:
        """The instants as the wrong clock told them."""
        said = at.copy()
        for begins, ends, by in self.clocks:
            said[(at >= begins) & (at < ends)] += by
        return said


class StayReader:
    """The stays of one place. Rows are numbered within it."""

    def __init__(self, world: World, feed: Feed, wrongs: Wrongs | None = None) -> None:
        """Takes the columns that belong to the place, as views."""
        wrongs = wrongs or Wrongs()
        self._feed, self._zone = feed, feed.publisher.clock
        stays = world.stays
        rows = world.rows_of(stays, feed.publisher.facility)
        self._first, self._last = rows.start, rows.stop
        self._charges_of(world)
        self._corrections_of(world)
        self._released = stays.released[rows]
        self.sealed = stays.sealed[rows]
        self.timeline = self._timeline(world)
        number = stays.booking_number[rows].copy() if wrongs.numbers else stays.booking_number[rows]
        for row, other in wrongs.numbers.items():
            number[row] = other
        self.number = number
        hidden: Texts = np.full(len(number), "", dtype=np.object_)
        self._people, self._person = world.persons, stays.person[rows]
        self._columns = (
            stays.given[rows], stays.middle[rows] if feed.has("middle") else hidden, stays.surname[rows],
            stays.suffix[rows] if feed.has("suffix") else hidden, stays.born[rows],
            stays.sex[rows], number, stays.subject_number[rows],
            wrongs.told(stays.booked[rows]), self._released, wrongs.told(self._released), stays.reason[rows],
            stays.projected[rows],
        )  # fmt: skip

    def said(self, rows: Rows, at: int) -> list[StaySaid]:
        """What is said of `rows` at `at`, in their order."""
        zone, today = self._zone, local(at, self._zone).date()
        up = str.upper if self._feed.upper else str.title
        found = [
            StaySaid(
                seat, up(given), up(middle), up(surname), up(suffix), day(born), sex, number, subject,
                local(booked, zone), local(left, zone) if released <= at else None,
                reason if released <= at else "", day(projected), today,
            )
            for seat, (
                given, middle, surname, suffix, born, sex, number, subject, booked, released, left, reason,
                projected,
            ) in zip(rows.tolist(), taken(self._columns, rows), strict=True)
        ]  # fmt: skip
        if self._feed.has("charges"):
            self._charge(found, rows, at)
        if self._feed.has("alias"):
            self._name_otherwise(found, rows)
        if self._corrected:
            found = [self._as_corrected(each, at) if each.seat in self._corrected else each for each in found]
        return found

    def _charges_of(self, world: World) -> None:
        charges = world.charges
        kind = charges.stay.dtype  # for a number of another type the whole column would be copied
        wanted = np.arange(self._first, self._last + 1, dtype=kind)
        bounds = np.searchsorted(charges.stay, wanted).astype(np.intp)
        inside = slice(int(bounds[0]), int(bounds[-1]))
        self._charge_start = bounds - bounds[0]
        self._charge_times = (charges.since[inside], charges.until[inside], charges.bond_changed[inside])
        self._charge_stay = charges.stay[inside].astype(np.intp) - self._first
        self._charge_columns = (
            charges.sequence[inside], charges.statute[inside], charges.description[inside], charges.severity[inside],
            charges.bond_type[inside], charges.bond[inside], charges.bond_after[inside], charges.bond_changed[inside],
        )  # fmt: skip

    def _corrections_of(self, world: World) -> None:
        said = world.corrections
        edges = np.array([self._first, self._last], dtype=said.stay.dtype)
        inside = slice(*np.searchsorted(said.stay, edges).tolist())
        columns = (said.stay[inside] - self._first, said.at[inside], said.field[inside], said.value[inside])
        self._correction_marks = (columns[0].astype(np.intp), columns[1])
        self._corrected: dict[int, list[tuple[int, str, str]]] = {}
        for row, at, name, value in zip(*(column.tolist() for column in columns), strict=True):
            self._corrected.setdefault(row, []).append((at, name, value))

    def _timeline(self, world: World) -> Timeline:
        feed, stays, rows = self._feed, world.stays, slice(self._first, self._last)
        lingers = int(feed.lingers.total_seconds()) * MICROSECONDS if feed.release in _STAYS_LISTED else 0
        gone = later(self._released, lingers)
        every = np.arange(self._last - self._first)
        marks = [(every, self._released), self._correction_marks]
        if feed.has("charges"):
            marks += [(self._charge_stay, times) for times in self._charge_times]
        if feed.age is AgeShown.AGE_CURRENT:
            marks.append(self._grown_older(world))
        order = _order(feed, stays.surname[rows], stays.booked[rows])
        recent = lingers if feed.release is ReleaseSignal.DELTA_FILE else 0
        return timeline(stays.booked[rows], np.minimum(gone, self.sealed), marks, order=order, recent=recent)

    def _grown_older(self, world: World) -> tuple[Rows, Int64]:
        fixes = [
            (row, date.fromisoformat(value).toordinal() - _EPOCH_DAY)
            for row, told in self._corrected.items()
            for _, name, value in told
            if name == "born"
        ]
        born = np.concatenate([world.stays.born[self._first : self._last], [day for _, day in fixes]]).astype(np.int64)
        who = np.concatenate([np.arange(self._last - self._first), [row for row, _ in fixes]]).astype(np.intp)
        rows, days = birthdays(born, world.begins.year - 1, world.ends.year + 1)
        rows = who[rows]
        inside = (days * _DAY >= microseconds(world.begins) - _DAY) & (days * _DAY <= microseconds(world.ends) + _DAY)
        midnights = {each: _midnight(each, self._zone) for each in np.unique(days[inside]).tolist()}
        return rows[inside], np.array([midnights[each] for each in days[inside].tolist()], dtype=np.int64)

    def _charge(self, found: list[StaySaid], rows: Rows, at: int) -> None:
        owner, charges = spread(self._charge_start[rows], self._charge_start[rows + 1])
        since, until, _ = self._charge_times
        now = (since[charges] <= at) & (at < until[charges])
        owners = owner[now].tolist()
        for seat, told in zip(owners, taken(self._charge_columns, charges[now]), strict=True):
            sequence, statute, description, severity, bond_type, bond, after, changed = told
            bond = after if changed <= at else bond
            found[seat].charges.append(ChargeSaid(sequence, statute, description, severity, bond_type, bond))

    def _name_otherwise(self, found: list[StaySaid], rows: Rows) -> None:
        up = str.upper if self._feed.upper else str.title
        persons = self._person[rows].astype(np.intp)
        aliases = taken((self._people.alias_given, self._people.alias_surname), persons)
        for said, (given, surname) in zip(found, aliases, strict=True):
            if given or surname:
                said.alias = (up(given), up(surname))

    def _as_corrected(self, said: StaySaid, at: int) -> StaySaid:
        up = str.upper if self._feed.upper else str.title
        for since, name, value in self._corrected[said.seat]:
            if since > at:
                continue
            if name == "born":
                said = replace(said, born=date.fromisoformat(value))
            elif name == "booked":
                said = replace(said, booked=datetime.fromisoformat(value).astimezone(self._zone).replace(microsecond=0))
            elif name == "given":
                said = replace(said, given=up(value))
            else:
                said = replace(said, surname=up(value))
        return said


def _midnight(number: int, zone: ZoneInfo) -> int:
    told = date.fromordinal(_EPOCH_DAY + number)
    return microseconds(datetime(told.year, told.month, told.day, tzinfo=zone))


def _order(feed: Feed, surname: Texts, booked: Int64) -> Rows:
    """By name, newest first, or oldest first, as the place's style is."""
    if feed.date_style % 3 == 0:
        return np.argsort(surname.astype(str), kind="stable").astype(np.intp)
    oldest = np.argsort(booked, kind="stable").astype(np.intp)
    return oldest[::-1] if feed.date_style % 3 == 1 else oldest
