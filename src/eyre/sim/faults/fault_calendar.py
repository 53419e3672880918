"""When which fault strikes a source: drawn from the country's seed, before anything is published."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, tzinfo

import numpy as np

from eyre.model.record import RecordClass
from eyre.sim.faults.fault import OUTAGES, Fault, FaultCalendar, FaultKind, Faults, calendar_of
from eyre.sim.feeds.draw import Draw
from eyre.sim.feeds.feed import Door, Feed, Wire
from eyre.sim.feeds.posting import MICROSECONDS, microseconds
from eyre.sim.feeds.read_stays import StayReader, Wrongs
from eyre.sim.feeds.timeline import Timeline
from eyre.sim.world import NEVER, World
from eyre.sources.manifest import BookingNumberScope

_ABOUT = 0x6661756C74  # sets these draws apart from others of the same seed
_MINUTE = 60 * MICROSECONDS
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_GAP_DAYS = {1: 150, 2: 15, 3: 39, 4: 7, 5: 29, 6: 1}
"""How many gaps of so many days a daily collection of 77 rosters had."""
_STAYS = (RecordClass.CUSTODY, RecordClass.CORRECTIONS)
Amount = Callable[[Draw], float]


def fault_calendar(feed: Feed, world: World, faults: Faults) -> FaultCalendar:
    """The faults of one source; the same for the same country and the same rates."""
    draw = Draw(world.seed, feed.publisher.facility, _ABOUT)
    span = (microseconds(world.begins), microseconds(world.ends))
    found = [*_of_deliveries(feed, faults, draw, span), *_of_clocks(feed, world, faults, draw)]
    if feed.publisher.kind in _STAYS:
        found += [*_reused(feed, world, faults, draw), *_told_by_world(feed, world)]
    if feed.door is Door.PUSH:
        found += _of_messages(StayReader(world, feed).timeline, faults, draw)
    return calendar_of(found)


def wrongs_of(feed: Feed, world: World, calendar: FaultCalendar) -> Wrongs:
    """What the place's own system has wrong, by the calendar."""
    clocks = [*calendar.of(FaultKind.SKEWED), *calendar.of(FaultKind.UNSPRUNG)]
    numbers = world.stays.booking_number[world.rows_of(world.stays, feed.publisher.facility)]
    return Wrongs(
        clocks=tuple((fault.begins, fault.ends, int(fault.amount)) for fault in clocks),
        numbers={fault.row: str(numbers[int(fault.amount)]) for fault in calendar.of(FaultKind.REUSED)},
    )


def _of_deliveries(feed: Feed, faults: Faults, draw: Draw, span: tuple[int, int]) -> Iterator[Fault]:
    for rate, length in ((faults.outage, _gap), (faults.short_outage, _between(5, 180))):
        for begins, ends in _times(draw, rate, span, length):
            yield Fault(draw.among(dict.fromkeys(OUTAGES, 1.0)), begins, ends)
    kinds: list[tuple[FaultKind, float, Callable[[Draw], int], Amount]] = [
        (FaultKind.MAINTENANCE, faults.maintenance, _between(20, 120), _share(0, 100)),
        (FaultKind.TRUNCATED, faults.truncated, _between(5, 60), _share(20, 95)),
        (FaultKind.CAPPED, faults.capped, _between(60, 1440), _share(50, 90)),
        (FaultKind.SHRUNK, faults.shrunk, _between(15, 360), _share(25, 90)),
        (FaultKind.SHIFTED, faults.shifted if feed.paging else 0.0, _between(5, 60), _rows),
        (FaultKind.DRIFT, faults.drift, _between(1440, 5760), _share(0, 100)),
        (
            FaultKind.ENCODING,
            faults.encoding if feed.wire is not Wire.EXCEL else 0.0,
            _between(60, 360),
            _share(0, 100),
        ),
        (FaultKind.GARBAGE, faults.garbage, _between(5, 30), _share(0, 100)),
        (FaultKind.STALE, faults.stale, _between(60, 720), _lag),
    ]
    if feed.door is Door.PUSH:
        kinds = []
    for kind, rate, length, amount in kinds:
        for begins, ends in _times(draw, rate, span, length):
            yield Fault(kind, begins, ends, amount(draw))


