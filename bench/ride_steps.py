"""Riding the invented country step by step: at each, its time stands still until everything due is ridden."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import psycopg

STEP = timedelta(minutes=15)
_ASKED_AGAIN = 1.0  # seconds


@dataclass
class Board:
    """The schedule, seen by the owner over a connection of its own that no disturbance touches."""

    url: str
    _owner: psycopg.Connection | None = None
    _placed: dict[str, datetime] = field(default_factory=dict)
    _hurried_at: float = 0.0

    def begin(self, now: datetime) -> None:
        """Notes when what is due at `now` was due."""
        while (rows := self._ask("select source, next_due from eyre.ride where next_due <= %s", now)) is None:
            time.sleep(_ASKED_AGAIN)
        self._placed = dict(rows)

    def left(self, now: datetime) -> int | None:
        """How many rides are still to be made at `now`; nothing while the database is away.

        A ride that failed is made again at the same instant: in a minute, as the circuit has it, the page would speak
        of another one.
        """
        failed = self._ask("select source from eyre.ride where trouble <> '' and tried_at = %s", now)
        rows = self._ask("select count(*) from eyre.ride where next_due <= %s", now)
        if failed is None or rows is None:
            return None
        if failed and time.monotonic() - self._hurried_at > _ASKED_AGAIN:
            self._hurried_at = time.monotonic()
            for (source,) in failed:
                self._ask(
                    "update eyre.ride set next_due = %s, failures = 0 where source = %s and leased_until is null "
                    "and trouble <> '' and tried_at = %s returning source",
                    self._placed[source],
                    source,
                    now,
                )
        return int(rows[0][0]) + len(failed)

    def holds(self, worker: str) -> int | None:
        """How many leases `worker` holds; nothing while the database is away."""
        rows = self._ask("select count(*) from eyre.ride where leased_by = %s and leased_until is not null", worker)
        return None if rows is None else int(rows[0][0])

    def riding(self) -> set[str] | None:
        """The workers that hold a lease just now; nothing while the database is away."""
        rows = self._ask("select distinct leased_by from eyre.ride where leased_until > clock_timestamp()")
        return None if rows is None else {str(name) for (name,) in rows}

    def close(self) -> None:
        """Lets the connection go."""
        if self._owner is not None:
            self._owner.close()
            self._owner = None

    def _ask(self, query: str, *told: object) -> list[tuple[Any, ...]] | None:
        try:
            if self._owner is None:
                self._owner = psycopg.connect(self.url, autocommit=True, connect_timeout=3)
                self._owner.execute("set statement_timeout = '5s'")
            return self._owner.execute(query.encode(), told).fetchall()
        except psycopg.Error:
            self.close()
            return None


def ride_step(board: Board, now: datetime, meanwhile: Callable[[int | None], bool]) -> None:
    """Waits until nothing is due at `now` and `meanwhile`, which is told how much is, agrees to go on."""
    while True:
        left = board.left(now)
        goes_on = meanwhile(left)
        if left == 0 and goes_on:
            return
        time.sleep(0.03)
