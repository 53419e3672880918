"""Time as a value.

Nothing below `bootstrap` asks what time it is: an instant is passed in. Instants are aware and in UTC; a source's local
time is converted once, by the time zone that its manifest declares.
"""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives the current instant, aware, in UTC."""


def in_utc(moment: datetime) -> datetime:
    """The same instant in UTC. A naive `moment` is refused with `ValueError`, for it names no instant."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime names no instant")
    return moment.astimezone(UTC)


def to_text(moment: datetime) -> str:
    """RFC 3339 text of an instant, in UTC, to the microsecond: `2026-11-23T05:14:00.000000Z`."""
    return in_utc(moment).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
