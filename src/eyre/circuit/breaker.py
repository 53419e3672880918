"""A circuit breaker: a host that fails again and again is left alone for a while, with all of its sources."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

TRIPS_AFTER = 5
"""So many failures of one host in a row, whichever its sources."""
OPEN_FOR = timedelta(seconds=60)
"""Then one ride is let through, to see."""


@dataclass
class Breaker:
    """What a worker knows of its hosts; its threads share one."""

    _failures: dict[str, int] = field(default_factory=dict)
    _open_until: dict[str, datetime] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def lets_through(self, host: str, now: datetime) -> bool:
        """Whether `host` may be asked. After a pause the first who asks may; the others wait for how that goes."""
        with self._lock:
            until = self._open_until.get(host)
            if until is None:
                return True
            if now < until:
                return False
            self._open_until[host] = now + OPEN_FOR
            return True

    def note(self, host: str, now: datetime, *, failed: bool) -> None:
        """Takes how asking `host` went. An answer that only this source's is amiss with is no failure of its host."""
        with self._lock:
            if not failed:
                self._failures.pop(host, None)
                self._open_until.pop(host, None)
                return
            count = self._failures[host] = self._failures.get(host, 0) + 1
            if count >= TRIPS_AFTER:
                self._open_until[host] = now + OPEN_FOR

    def open_hosts(self, now: datetime) -> list[str]:
        """The hosts that are left alone just now."""
        with self._lock:
            return sorted(host for host, until in self._open_until.items() if now < until)
