"""Which source is struck by what, and how: drawn from a seed, the same in every process."""

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bench.drift_bodies import garbage, maintenance, recoded, truncated
from bench.drift_columns import drift
from bench.drift_world import (
    Batch,
    batch_of,
    chosen_rows,
    pool_of,
    stirred,
    with_corrections,
    with_gaps,
    with_sealed,
)
from eyre.errors import SourceError
from eyre.model.release_signal import ReleaseSignal
from eyre.sim.faults.fault import MESSAGES, WRONG, Fault, FaultKind
from eyre.sim.feeds.feed import Door, Feed, Paging, Posting, Wire
from eyre.sim.feeds.manifest_of import manifest_of
from eyre.sim.feeds.posting import instant, microseconds
from eyre.sim.feeds.read_stays import Wrongs
from eyre.sim.world import World
from eyre.sources.expected import outcome_text
from eyre.sources.manifest import BookingNumberScope
from eyre.sources.parse_delivery import parse_delivery

Story = Literal["stirred", "sealed", "corrected", "reused"]
Told = tuple[bytes, str, tuple[str, ...]]
"""A body, what was done to it, and the names of which an issue should tell one."""
_PAGED = (Wire.JAILTRACKER, Wire.ZUERCHER, Wire.NEW_WORLD, Wire.HTML_TABLE)
_STAYS = (Wire.JAILTRACKER, Wire.ZUERCHER, Wire.NEW_WORLD, Wire.HTML_TABLE, Wire.CRIMESTAR)
_BODIES = (FaultKind.MAINTENANCE, FaultKind.GARBAGE, FaultKind.TRUNCATED, FaultKind.DRIFT, FaultKind.ENCODING)
"""Kinds that change the bytes of an answer; a pushed document can be struck by these as well."""
_SPOILS = {
    FaultKind.MAINTENANCE: maintenance,
    FaultKind.GARBAGE: garbage,
    FaultKind.TRUNCATED: truncated,
    FaultKind.ENCODING: recoded,
}
_MINUTE = 60_000_000


@dataclass(frozen=True)
class Variant:
    """One source that is struck once, or (without a `kind`) never. `like` is the sound source that says the same;
    `told_ahead`: for how long (microseconds) a wrong clock is ahead of the page at the first look."""

    kind: FaultKind | None
    feed: Feed
    like: str
    seed: int
    story: Story = "stirred"
    fault: Fault | None = None
    wrongs: Wrongs | None = None
    what: str = ""
    told_ahead: int = 0

    @property
    def pushed(self) -> bool:
        """Whether it is a source that sends."""
        return self.feed.door is Door.PUSH

    def spoiled(self, body: bytes) -> Told:
        """What is served in the place of `body` while the fault lasts."""
        chance = random.Random(self.seed)
        if self.kind is FaultKind.DRIFT:
            told = drift(chance, self.feed.wire, manifest_of(self.feed), body)
            return (body, "", ()) if told is None else (told.body, told.what, told.names)
        if self.kind in _SPOILS:
            return _SPOILS[self.kind](chance, body), self.kind.value, ()
        return body, "", ()


@dataclass(frozen=True)
class Plan:
    """A batch: its worlds by story, and its sources, sound ones among them."""

    batch: Batch
    worlds: Mapping[str, World]
    variants: Sequence[Variant]

    @property
    def sound(self) -> list[Variant]:
        """The sources that nothing strikes."""
        return [each for each in self.variants if each.kind is None]


def plan_of(world: World, seed: int, number: int, each_kind: int, kinds: Collection[str] = ()) -> Plan:
    """So many variants of each kind of fault (of `kinds`, where some are named), and as many sound sources, at the
    instants of batch `number`."""
    batch = batch_of(number)
    pool = pool_of(world, seed, batch, each_kind)
    places = [feed.publisher.facility for feed in pool]
    story = stirred(world, places, batch)
    worlds = {
        "stirred": story,
        "sealed": with_sealed(world, story, places, batch),
        "corrected": with_corrections(world, story, places, batch),
        "reused": with_gaps(story, world, places, batch),
    }
    drawing = _Drawing(world, batch, pool, seed)
    variants = [Variant(None, feed, feed.slug, 0) for feed in pool]
    for kind in [each for each in FaultKind if not kinds or each in kinds]:
        variants += drawing.variants(kind, each_kind)
    return Plan(batch, worlds, variants)


