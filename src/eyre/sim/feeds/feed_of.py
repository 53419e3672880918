"""How one place of the invented country publishes, drawn from the seed.

The weights are ours, near what is told of real rosters: a third say when somebody was released, four in ten give a
birth date and half only an age, half renew what they show at every question.
"""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from eyre.model.record import RecordClass
from eyre.model.release_signal import ReleaseSignal as Signal
from eyre.sim.feeds.draw import Draw
from eyre.sim.feeds.feed import (
    MASKED,
    AgeShown,
    Door,
    Feed,
    Paging,
    Posting,
    Publisher,
    RateLimit,
    Validator,
    Wire,
)
from eyre.sim.world import World
from eyre.sources.manifest import BookingNumberScope

_KINDS = {
    "jail": RecordClass.CUSTODY,
    "prison": RecordClass.CORRECTIONS,
    "court": RecordClass.COURT,
    "probation": RecordClass.SUPERVISION,
    "parole": RecordClass.SUPERVISION,
}
_WIRES: Mapping[RecordClass, Mapping[Wire, float]] = MappingProxyType(
    {
        RecordClass.CUSTODY: {
            Wire.JAILTRACKER: 0.26, Wire.ZUERCHER: 0.10, Wire.NEW_WORLD: 0.20, Wire.HTML_TABLE: 0.19,
            Wire.CRIMESTAR: 0.10, Wire.NIEM: 0.07, Wire.JSON_LINES: 0.07,
        },
        RecordClass.CORRECTIONS: {Wire.FIXED_WIDTH: 0.75, Wire.JSON_LINES: 0.25},
        RecordClass.COURT: {Wire.COURT_CSV: 1.0},
        RecordClass.SUPERVISION: {Wire.EXCEL: 0.7, Wire.JSON_LINES: 0.3},
    }
)  # fmt: skip
_SIGNALS: Mapping[Wire, Mapping[Signal, float]] = MappingProxyType(
    {
        Wire.JAILTRACKER: {Signal.DROP_OFF: 0.55, Signal.EXPLICIT: 0.35, Signal.WINDOW: 0.10},
        Wire.ZUERCHER: {
            Signal.DROP_OFF: 0.45, Signal.PROJECTED_ONLY: 0.2, Signal.EXPLICIT: 0.2, Signal.WINDOW: 0.15,
        },
        Wire.NEW_WORLD: {Signal.EXPLICIT: 0.75, Signal.WINDOW: 0.25},
        Wire.HTML_TABLE: {Signal.DROP_OFF: 0.45, Signal.PROJECTED_ONLY: 0.35, Signal.WINDOW: 0.2},
        Wire.CRIMESTAR: {Signal.DROP_OFF: 0.7, Signal.DELTA_FILE: 0.3},
        Wire.NIEM: {Signal.PUSH_DELETE: 1.0},
        Wire.FIXED_WIDTH: {Signal.EXPLICIT: 0.6, Signal.DELTA_FILE: 0.4},
        Wire.COURT_CSV: {Signal.DELTA_FILE: 1.0},
        Wire.EXCEL: {Signal.EXPLICIT: 1.0},
        Wire.JSON_LINES: {Signal.EXPLICIT: 1.0},
    }
)  # fmt: skip
_ALWAYS_DOB = {Wire.NIEM, Wire.CRIMESTAR, Wire.FIXED_WIDTH, Wire.COURT_CSV}
_AGES = {
    AgeShown.DOB: 0.28,
    AgeShown.AGE_CURRENT: 0.48,
    AgeShown.AGE_AT_BOOKING: 0.12,
    AgeShown.YOB: 0.06,
    AgeShown.NOTHING: 0.06,
}
_SUPERVISED_AGES = {AgeShown.DOB: 0.8, AgeShown.YOB: 0.2}
_DOORS: Mapping[Wire, Mapping[Door, float]] = MappingProxyType(
    {
        Wire.NIEM: {Door.PUSH: 1.0},
        Wire.CRIMESTAR: {Door.SFTP: 0.6, Door.FOLDER: 0.4},
        Wire.FIXED_WIDTH: {Door.SFTP: 0.7, Door.FOLDER: 0.3},
        Wire.COURT_CSV: {Door.SFTP: 0.5, Door.HTTP: 0.3, Door.FOLDER: 0.2},
        Wire.EXCEL: {Door.HTTP: 0.6, Door.FOLDER: 0.4},
    }
)
_ROSTER_POSTS = {Posting.LIVE: 0.45, Posting.QUARTER: 0.3, Posting.HOURLY: 0.2, Posting.NIGHTLY: 0.05}
_POSTS: Mapping[Wire, Mapping[Posting, float]] = MappingProxyType(
    {
        Wire.NIEM: {Posting.LIVE: 1.0},
        Wire.CRIMESTAR: {Posting.QUARTER: 0.6, Posting.HOURLY: 0.4},
        Wire.FIXED_WIDTH: {Posting.NIGHTLY: 1.0},
        Wire.COURT_CSV: {Posting.HOURLY: 0.2, Posting.NIGHTLY: 0.8},
        Wire.EXCEL: {Posting.NIGHTLY: 1.0},
        Wire.JSON_LINES: {Posting.QUARTER: 0.5, Posting.HOURLY: 0.5},
    }
)
_PAGES: Mapping[Wire, tuple[float, tuple[int, ...]]] = MappingProxyType(
    {
        Wire.JAILTRACKER: (0.8, (25,)),
        Wire.ZUERCHER: (0.8, (50, 100)),
        Wire.NEW_WORLD: (0.5, (25, 50)),
        Wire.HTML_TABLE: (0.25, (30, 50)),
    }
)
_TELL_ALIASES = (Wire.NIEM, Wire.JSON_LINES)
_VALIDATORS = {Validator.ETAG: 0.25, Validator.LAST_MODIFIED: 0.2, Validator.BOTH: 0.15, Validator.NONE: 0.4}
_CAPS = (50, 100, 200, 250, 500, 1000, 2000)
_DETAILED = {Wire.JAILTRACKER: 0.25, Wire.NEW_WORLD: 0.15}
_MAY_BE_EMPTY = 20  # kept on an average day
_DAYS = timedelta(days=1)


