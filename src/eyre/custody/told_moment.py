"""A day or an instant that a source told, as an interval of instants."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from eyre.clock import in_utc
from eyre.model.custody_event import Interval

_DAY = len("2026-11-26")


def told_interval(text: str, zone: ZoneInfo) -> Interval | None:
    """An instant is itself at both ends; an ISO day is that day in `zone`, of 23 to 25 hours, to its last microsecond.
    `None` for empty text and for what is neither."""
    said = text.strip()
    try:
        if len(said) == _DAY:
            day = date.fromisoformat(said)
            end = _midnight(day + timedelta(days=1), zone) - timedelta(microseconds=1)
            return Interval(_midnight(day, zone), end)
        instant = in_utc(datetime.fromisoformat(said))
    except (ValueError, OverflowError):
        return None
    return Interval(instant, instant)


def not_after(told: Interval, seen: datetime) -> Interval:
    """A told day cut at the instant by which it was said to have happened; one that lies wholly later stays as told."""
    return Interval(told.earliest, min(told.latest, seen)) if told.earliest <= seen else told


def refines(one: Interval, other: Interval) -> bool:
    """Whether one lies within the other, so that the two tell the same moment more or less exactly."""
    return (one.earliest <= other.earliest and other.latest <= one.latest) or (
        other.earliest <= one.earliest and one.latest <= other.latest
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
