"""Deliveries that were broken, in each of the ten formats, taken as a ride takes them: bounded in time and memory,
refused or flagged, and never the end of a worker."""

import logging
import random
import resource
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bench.drift_bodies import FORMATS, broken
from bench.drift_score import GONE, held, leaked
from bench.drift_untellable import untellable
from bench.drift_world import BEGINS
from eyre.errors import SourceError
from eyre.resolve.model import default_model
from eyre.service.open_issues import issues_open
from eyre.service.rekey import ensure_keys
from eyre.service.take_messages import Messages, take_messages
from eyre.service.take_snapshot import Snapshot, take_snapshot
from eyre.sim.feeds.draw import Draw
from eyre.sim.feeds.feed import Feed, Posting, Wire
from eyre.sim.feeds.feed_of import feed_of
from eyre.sim.feeds.manifest_of import manifest_of, manifest_text
from eyre.sim.feeds.press import Press
from eyre.sim.world import World
from eyre.sources.manifest import Manifest
from eyre.store.open_store import Store

_AT = BEGINS + timedelta(hours=10)
_ROWS = (12, 60)
_SHOWN = 10


@dataclass
class Garbage:
    """Counts of one format: `taken` were read or refused as they should; of these `flagged` were refused, or opened an
    issue, or said what the sound one says; `untellable` read like sound ones for the reasons in `why`, whoever looks;
    `silent` were taken as they are although somebody could have told. `invented` are rows that were taken to be gone,
    and that a source with the sound deliveries alone was not told to be."""

    deliveries: int = 0
    taken: int = 0
    flagged: int = 0
    untellable: int = 0
    silent: int = 0
    slowest: float = 0.0
    mebibytes: int = 0
    leaks: int = 0
    invented: int = 0
    why: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def note_quiet(self, number: int, why: str) -> None:
        """Counts a delivery that was taken as it is; `why` nobody could have told, if so."""
        self.untellable += bool(why)
        self.silent += not why
        if why:
            self.why[why] += 1
        else:
            self.examples.append(f"number {number} was taken as it is")

    def cells(self) -> tuple[str, ...]:
        """As a table shows them."""
        numbers = (self.deliveries, self.taken, self.flagged, self.untellable, self.silent)
        last = (self.mebibytes, self.leaks, self.invented)
        return (*(f"{each:,}" for each in numbers), f"{self.slowest:.2f}", *(f"{each:,}" for each in last))


def ride_garbage(store: Store, world: World, seed: int, each: int) -> dict[str, Garbage]:
    """So many broken deliveries of each format, a sound one after every tenth."""
    ensure_keys(store, default_model())
    counted = {}
    for wire in FORMATS:
        feed = _of_wire(world, wire, seed)
        counted[wire.value] = _ride(store, feed, Press(world, feed).render(_AT).body, each, seed)
    return counted


def _of_wire(world: World, wire: Wire, seed: int) -> Feed:
    draw = Draw(seed, int.from_bytes(wire.value.encode()[:6], "big"), 0x67617262)
    for tries in range(1_000_000):
        place = draw.between(0, len(world.facilities.slug) - 1)
        feed = feed_of(world, place, draw.between(0, 1 << 30))
        if feed.wire is not wire:
            continue
        feed = replace(
            feed, publisher=replace(feed.publisher, slug=f"broken_{wire.value}"), posting=Posting.LIVE, detail=False
        )
        press = Press(world, feed)
        most = _ROWS[1] * (1 + tries // 2_000)  # of some formats there are large places only
        if _ROWS[0] <= len(press.rows(press.edition(_AT))) <= most:
            return feed
    raise ValueError(f"the world has no place that publishes as `{wire.value}`")


def _ride(store: Store, feed: Feed, sound: bytes, count: int, seed: int) -> Garbage:
    manifest, told = manifest_of(feed), Garbage()
    other = manifest_of(replace(feed, publisher=replace(feed.publisher, slug=f"sound_{feed.wire.value}")))
    handler = _Lines()
    logging.getLogger().addHandler(handler)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _take(store, manifest, sound, 0)
    _take(store, other, sound, 0)
    texts = set[str]()
    for number in range(count):
        chance = random.Random(f"{seed} {feed.slug} {number}")
        body = broken(chance, sound)
        began = time.perf_counter()
        try:
            quiet = _take(store, manifest, body, 2 * number + 1)
            told.taken += 1
        except SourceError as error:
            told.taken += 1
            quiet = False
            texts.add(str(error))
        except Exception as error:  # noqa: BLE001 - that is what is counted
            quiet = False
            told.examples.append(f"{feed.slug} number {number}: {type(error).__name__}: {error}"[:300])
        told.slowest = max(told.slowest, time.perf_counter() - began)
        told.deliveries += 1
        open_now = issues_open(store, feed.slug)
        texts |= {" ".join((each.field, each.place, each.reason, each.remedy)) for each in open_now}
        flagged = not quiet or bool(open_now)
        told.flagged += flagged
        if not flagged:
            told.note_quiet(number, untellable(manifest, sound, body, _AT))
        _take(store, manifest, sound, 2 * number + 2)
        _take(store, other, sound, 2 * number + 2)
    told.mebibytes = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) >> 10
    logging.getLogger().removeHandler(handler)
    now = held(store, [feed.slug, other.id])
    names = now.names - {word.casefold() for word in manifest_text(feed).replace("_", " ").split()}
    found = [(text, words) for text in (*texts, *handler.lines) if (words := leaked(names, text))]
    told.leaks = len(found)
    told.examples += [f"leak: {words[:3]} in `{text[:120]}`" for text, words in found][:_SHOWN]
    told.invented = sum(what in ("released", GONE) for _, what in now.noted[feed.slug] - now.noted[other.id])
    return told


def _take(store: Store, manifest: Manifest, body: bytes, minute: int) -> bool:
    """Whether it was taken as whole, and said something else than what is known."""
    at = _AT + timedelta(minutes=minute)
    if manifest.pushes:
        took = take_messages(store, manifest, Messages(body, at, at), default_model())
        return not took.known and bool(took.records)
    took = take_snapshot(store, manifest, Snapshot((body,), at, at), default_model())
    return took.look.complete and bool(took.records or took.gone)


class _Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