def feed_of(world: World, facility: int, seed: int) -> Feed:
    """How the place in row `facility` of the world's facilities publishes; the same for the same seed."""
    who, size = _publisher(world, facility), int(world.facilities.size[facility])
    draw = Draw(seed, facility)
    wire = _wire(draw, who, size)
    release = draw.among(_SIGNALS[wire])
    door = draw.among(_DOORS.get(wire, {Door.HTTP: 1.0}))
    posting = draw.among(_POSTS.get(wire, _ROSTER_POSTS))
    asked = door is Door.HTTP
    return Feed(
        publisher=who,
        wire=wire,
        door=door,
        release=release,
        age=_age(draw, wire, who.kind),
        shows=_shown(draw, wire, release, who),
        upper=draw.chance(0.8),
        lingers=_lingers(draw, wire, release),
        list_cap=_cap(draw, wire, size),
        paging=_paging(draw, wire),
        declares_total=draw.chance(0.85) or wire is Wire.FIXED_WIDTH,
        posting=posting,
        offset=_offset(draw, posting),
        validator=draw.among(_VALIDATORS) if asked else Validator.NONE,
        gzip=draw.chance(0.7),
        detail=draw.chance(_DETAILED.get(wire, 0.0)) and who.numbers is not BookingNumberScope.PER_PERSON,
        limit=RateLimit(draw.between(30, 120), 60) if asked and draw.chance(0.15) else None,
        crawl_delay=draw.between(1, 10) if asked and draw.chance(0.2) else 0,
        stamped=wire in (Wire.NEW_WORLD, Wire.HTML_TABLE) and draw.chance(0.1),
        messy=draw.chance(0.3),
        date_style=draw.between(0, 29),
        renames=draw.chance(0.7),
    )


def feeds_of(world: World, seed: int) -> list[Feed]:
    """The feeds of all places, in the order of the world's facilities."""
    return [feed_of(world, facility, seed) for facility in range(len(world.facilities.slug))]


def _publisher(world: World, facility: int) -> Publisher:
    places = world.facilities
    return Publisher(
        slug=str(places.slug[facility]),
        facility=facility,
        kind=_KINDS[str(places.kind[facility])],
        title=str(places.name[facility]),
        jurisdiction=str(places.ocd[facility]),
        state=str(places.state[facility]),
        zone=str(places.zone[facility]),
        numbers=_numbers(world, facility),
        subjects=_subjects(world, facility),
    )


