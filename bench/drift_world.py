"""The places of `bench.drift`: a small part of the invented country, in which something happens before every ride."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from eyre.model.record import RecordClass
from eyre.sim.draw_world import draw_world_of
from eyre.sim.feeds.draw import Draw
from eyre.sim.feeds.feed import Door, Feed, Posting, Wire
from eyre.sim.feeds.feed_of import feed_of
from eyre.sim.feeds.posting import microseconds
from eyre.sim.feeds.press import Press
from eyre.sim.scale import Scale
from eyre.sim.world import NEVER, Corrections, World

BEGINS = datetime(2026, 5, 4, 12, tzinfo=UTC)
_DAYS = 6.0
_GAPS = tuple(timedelta(minutes=minutes) for minutes in (15, 20, 30, 45, 60, 90, 120, 180))
_ROWS = (12, 200)
"""How many rows a source lists: with fewer nothing can be told from three who leave, and more only take longer."""
_KINDS = {"jail": 0.78, "prison": 0.06, "court": 0.07, "probation": 0.06, "parole": 0.03}
_KEEPERS = (RecordClass.CUSTODY, RecordClass.CORRECTIONS)


@dataclass(frozen=True)
class Batch:
    """A part of the variants, with instants of its own: two rides before the fault, one within it, two after it."""

    number: int
    rides: tuple[datetime, ...]

    @property
    def gap(self) -> timedelta:
        """The time between two rides."""
        return self.rides[1] - self.rides[0]

    def before_fault(self, share: float) -> int:
        """An instant (microseconds) between the ride before the fault and the one within it."""
        return microseconds(self.rides[1] + self.gap * share)


def batch_of(number: int) -> Batch:
    """The batch of this number; its hour of the day differs from that of others."""
    gap = _GAPS[number % len(_GAPS)]
    first = BEGINS + timedelta(hours=10) + number * timedelta(hours=11, minutes=13)
    return Batch(number, tuple(first + step * gap for step in range(5)))


def bare_world(seed: int) -> World:
    """The places and what happens there by itself."""
    return draw_world_of(
        Scale(seed, BEGINS, _DAYS, share=0.04, prison_share=0.005, supervised_share=0.004, pending_share=0.02)
    )


def pool_of(world: World, seed: int, batch: Batch, size: int) -> list[Feed]:
    """So many sources, each with a way of its own to publish, every format among them."""
    draw, found = Draw(seed, batch.number, 0x706F6F6C), list[Feed]()
    kinds = {name: np.flatnonzero(world.facilities.kind == name) for name in _KINDS}
    wanted = _wires(size)
    while len(found) < size:
        places = kinds[draw.among(_KINDS)]
        place = int(places[draw.between(0, len(places) - 1)])
        feed = feed_of(world, place, seed * 1_000_003 + draw.between(0, 1 << 30))
        if wanted.get(feed.wire, 0) <= 0:
            continue
        feed = _askable(feed, draw, f"p{batch.number:03}_{len(found):03}")
        rows = len(Press(world, feed).rows(Press(world, feed).edition(batch.rides[0])))
        if _ROWS[0] <= rows <= _ROWS[1] and (feed.door is not Door.PUSH or chosen_rows(world, place, batch)):
            wanted[feed.wire] -= 1
            found.append(feed)
    return found


def _wires(size: int) -> dict[Wire, int]:
    """How many of each format at the most: some of every one."""
    few = max(1, size // 14)
    shares = dict.fromkeys(Wire, few) | {Wire.JAILTRACKER: size, Wire.HTML_TABLE: 2 * few, Wire.NIEM: few}
    return shares | {Wire.NEW_WORLD: 2 * few, Wire.ZUERCHER: 2 * few, Wire.CRIMESTAR: 2 * few}


def _askable(feed: Feed, draw: Draw, slug: str) -> Feed:
    """The feed without what only makes a ride slow: limits, nights, and for most pages of single rows."""
    posting = feed.posting if feed.posting is not Posting.NIGHTLY else Posting.HOURLY
    return replace(
        feed,
        publisher=replace(feed.publisher, slug=slug),
        door=feed.door if feed.door is Door.PUSH else Door.HTTP,
        limit=None,
        crawl_delay=0,
        list_cap=None,
        posting=posting if draw.chance(0.4) else Posting.LIVE,
        detail=feed.detail and draw.chance(0.2),
    )


@dataclass(frozen=True)
class Chosen:
    """The rows of the world's stays that a batch's story is about, by place: who comes before the second ride
    (`early`), who leaves before the fault and who comes after that, and two who stay."""

    early: int
    comes: int
    leaves: int
    stays: int
    other: int


def chosen_rows(world: World, place: int, batch: Batch) -> Chosen | None:
    """Nothing where too few are kept."""
    rows, stays = world.rows_of(world.stays, place), world.stays
    first, last = microseconds(batch.rides[0]), microseconds(batch.rides[-1])
    booked, left = stays.booked[rows], np.minimum(stays.released[rows], stays.sealed[rows])
    kept = np.flatnonzero((booked < first - 3_600_000_000) & (left > last + 86_400_000_000))
    arrives = _who_can_come(booked, batch)
    kept = kept[kept < arrives - 1]
    if len(kept) < 3 or arrives < 1:
        return None
    leaves, remains, other = (int(kept[len(kept) * share // 8]) + rows.start for share in (2, 4, 6))
    return Chosen(int(arrives) - 1 + rows.start, int(arrives) + rows.start, leaves, remains, other)


def _who_can_come(booked: np.ndarray, batch: Batch) -> int:
    """The last one booked before the fault: moved to just before it, and the one before to before the second ride, the
    rows are still in order; -1 where they are not."""
    at = int(np.searchsorted(booked, batch.before_fault(0.3), side="right")) - 1
    return at if at > 0 and booked[at] < microseconds(batch.rides[0]) else -1


def stirred(world: World, places: Sequence[int], batch: Batch) -> World:
    """The world in which somebody comes and somebody leaves at each of `places` between the two rides."""
    stays = world.stays
    booked, released, reason = stays.booked.copy(), stays.released.copy(), stays.reason.copy()
    for place in set(places):
        if (chosen := chosen_rows(world, place, batch)) is not None:
            booked[chosen.early] = microseconds(batch.rides[0] + batch.gap / 2)
            booked[chosen.comes] = batch.before_fault(0.3)
            released[[chosen.early, chosen.comes]] = NEVER
            released[chosen.leaves], reason[chosen.leaves] = batch.before_fault(0.2), "released"
    return replace(world, stays=replace(stays, booked=booked, released=released, reason=reason))


def with_sealed(world: World, stirred_world: World, places: Sequence[int], batch: Batch) -> World:
    """The stirred world, in which each place also ceases to speak of somebody."""
    sealed = stirred_world.stays.sealed.copy()
    for place in set(places):
        if (chosen := chosen_rows(world, place, batch)) is not None:
            sealed[chosen.stays] = batch.before_fault(0.6)
    return replace(stirred_world, stays=replace(stirred_world.stays, sealed=sealed))


def with_gaps(stirred_world: World, world: World, places: Sequence[int], batch: Batch) -> World:
    """The stirred world, in which at every other place who leaves has done so before the second ride: the row is seen
    to be gone before its number is given again."""
    released = stirred_world.stays.released.copy()
    for place in set(places):
        if place % 2 and (chosen := chosen_rows(world, place, batch)) is not None:
            released[chosen.leaves] = microseconds(batch.rides[0] + batch.gap * 0.7)
    return replace(stirred_world, stays=replace(stirred_world.stays, released=released))


def with_corrections(world: World, stirred_world: World, places: Sequence[int], batch: Batch) -> World:
    """The stirred world, in which each place also corrects what it says of somebody."""
    told = stirred_world.corrections
    values = (("given", "Corrected"), ("surname", "Rightly"), ("born", "1980-02-29"))
    rows, names, texts = list[int](), list[str](), list[str]()
    for place in sorted(set(places)):
        if (chosen := chosen_rows(world, place, batch)) is not None and chosen.other not in told.stay:
            rows.append(chosen.other)
            name, text = values[(place + batch.number) % len(values)]
            names.append(name)
            texts.append(text)
    stay = np.concatenate([told.stay, np.array(rows, dtype=told.stay.dtype)])
    at = np.concatenate([told.at, np.full(len(rows), batch.before_fault(0.6), dtype=np.int64)])
    order = np.lexsort((at, stay))
    field = np.concatenate([told.field, np.array(names, dtype=object)])[order]
    value = np.concatenate([told.value, np.array(texts, dtype=object)])[order]
    return replace(stirred_world, corrections=Corrections(stay[order], at[order], field, value))
