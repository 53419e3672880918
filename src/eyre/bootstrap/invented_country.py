"""An invented state, up and on the schedule: its jails, prisons, courts and offices publish, in simulated time."""

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from eyre.bootstrap.clock import now
from eyre.circuit.pace import first_due, pace_of
from eyre.errors import InputError
from eyre.service.ride_board import put_on_schedule
from eyre.service.source_status import source_statuses
from eyre.sim.draw_world import draw_world
from eyre.sim.faults.fault import NO_FAULTS, Faults
from eyre.sim.feeds.feed import Door
from eyre.sim.feeds.feed_of import feeds_of
from eyre.sim.serve.in_thread import serve_in_thread
from eyre.sim.serve.manifest_at import manifest_at
from eyre.sim.serve.push import Listener
from eyre.sim.serve.run import Served
from eyre.sim.serve.setup import Setup
from eyre.sim.serve.sim_clock import SimClock
from eyre.sources.manifest import Manifest
from eyre.sources.transports.fetch_sftp import SftpKeys
from eyre.store.open_store import Store

BEGINS = datetime(2026, 6, 1, 13, tzinfo=UTC)
"""A Monday, at eight or nine in the morning."""
SLUGS = "inv_"
"""Every source of the country bears a name that begins so."""
QUARTER = timedelta(minutes=15)
_SEED = 7
_SHARE = 1.2  # of a fiftieth of the country: 68 jails, where a state has 57 on average
_DAYS = 60
_KEEP_UP = 0.1  # seconds between two looks whether something is to be dropped or pushed


@dataclass(frozen=True)
class Country:
    """What publishes, by source, and the time that it is there, which stands until it is told to `go`; the keys for
    the servers that are asked by SFTP; those that push, and what has them send everybody whom they hold."""

    manifests: Mapping[str, Manifest]
    clock: SimClock
    sftp_keys: SftpKeys
    pushing: Sequence[str]
    introduce: Callable[[], None]

    def files_clock(self) -> datetime:
        """By which files that are dropped are as old as they are: they are written now and dated in the country's
        time."""
        return max(now(), self.clock())


def is_of_the_country(source: str) -> bool:
    """Whether a source is one of the country's."""
    return source.startswith(SLUGS)


@contextmanager
def invented_country(store: Store, to: Listener, *, faults: bool) -> Iterator[Country]:
    """The country; its sources are on the schedule, each through its own door. Its time begins where the store's last
    look at it was.

    Raises `InputError` EYRE-402 where the country's time is over.
    """
    looks = (status.looked_at for status in source_statuses(store, now=BEGINS))
    start = max([BEGINS, *(at for at in looks if at is not None)])
    if start > BEGINS + timedelta(days=_DAYS - 1):
        raise InputError(
            f"the invented country's {_DAYS} days are over", remedy="begin anew in another --data-dir", code="EYRE-402"
        )
    world = draw_world(_SEED, begins=BEGINS, days=_DAYS, states=1, share=_SHARE)
    feeds = feeds_of(world, _SEED)
    clock = SimClock(start, speed=0, monotonic=time.monotonic)
    with tempfile.TemporaryDirectory(prefix="eyre-country-") as name:
        folder = Path(name)
        setup = Setup(
            Faults() if faults else NO_FAULTS,
            folder=folder / "dropped",
            push_to=to,
            keep_up=_KEEP_UP,
        )
        with serve_in_thread(world, feeds, clock, setup) as running:
            served = running.served
            manifests = {feed.slug: manifest_at(feed, served.address(feed)) for feed in feeds}
            _schedule(store, list(manifests.values()))
            pushing = [feed.slug for feed in feeds if feed.door is Door.PUSH]
            yield Country(manifests, clock, _keys(served, folder), pushing, running.introduce)


def _schedule(store: Store, manifests: Sequence[Manifest]) -> None:
    """All are due at once for the first time, and evenly spread from then on."""
    paces = {each.id: pace_of(each) for each in manifests}
    due = {source: first_due(source, pace, BEGINS - pace.least) for source, pace in paces.items()}
    put_on_schedule(store, [(each, QUARTER, due[each.id]) for each in manifests])


def _keys(served: Served, folder: Path) -> SftpKeys:
    door = served.sftp
    if door is None:
        raise ValueError("the country is served without its SFTP server")
    keys = SftpKeys(folder / "known_hosts", folder / "key")
    keys.known_hosts.write_text(door.known_host, encoding="utf-8")
    key = folder / "key"
    key.touch(mode=0o600)
    key.write_text(door.client_key, encoding="utf-8")
    return keys
