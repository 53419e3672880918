"""Simulated time: moved by hand, or running from a start at some speed."""

from collections.abc import Callable
from datetime import datetime, timedelta

from eyre.clock import in_utc


def _still() -> float:
    return 0.0


class SimClock:
    """A clock of the invented country; itself a `Clock`, so that what takes one can take this.

    Without `monotonic` it stands until `advance` moves it. With it (`time.monotonic`, say) it also runs, `speed` times
    as fast as that counts seconds.
    """

    def __init__(self, start: datetime, *, speed: float = 1.0, monotonic: Callable[[], float] | None = None) -> None:
        """`start` is aware."""
        self._start = in_utc(start)
        self._seconds = monotonic or _still
        self._begun = self._seconds()
        self._runs = monotonic is not None
        self.speed = speed if self._runs else 0.0

    def now(self) -> datetime:
        """The simulated instant, in UTC."""
        return self._start + timedelta(seconds=(self._seconds() - self._begun) * self.speed)

    def __call__(self) -> datetime:
        """The same."""
        return self.now()

    def go(self, speed: float) -> None:
        """From now on it runs at another speed; without `monotonic` it goes on standing."""
        seconds = self._seconds()
        self._start += timedelta(seconds=(seconds - self._begun) * self.speed)
        self._begun = seconds
        self.speed = speed if self._runs else 0.0

    def advance(self, by: timedelta) -> datetime:
        """Moves the clock on, and gives its new instant. Refuses to go back with `ValueError`."""
        if by < timedelta(0):
            raise ValueError("simulated time goes only forward")
        self._start += by
        return self.now()
