"""What a place publishes at an instant.

A row is written once and kept for as long as it says the same; a list is a join of what is kept. Whether anything
changed is known without writing anything.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

import numpy as np

from eyre.sim.feeds.feed import Feed, Wire
from eyre.sim.feeds.posting import MICROSECONDS, instant, last_posting, microseconds
from eyre.sim.feeds.read_stays import Wrongs
from eyre.sim.feeds.shape import Shape, Sheet
from eyre.sim.feeds.shape_of import Reader, reader_of, shape_of
from eyre.sim.feeds.timeline import Rows
from eyre.sim.world import World

_DATED = {Wire.NIEM, Wire.FIXED_WIDTH}  # the time of the posting stands in the file


@dataclass(frozen=True, slots=True)
class Edition:
    """What is published: as of `posted`, unchanged since `since` (microseconds). Equal `tag`s mean equal bytes."""

    posted: int
    since: int
    tag: str

    @property
    def modified(self) -> datetime:
        """Since when the same is said (UTC), to the second, rounded up: what came within it is not missed."""
        return instant(-(-self.since // MICROSECONDS) * MICROSECONDS)


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a list is asked for: `count` rows (None: all) from row `first`; `whole`: of the full file of a
    delta feed."""

    first: int = 0
    count: int | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page or a file. `total` is how many rows the list has, `listed` how many stand here; `onward` is where the next
    page is (empty: there is none). `struck` names the faults that are in it, for a test to see and no client."""

    body: bytes
    media: str
    edition: Edition
    total: int
    listed: int
    onward: str = ""
    struck: tuple[str, ...] = ()


class Press:
    """Publishes for one feed. Keeps the written rows; `forget` drops them."""

    def __init__(self, world: World, feed: Feed, wrongs: Wrongs | None = None) -> None:
        """`wrongs` are what the place's own system has wrong."""
        self.feed = feed
        self.shape: Shape[Any] = shape_of(feed)
        self.reader: Reader = reader_of(world, feed, wrongs)
        self._lists = _Kept(self.reader, self.shape, thin=feed.detail)
        self._details = _Kept(self.reader, self.shape, thin=False) if feed.detail else self._lists

    def edition(self, at: datetime) -> Edition:
        """What is published at `at`. Costs microseconds: nothing is written for it."""
        posted = last_posting(self.feed, microseconds(at))
        timeline = self.reader.timeline
        version = timeline.version(posted)
        own = f"-{posted:x}" if self.feed.stamped or self.feed.wire in _DATED else ""
        since = posted if own else max(timeline.changed_at(version), 0)
        return Edition(posted, since, f"{_short(self.feed.slug)}-{version:x}{own}")

    def rows(self, edition: Edition, *, whole: bool = False) -> Rows:
        """The rows that the list has, cut at the feed's cap."""
        rows = self.reader.timeline.listed(edition.posted, whole=whole)
        return rows if self.feed.list_cap is None else rows[: self.feed.list_cap]

    def printed(self, edition: Edition, rows: Rows, part: Part, *, total: int | None = None) -> Rendered:
        """The part of a list of these rows; `total` is declared instead of how many they are."""
        feed, count = self.feed, len(rows)
        end = count if part.count is None else min(count, part.first + part.count)
        here = rows[part.first : end]
        onward = page_path(feed, end) if end < count and len(here) else ""
        total = count if total is None else total
        stamp = f"<!-- made {instant(edition.posted).isoformat()} -->" if feed.stamped else ""
        sheet = Sheet(total if feed.declares_total else None, edition.posted, onward, stamp)
        body = self.shape.whole(self._lists.written(here, edition.posted), sheet)
        return Rendered(body, self.shape.media, edition, total, len(here), onward)

    def render(self, at: datetime, part: Part | None = None) -> Rendered:
        """The list, or a part of it, as published at `at`."""
        part = part or Part()
        edition = self.edition(at)
        return self.printed(edition, self.rows(edition, whole=part.whole), part)

    def detail(self, at: datetime, number: str) -> Rendered | None:
        """The page of one listed row, by its booking number; None when the list has none such."""
        edition = self.edition(at)
        numbers = getattr(self.reader, "number", None)
        if numbers is None:
            return None
        rows = self.rows(edition)
        found = rows[numbers[rows] == number][:1]
        if not len(found):
            return None
        sheet = Sheet(1 if self.feed.declares_total else None, edition.posted)
        body = self.shape.whole(self._details.written(found, edition.posted), sheet)
        return Rendered(body, self.shape.media, edition, 1, 1)

    def forget(self) -> None:
        """Drops the rows kept; they are written again when they are needed."""
        self._lists.forget()
        self._details.forget()

    @property
    def kept(self) -> int:
        """Bytes of the rows kept."""
        return self._lists.size + (0 if self._details is self._lists else self._details.size)


def render(feed: Feed, world: World, at: datetime, part: Part | None = None) -> Rendered:
    """What the source publishes at `at`; for more than one question keep a `Press`, which remembers."""
    return Press(world, feed).render(at, part)


def page_of(feed: Feed, number: int) -> Part:
    """The page of this number, from 0; everything where the feed has no pages."""
    return Part() if feed.paging is None else Part(number * feed.paging.size, feed.paging.size)


def page_path(feed: Feed, first: int) -> str:
    """The path of the page that begins with row `first`."""
    if feed.paging is None or first == 0:
        return feed.path
    number = first if feed.paging.by == "start" else first // feed.paging.size + 1
    return f"{feed.path}?{feed.paging.by}={number}"


class _Kept:
    """Written rows, each with the time during which it holds."""

    def __init__(self, reader: Reader, shape: Shape[Any], *, thin: bool) -> None:
        self._reader, self._shape, self._thin = reader, shape, thin
        self._texts: list[bytes] = []
        self.size = 0
        self.forget()

    def forget(self) -> None:
        count = len(self._reader.timeline.begins)
        self._texts = [b""] * count
        self._from = np.zeros(count, dtype=np.int64)
        self._until = np.zeros(count, dtype=np.int64)
        self.size = 0

    def written(self, rows: Rows, at: int) -> list[bytes]:
        stale = rows[(self._until[rows] <= at) | (self._from[rows] > at)]
        if len(stale):
            self._write(stale, at)
        texts = self._texts
        return [texts[row] for row in rows.tolist()]

    def _write(self, rows: Rows, at: int) -> None:
        timeline, write, thin = self._reader.timeline, self._shape.row, self._thin
        self._from[rows] = at
        self._until[rows] = timeline.until(rows, at)
        for row, said in zip(rows.tolist(), self._reader.said(rows, at), strict=True):
            text = memoryview(write(said, thin=thin)).tobytes()  # JSON comes in a buffer much larger than the text
            self.size += len(text) - len(self._texts[row])
            self._texts[row] = text


def _short(slug: str) -> str:
    return blake2b(slug.encode(), digest_size=4).hexdigest()