@dataclass(frozen=True)
class _Drawing:
    world: World
    batch: Batch
    pool: Sequence[Feed]
    seed: int

    def variants(self, kind: FaultKind, count: int) -> list[Variant]:
        """As many as asked for, over the sources of the pool that can be struck so, in turn."""
        can = [feed for feed in self.pool if self._can(kind, feed)]
        if not can:
            return []
        return [self._variant(kind, can[number % len(can)], number) for number in range(count)]

    def _can(self, kind: FaultKind, feed: Feed) -> bool:
        if feed.door is Door.PUSH:
            return kind in (*_BODIES, *MESSAGES)
        if kind in MESSAGES:
            return False
        if kind is FaultKind.SHIFTED:
            return feed.wire in _PAGED and not feed.detail
        if kind is FaultKind.ENCODING:
            return feed.wire is not Wire.EXCEL
        if kind in WRONG:
            told = chosen_rows(self.world, feed.publisher.facility, self.batch)
            live = feed.posting is Posting.LIVE and feed.wire in (*_STAYS, Wire.JSON_LINES, Wire.FIXED_WIDTH)
            shown = manifest_of(feed).booking_number_scope
            numbered = shown in (BookingNumberScope.GLOBAL, BookingNumberScope.PER_YEAR)
            keeps = feed.publisher.kind.value in ("custody", "corrections")
            drops = feed.release in (ReleaseSignal.DROP_OFF, ReleaseSignal.PROJECTED_ONLY)
            again = kind is not FaultKind.REUSED or (numbered and drops)
            return told is not None and live and keeps and again
        return kind is not FaultKind.STALE or feed.posting is Posting.LIVE

    def _variant(self, kind: FaultKind, feed: Feed, number: int) -> Variant:
        chance = random.Random(f"{self.seed} {self.batch.number} {kind.value} {number}")
        slug = f"{kind.value[:4]}{self.batch.number:03}_{number:04}"
        own = replace(feed, publisher=replace(feed.publisher, slug=slug))
        made = Variant(kind, own, feed.slug, chance.getrandbits(48))
        if kind in WRONG:
            return self._wrong(made, chance)
        if kind is FaultKind.SHIFTED:
            own = replace(own, paging=feed.paging or Paging(chance.choice((5, 10)), chance.choice(("start", "page"))))
            if own.paging is not None and own.paging.size > 10:
                own = replace(own, paging=replace(own.paging, size=10))
        begins = self.batch.before_fault(0.7) + chance.randrange(1000)
        ends = microseconds(self.batch.rides[2] + self.batch.gap / 2)
        amount, what = _AMOUNTS[kind](chance, self.batch, begins) if kind in _AMOUNTS else (0.0, "")
        return replace(made, feed=own, fault=Fault(kind, begins, ends, amount), what=what)

    def _wrong(self, made: Variant, chance: random.Random) -> Variant:
        place = made.feed.publisher.facility
        rows = self.world.rows_of(self.world.stays, place)
        told = chosen_rows(self.world, place, self.batch)
        assert told is not None  # noqa: S101 # by `_can`
        if made.kind is FaultKind.SEALED:
            return replace(made, story="sealed")
        if made.kind is FaultKind.CORRECTED:
            return replace(made, story="corrected")
        if made.kind is FaultKind.REUSED:
            number = str(self.world.stays.booking_number[told.leaves])
            what = "number given again, after a gap" if place % 2 else "number given again"
            return replace(made, story="reused", wrongs=Wrongs(numbers={told.comes - rows.start: number}), what=what)
        minutes = 60 if made.kind is FaultKind.UNSPRUNG else chance.randint(1, 240)
        by = chance.choice((-1, 1)) * minutes * _MINUTE
        first, last = (microseconds(self.batch.rides[at]) for at in (1, 2))
        ahead = self.batch.before_fault(0.3) + by - last
        return replace(made, wrongs=Wrongs(clocks=((first, last, by),)), what=f"{by // _MINUTE} min", told_ahead=ahead)


def reads_alike(variant: Variant, sound: bytes, spoiled: bytes) -> bool:
    """Whether the same is read of both bodies, so that nothing is wrong with the second."""
    if sound == spoiled:
        return True
    if variant.kind not in (FaultKind.DRIFT, FaultKind.ENCODING):
        return False
    manifest = manifest_of(variant.feed)
    at = instant(variant.fault.begins if variant.fault is not None else 0)
    try:
        return outcome_text(parse_delivery(manifest, sound, as_of=at)) == outcome_text(
            parse_delivery(manifest, spoiled, as_of=at)
        )
    except SourceError:
        return False


Amount = Callable[[random.Random, Batch, int], tuple[float, str]]


def _share(least: float, most: float) -> Amount:
    def amount(chance: random.Random, _batch: Batch, _begins: int) -> tuple[float, str]:
        share = chance.uniform(least, most)
        return share, f"{share:.2f}"

    return amount


def _rows(chance: random.Random, _batch: Batch, _begins: int) -> tuple[float, str]:
    rows = chance.choice((-5, -3, -2, -1, 1, 2, 3, 5))
    return float(rows), f"{rows:+}"


def _lag(chance: random.Random, batch: Batch, begins: int) -> tuple[float, str]:
    """Of a copy that was seen at the first ride, or of any other instant before."""
    if chance.random() < 0.6:
        return float(begins - microseconds(batch.rides[0])), "seen"
    return float(begins - microseconds(batch.rides[1]) + chance.randint(1, 600) * _MINUTE), "unseen"


_AMOUNTS: Mapping[FaultKind, Amount] = {
    FaultKind.CAPPED: _share(0.3, 0.97),
    FaultKind.SHRUNK: _share(0.05, 0.95),
    FaultKind.SHIFTED: _rows,
    FaultKind.STALE: _lag,
}