def _numbers(world: World, facility: int) -> BookingNumberScope:
    """How the world numbers bookings here, judged by the numbers themselves."""
    numbers = world.stays.booking_number[world.rows_of(world.stays, facility)]
    if not len(numbers) or not numbers[0]:
        return BookingNumberScope.ABSENT
    if len(set(numbers.tolist())) < len(numbers):
        return BookingNumberScope.PER_PERSON
    return BookingNumberScope.PER_YEAR if "-" in numbers[0] else BookingNumberScope.GLOBAL


def _subjects(world: World, facility: int) -> bool:
    subjects = world.stays.subject_number[world.rows_of(world.stays, facility)]
    return bool(len(subjects)) and bool(subjects[0])


def _wire(draw: Draw, who: Publisher, size: int) -> Wire:
    """A place without booking numbers has the one format that needs none; a small one has none of the format in which
    an empty page cannot be told from a broken one."""
    if who.kind is RecordClass.CUSTODY and who.numbers is BookingNumberScope.ABSENT:
        return Wire.ZUERCHER
    wire = draw.among(_WIRES[who.kind])
    return Wire.HTML_TABLE if wire is Wire.NEW_WORLD and size < _MAY_BE_EMPTY else wire


def _age(draw: Draw, wire: Wire, kind: RecordClass) -> AgeShown:
    told = draw.among(_SUPERVISED_AGES if kind is RecordClass.SUPERVISION else _AGES)
    return AgeShown.DOB if wire in _ALWAYS_DOB or kind is RecordClass.CORRECTIONS else told


def _shown(draw: Draw, wire: Wire, release: Signal, who: Publisher) -> frozenset[str]:
    shares = {"middle": 0.9, "suffix": 0.9, "sex": 0.95, "subject": 0.0, "projected": 0.25, "charges": 0.9}
    shares |= {"bond": 0.7, "race": 0.5, "birthplace": 0.1, "alias": 0.5 if wire in _TELL_ALIASES else 0.0}
    shown = {what for what in sorted(MASKED) if draw.chance(shares[what])}
    if release is Signal.PROJECTED_ONLY:
        shown.add("projected")
    if wire in (Wire.NIEM, Wire.CRIMESTAR, Wire.FIXED_WIDTH, Wire.JSON_LINES):
        shown |= {"charges", "middle", "suffix"}
    shown.discard("subject")
    if who.subjects and (who.numbers is BookingNumberScope.PER_PERSON or draw.chance(0.8)):
        shown.add("subject")
    return frozenset(shown)


def _lingers(draw: Draw, wire: Wire, release: Signal) -> timedelta:
    if wire is Wire.EXCEL or (wire is Wire.JSON_LINES and release is Signal.EXPLICIT):
        return 30 * _DAYS
    if release is Signal.DELTA_FILE:
        return draw.between(2, 4) * _DAYS
    if release is Signal.WINDOW:
        return draw.among({1: 0.3, 2: 0.3, 3: 0.2, 7: 0.15, 14: 0.05}) * _DAYS
    return draw.between(3, 14) * _DAYS if release is Signal.EXPLICIT else timedelta()


def _cap(draw: Draw, wire: Wire, size: int) -> int | None:
    """A cap near what the place keeps, so that it strikes on some days."""
    if not draw.chance(0.04) or wire not in _PAGES:
        return None
    return next((cap for cap in _CAPS if cap >= size), None)


def _paging(draw: Draw, wire: Wire) -> Paging | None:
    share, sizes = _PAGES.get(wire, (0.0, (25,)))
    size = sizes[draw.between(0, len(sizes) - 1)]
    by_index = draw.chance(0.9 if wire is Wire.JAILTRACKER else 0.3)
    return Paging(size, "start" if by_index else "page") if draw.chance(share) else None


def _offset(draw: Draw, posting: Posting) -> timedelta:
    most = {Posting.LIVE: 0, Posting.QUARTER: 14, Posting.HOURLY: 59, Posting.NIGHTLY: 240}[posting]
    first = 60 if posting is Posting.NIGHTLY else 0  # after the night's jobs have begun
    return timedelta(minutes=first + draw.between(0, most))
