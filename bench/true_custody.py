"""What Eyre believes of the invented country's custody beside what truly happened there.

Explicit signals are scored by recall and precision: what a source told must be believed, at the told instant, and
nothing else. Inferred releases are scored by precision, by whether the true instant lies in the stated interval, and by
what caused each wrong one. A source's instants are those of its own clock, to the minute or the day that it tells.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta

import numpy as np

from eyre.ids import record_id
from eyre.model.custody_event import Basis, CustodyEvent, EventKind
from eyre.model.release_signal import ReleaseSignal
from eyre.sim.feeds.feed import Feed
from eyre.sim.feeds.manifest_of import manifest_of
from eyre.sim.feeds.posting import instant, microseconds
from eyre.sim.feeds.press import Press
from eyre.sim.feeds.read_stays import StayReader
from eyre.sim.feeds.shape import Sheet
from eyre.sim.world import NEVER, World
from eyre.sources.outcome import Accepted
from eyre.sources.parse_delivery import parse_delivery

_LINGERS = 40 * 86_400_000_000  # microseconds; no source lists a stay for longer after its end
_SETTLES = timedelta(days=1)
"""Ends of the first and the last day are not asked for: some were told before the first look, some are not yet."""
_ENDS = (EventKind.RELEASED, EventKind.TRANSFERRED, EventKind.MOVED_TO_SUPERVISION)


def stays_by_record(world: World, feed: Feed, press: Press, store_key: bytes) -> dict[int, list[int]]:
    """The stays (rows of the world) that each record of a source may be about, by the record's id. Several, where a
    source's own keys do not tell its stays apart."""
    if not isinstance(press.reader, StayReader):
        return {}
    rows = world.rows_of(world.stays, feed.publisher.facility)
    begins, ends = microseconds(world.begins), microseconds(world.ends)
    stays = world.stays
    left = np.minimum(stays.released[rows], stays.sealed[rows])
    seen = np.flatnonzero((stays.booked[rows] < ends) & (left > begins - _LINGERS))
    manifest = manifest_of(feed)
    found: dict[int, set[int]] = defaultdict(set)
    for at in (begins, ends):
        said = press.reader.said(seen, at)
        for row, each in zip(seen.tolist(), said, strict=True):
            body = press.shape.whole([press.shape.row(each)], Sheet(1, at, "", ""))
            for outcome in parse_delivery(manifest, body, as_of=instant(at)):
                if isinstance(outcome, Accepted):
                    found[record_id(store_key, feed.slug, outcome.record.key)].add(rows.start + row)
    return {record: sorted(every) for record, every in found.items()}


@dataclass
class Score:
    """Counts of one country."""

    explicit_told: int = 0
    explicit_believed: int = 0
    explicit_right: int = 0
    explicit_found: int = 0
    inferred: int = 0
    inferred_right: int = 0
    inside: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    outside: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Score") -> None:
        """Adds the counts of another source."""
        for each in fields(Score):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))


def score_source(
    world: World, feed: Feed, events: Sequence[CustodyEvent], stays_of: Mapping[int, list[int]], until: datetime
) -> Score:
    """Scores what is believed of one custody source when it was ridden until `until`."""
    score = Score()
    stays = world.stays
    if feed.release in (ReleaseSignal.EXPLICIT, ReleaseSignal.WINDOW):
        ended = {event.record for event in events if event.kind in _ENDS}
        found = {row for record in ended for row in stays_of.get(record, ())}
        told = told_ends(world, feed, world.begins + _SETTLES, until - _SETTLES)
        score.explicit_told, score.explicit_found = len(told), len(told & found)
        score.missed[f"{feed.posting.value} {feed.wire.value}"] = len(told - found)
    for event in events:
        if event.kind not in _ENDS:
            continue
        rows = stays_of.get(event.record, [])
        ends = [(int(stays.released[row]), int(stays.sealed[row])) for row in rows]
        if event.basis is Basis.INFERRED_DROP_OFF:
            score.inferred += 1
            low, high = microseconds(event.during.earliest), microseconds(event.during.latest)
            left = [min(end) for end in ends]
            if any(low < at <= high for at in left):
                score.inferred_right += 1
                score.inside += 1
            elif any(at <= high for at in left):
                score.inferred_right += 1
                score.outside[f"{feed.posting.value} {feed.wire.value}"] += 1
            else:
                score.wrong[f"{feed.posting.value} {feed.wire.value} {event.detail}"] += 1
        elif event.basis in (Basis.EXPLICIT, Basis.TRANSFERRED, Basis.MOVED_TO_SUPERVISION):
            score.explicit_believed += 1
            if any(end[0] <= microseconds(until) for end in ends):
                score.explicit_right += 1
            else:
                score.wrong[f"explicit {feed.wire.value}"] += 1
    return score


def told_ends(world: World, feed: Feed, since: datetime, until: datetime) -> set[int]:
    """The stays whose end a source that tells ends had told between its editions at `since` and `until`."""
    rows = world.rows_of(world.stays, feed.publisher.facility)
    released, sealed = world.stays.released[rows], world.stays.sealed[rows]
    told = (released > microseconds(since)) & (released <= microseconds(until)) & (released != NEVER)
    return {rows.start + int(row) for row in np.flatnonzero(told & (sealed > released))}
