"""An invented state, up and on the schedule: its jails, prisons, courts and offices publish, in simulated time."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from eyre.circuit.pace import first_due, pace_of
from eyre.errors import InputError
from eyre.service.list_sources import stored_sources
from eyre.service.ride_board import put_on_schedule
from eyre.service.source_status import source_statuses
from eyre.sim.draw_world import draw_world
from eyre.sim.faults.fault import NO_FAULTS, Faults
from eyre.sim.feeds.feed import Door, Feed
from eyre.sim.feeds.feed_of import feeds_of
from eyre.sim.serve.in_thread import serve_in_thread
from eyre.sim.serve.manifest_at import manifest_at
from eyre.sim.serve.setup import Setup
from eyre.sim.serve.sim_clock import SimClock
from eyre.sources.manifest import Manifest
from eyre.store.open_store import Store

BEGINS = datetime(2026, 6, 1, 13, tzinfo=UTC)
SLUGS = "inv_"
"""Every source of the country bears a name that begins so."""
_SEED = 7
_SHARE = 0.7  # of a state: some forty jails
_DAYS = 60
QUARTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Country:
    """What publishes, by source, and the time that it is there."""

    manifests: Mapping[str, Manifest]
    clock: SimClock


@contextmanager
def invented_country(store: Store, *, speed: float, faults: bool) -> Iterator[Country]:
    """The country, `speed` times as fast as the world; its sources are on the schedule. Its time goes on where the
    store's last look at it was.

    Raises `InputError` EYRE-402 where the store holds sources of somebody else, or the country's time is over.
    """
    others = [source for source in stored_sources(store) if not source.startswith(SLUGS)]
    if others:
        raise InputError(
            f"the store holds `{others[0]}`, which is no source of the invented country",
            remedy="keep invented people apart from real ones: give the country a place of its own, --data-dir",
            code="EYRE-402",
        )
    looks = (status.looked_at for status in source_statuses(store, now=BEGINS))
    start = max([BEGINS, *(at for at in looks if at is not None)])
    if start > BEGINS + timedelta(days=_DAYS - 1):
        raise InputError(
            f"the invented country's {_DAYS} days are over", remedy="begin anew in another --data-dir", code="EYRE-402"
        )
    world = draw_world(_SEED, begins=BEGINS, days=_DAYS, states=1, share=_SHARE)
    feeds = [feed for feed in feeds_of(world, _SEED) if _is_ridden(feed)]
    clock = SimClock(start, speed=speed, monotonic=time.monotonic)
    setup = Setup(Faults() if faults else NO_FAULTS, sftp=False)
    with serve_in_thread(world, feeds, clock, setup) as served:
        manifests = {feed.slug: manifest_at(feed, served.address(feed)) for feed in feeds}
        first = {source: first_due(source, pace_of(each), BEGINS) for source, each in manifests.items()}
        put_on_schedule(store, [(each, QUARTER, first[source]) for source, each in manifests.items()])
        yield Country(manifests, clock)


def _is_ridden(feed: Feed) -> bool:
    """Those that are had by HTTP."""
    return feed.door is Door.HTTP
