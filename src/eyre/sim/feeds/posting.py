"""When a place last renewed what it publishes."""

from datetime import datetime, timedelta

from eyre.clock import in_utc
from eyre.sim.feeds.feed import Feed, Posting

MICROSECONDS = 1_000_000
_PERIODS = {Posting.QUARTER: 900 * MICROSECONDS, Posting.HOURLY: 3600 * MICROSECONDS}
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_TICK = timedelta(microseconds=1)


def microseconds(at: datetime) -> int:
    """Microseconds since 1970 in UTC, as the columns of a world have them."""
    return (in_utc(at) - _EPOCH) // _TICK


def instant(at: int) -> datetime:
    """The instant of so many microseconds since 1970, in UTC."""
    return _EPOCH + at * _TICK


def last_posting(feed: Feed, at: int) -> int:
    """The instant (microseconds) of what is published at `at`; for a live feed `at` itself, to the second."""
    if feed.posting is Posting.LIVE:
        return at - at % MICROSECONDS
    offset = feed.offset // _TICK
    if feed.posting is Posting.NIGHTLY:
        return _last_night(feed, at)
    period = _PERIODS[feed.posting]
    return at - (at - offset) % period


def next_posting(feed: Feed, at: int) -> int:
    """The first posting after `at`; for a live feed the next second."""
    if feed.posting is Posting.LIVE:
        return last_posting(feed, at) + MICROSECONDS
    if feed.posting is Posting.NIGHTLY:
        now = last_posting(feed, at)
        hours = range(22, 28)
        return next(night for hour in hours if (night := last_posting(feed, now + hour * 3600 * MICROSECONDS)) > at)
    return last_posting(feed, at) + _PERIODS[feed.posting]


def _last_night(feed: Feed, at: int) -> int:
    zone = feed.publisher.clock
    day = datetime.fromtimestamp(at // MICROSECONDS, zone).date()
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    tonight = microseconds(midnight + feed.offset)
    return tonight if tonight <= at else microseconds(midnight - timedelta(days=1) + feed.offset)