def _of_clocks(feed: Feed, world: World, faults: Faults, draw: Draw) -> Iterator[Fault]:
    span = (microseconds(world.begins), microseconds(world.ends))
    for begins, ends in _times(draw, faults.skewed, span, _between(1440, 7200)):
        minutes = draw.between(1, 180)
        yield Fault(FaultKind.SKEWED, begins, ends, (-minutes if draw.chance(0.5) else minutes) * _MINUTE)
    for at, change in _changes_of_clocks(feed, world):
        if draw.chance(faults.unsprung):
            yield Fault(FaultKind.UNSPRUNG, at, at + draw.between(6, 60) * _HOUR, -change)


def _changes_of_clocks(feed: Feed, world: World) -> Iterator[tuple[int, int]]:
    """The instants at which local time changes while the country lasts, and by how much (microseconds)."""
    zone, hour = feed.publisher.clock, timedelta(hours=1)
    at = world.begins.replace(minute=0, second=0, microsecond=0)
    while at < world.ends:
        before, after = _offset(at, zone), _offset(at + 24 * hour, zone)
        if before != after:
            there = next(at + each * hour for each in range(1, 25) if _offset(at + each * hour, zone) != before)
            yield microseconds(there), (after - before) // timedelta(microseconds=1)
        at += 24 * hour


def _offset(at: datetime, zone: tzinfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _of_messages(timeline: Timeline, faults: Faults, draw: Draw) -> Iterator[Fault]:
    """A message is known by its row and its instant; a late one is sent when its fault ends."""
    for kind, share in ((FaultKind.DUPLICATED, faults.duplicated), (FaultKind.DISORDERED, faults.disordered)):
        for mark in np.flatnonzero(draw.shares(len(timeline.mark_at)) < share).tolist():
            at = int(timeline.mark_at[mark])
            yield Fault(kind, at, at + draw.between(1, 90) * _MINUTE, row=int(timeline.mark_row[mark]))


def _reused(feed: Feed, world: World, faults: Faults, draw: Draw) -> Iterator[Fault]:
    """`amount` is the earlier stay whose number is given again: of another person, and gone by then."""
    if feed.publisher.numbers not in (BookingNumberScope.GLOBAL, BookingNumberScope.PER_YEAR) or not faults.reused:
        return
    stays, rows = world.stays, world.rows_of(world.stays, feed.publisher.facility)
    booked, released, person = stays.booked[rows], stays.released[rows], stays.person[rows]
    lingers = feed.lingers // timedelta(microseconds=1) + _DAY
    late = np.flatnonzero(booked >= microseconds(world.begins))
    for row in late[draw.shares(len(late)) < faults.reused].tolist():
        gone = np.flatnonzero((released < booked[row] - lingers) & (person != person[row]))
        if len(gone):
            earlier = int(gone[draw.between(0, len(gone) - 1)])
            yield Fault(FaultKind.REUSED, int(booked[row]), NEVER, earlier, row)


def _told_by_world(feed: Feed, world: World) -> Iterator[Fault]:
    """Sealings and corrections are the country's own truth, and faults to whoever reads the rosters."""
    rows = world.rows_of(world.stays, feed.publisher.facility)
    sealed = world.stays.sealed[rows]
    for row in np.flatnonzero(sealed != NEVER).tolist():
        yield Fault(FaultKind.SEALED, int(sealed[row]), NEVER, row=row)
    told = world.corrections
    first, last = np.searchsorted(told.stay, np.array([rows.start, rows.stop], dtype=told.stay.dtype)).tolist()
    for at, stay in zip(told.at[first:last].tolist(), told.stay[first:last].tolist(), strict=True):
        yield Fault(FaultKind.CORRECTED, at, NEVER, row=stay - rows.start)


def _times(draw: Draw, rate: float, span: tuple[int, int], length: Callable[[Draw], int]) -> Iterator[tuple[int, int]]:
    """Events of a Poisson process of `rate` a day."""
    begins, ends = span
    if rate <= 0:
        return
    at = begins + int(draw.wait() / rate * _DAY)
    while at < ends:
        until = at + length(draw)
        yield at, until
        at = until + int(draw.wait() / rate * _DAY)


def _gap(draw: Draw) -> int:
    return draw.among(_GAP_DAYS) * _DAY


def _between(least: int, most: int) -> Callable[[Draw], int]:
    return lambda draw: draw.between(least, most) * _MINUTE


def _share(least: int, most: int) -> Amount:
    return lambda draw: draw.between(least, most) / 100


def _rows(draw: Draw) -> float:
    return draw.among({-3: 1.0, -2: 1.0, -1: 2.0, 1: 2.0, 2: 1.0, 3: 1.0})


def _lag(draw: Draw) -> float:
    return draw.between(30, 1440) * _MINUTE
