"""What jails of the invented country publish while they are ridden, and when each of it is to be seen by a reader."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np

from bench.country import Country
from eyre.ids import record_id
from eyre.model.custody_event import EventKind
from eyre.model.record import RecordClass
from eyre.service.open_view import open_view
from eyre.sim.feeds.feed import Feed
from eyre.sim.feeds.manifest_of import manifest_of
from eyre.sim.feeds.posting import instant, last_posting, microseconds, next_posting
from eyre.sim.feeds.press import Press
from eyre.sim.feeds.read_stays import StayReader
from eyre.sim.feeds.shape import Sheet
from eyre.sources.manifest import BookingNumberScope
from eyre.sources.outcome import Accepted
from eyre.sources.parse_delivery import parse_delivery
from eyre.store.open_store import Store
from eyre.store.reader_events import visible_events

PURPOSE = "custody_operations"
_STAYS_FOR = 40 * 60 * 1_000_000
"""Only who stays for 40 minutes is asked for: a source that is asked every 15 minutes need not see others."""
_EVERY = 0.5  # seconds between two questions


@dataclass(frozen=True, slots=True)
class Publication:
    """A booking: of which record, and when the edition was published that is the first to tell of it."""

    source: str
    record: int
    at: datetime


def bookings(country: Country, store: Store, begins: datetime, ends: datetime) -> list[Publication]:
    """Every booking that jails publish between two instants, and that a source asked in time cannot miss."""
    return sorted(
        (each for feed in country.feeds if _tells_bookings(feed) for each in _of(country, feed, store, (begins, ends))),
        key=lambda each: each.at,
    )


def _tells_bookings(feed: Feed) -> bool:
    """Where the record of a booking is one of its own, and the list is whole."""
    numbered = feed.publisher.numbers in (BookingNumberScope.GLOBAL, BookingNumberScope.PER_YEAR)
    return feed.publisher.kind is RecordClass.CUSTODY and feed.list_cap is None and numbered


def _of(country: Country, feed: Feed, store: Store, during: tuple[datetime, datetime]) -> Iterable[Publication]:
    first, last = map(microseconds, during)
    press = Press(country.world, feed)
    if not isinstance(press.reader, StayReader):
        return
    timeline = press.reader.timeline
    for row in np.flatnonzero((timeline.begins >= first) & (timeline.begins < last)).tolist():
        begun = int(timeline.begins[row])
        at = begun if last_posting(feed, begun) == begun else next_posting(feed, begun)
        if at < last and timeline.gone[row] - at >= _STAYS_FOR:
            yield from (
                Publication(feed.slug, each, instant(at)) for each in _records(press, row, at, store.record_key)
            )


def _records(press: Press, row: int, at: int, store_key: bytes) -> Iterable[int]:
    """The record that is made of one stay, as its source tells it at `at`."""
    feed = press.feed
    said = press.reader.said(np.array([row], dtype=np.intp), at)
    body = press.shape.whole([press.shape.row(each) for each in said], Sheet(1, at, "", ""))
    for outcome in parse_delivery(manifest_of(feed), body, as_of=instant(at)):
        if isinstance(outcome, Accepted):
            yield record_id(store_key, feed.slug, outcome.record.key)


@dataclass
class Watcher:
    """Asks again and again, under a purpose and through the readers' role, for the bookings that were published, until
    each is seen."""

    store: Store
    publications: Sequence[Publication]
    seen: dict[int, datetime] = field(default_factory=dict)
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Asks on a thread of its own until `finish`. What can be seen before it was published is no news, and left
        out."""
        known = self._visible([each.record for each in self.publications])
        self.publications = [each for each in self.publications if each.record not in known]
        self._thread = threading.Thread(target=self._watch, name="watching", daemon=True)
        self._thread.start()

    def finish(self, published_until: datetime) -> list[float]:
        """Seconds from publication to sight, of those that were seen. What was published later had no time to be seen,
        and only the quickest of it was: it is left out."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()
        return [
            (self.seen[each.record] - each.at).total_seconds()
            for each in self.publications
            if each.record in self.seen and each.at <= published_until
        ]

    def unseen(self, published_until: datetime) -> list[Publication]:
        """What was published until then and was not seen yet."""
        return [each for each in self.publications if each.at <= published_until and each.record not in self.seen]

    def _watch(self) -> None:
        while not self._over.wait(_EVERY):
            asked = [each.record for each in self.unseen(datetime.now(UTC))]
            if not asked:
                continue
            found = self._visible(asked)
            self.seen |= dict.fromkeys(found, datetime.now(UTC))

    def _visible(self, records: Sequence[int]) -> set[int]:
        """Those of `records` whose booking can be seen."""
        with open_view(self.store, PURPOSE) as session:
            return {each.record for each in visible_events(session, records) if each.kind is EventKind.BOOKED}
