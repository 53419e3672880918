"""When a source is asked again: sooner where it changes, later where it does not, within its publisher's bounds."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from eyre.sources.manifest import Manifest

USUAL = timedelta(minutes=15)
"""The sector's own norm: transaction files and roster scans come four times an hour."""
SOONER, LATER = 0.5, 1.25
"""What the time between two rides is multiplied by after a change, and after none: a busy roster is soon back at its
least, a quiet one takes seven rides to go from 15 minutes to an hour."""
FIRST_RETRY = timedelta(seconds=60)
"""A failure is looked at again after a minute, then two, four, …: half of all outages last less than an hour."""
MOST_DOUBLINGS = 6
JITTER = 0.02
"""Rides are moved by so much of their distance, so that sources that began together do not stay together."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The least and the most time between two rides."""

    least: timedelta
    most: timedelta


@dataclass(frozen=True, slots=True)
class Went:
    """How a ride went: whether it brought something new; or that it failed, how many had `failed_before` it in a row,
    and for how long the publisher asks to be left alone."""

    changed: bool = False
    failed: bool = False
    failed_before: int = 0
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """When the next ride is due, and how often rides are made from now on."""

    due: datetime
    every: timedelta


def pace_of(manifest: Manifest) -> Pace:
    """The bounds that the manifest declares; `USUAL` where it declares none."""
    if manifest.poll is None:
        return Pace(USUAL, USUAL)
    return Pace(timedelta(seconds=manifest.poll.min_seconds), timedelta(seconds=manifest.poll.max_seconds))


def first_due(source: str, pace: Pace, now: datetime) -> datetime:
    """The first ride: at a place within the least time that depends on the source alone, so that many sources that are
    scheduled at once are spread evenly."""
    return now + pace.least * _share(source)


def next_ride(source: str, pace: Pace, ridden: Next, went: Went, *, now: datetime) -> Next:
    """The ride after the one that was due at `ridden.due` and ended at `now`. Counted from when it was due, so that
    slow rides do not drift; rides that were missed are not made up for."""
    if went.failed:
        wait = min(FIRST_RETRY * 2 ** min(went.failed_before, MOST_DOUBLINGS), max(pace.most, FIRST_RETRY))
        wait = max(wait * _moved(source, now), went.retry_after or timedelta(0))
        return Next(now + wait, ridden.every)
    every = min(max(ridden.every * (SOONER if went.changed else LATER), pace.least), pace.most)
    due = ridden.due + every * _moved(source, ridden.due)
    return Next(due if due > now else now + every * _share(source), every)


def _moved(source: str, at: datetime) -> float:
    """Near one, by the source and the instant: the same ride is moved alike whoever makes it."""
    return 1 + JITTER * (2 * _share(f"{source} {at.isoformat()}") - 1)


def _share(text: str) -> float:
    """At least 0 and below 1."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=6).digest(), "big") / (1 << 48)
