"""How the circuit goes: which sources are on time, late, down or drifting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from eyre.store.events import count_events
from eyre.store.open_store import Store
from eyre.store.source_states import SourceState, source_states
from eyre.store.writing import writing

GRACE = timedelta(seconds=30)
"""A ride that is not made half a minute after it was due is late."""
DOWN_AFTER = 3
"""So many failures in a row are no accident."""


class Standing(StrEnum):
    """How a source stands, the worst that is true of it first."""

    DOWN = "down"
    DRIFTING = "drifting"
    LATE = "late"
    ON_TIME = "on time"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """A source: how it stands and why, when it was last looked at and last seen whole, how many rows it lists, when it
    is due and how often (seconds) it is asked."""

    source: str
    standing: Standing
    why: str
    looked_at: datetime | None
    complete_at: datetime | None
    rows: int | None
    next_due: datetime
    every_seconds: int
    failures: int


@dataclass(frozen=True, slots=True)
class CircuitStatus:
    """All sources as of `at` (UTC): how many stand how, the rows that they list, the events that are believed, and the
    most that a ride is overdue, in seconds."""

    at: datetime
    standings: dict[str, int]
    rows: int
    events: dict[str, int]
    lag_seconds: float
    sources: tuple[SourceStatus, ...]


def circuit_status(store: Store, *, now: datetime) -> CircuitStatus:
    """How the circuit goes at `now`."""
    with writing(store) as writer:
        states = source_states(writer)
        events = count_events(writer)
    sources = tuple(status_of(state, now) for state in states)
    counts = {each.value: sum(source.standing is each for source in sources) for each in Standing}
    return CircuitStatus(
        at=now,
        standings=counts,
        rows=sum(source.rows or 0 for source in sources),
        events=events,
        lag_seconds=_lag(states, now),
        sources=sources,
    )


def status_of(state: SourceState, now: datetime) -> SourceStatus:
    """How one source stands at `now`."""
    ride = state.ride
    standing, why = _standing(state, now)
    return SourceStatus(
        source=ride.source,
        standing=standing,
        why=why,
        looked_at=state.looked_at,
        complete_at=state.complete_at,
        rows=state.rows,
        next_due=ride.next_due,
        every_seconds=round(ride.every.total_seconds()),
        failures=ride.failures,
    )


def _standing(state: SourceState, now: datetime) -> tuple[Standing, str]:
    ride = state.ride
    if ride.failures >= DOWN_AFTER:
        return Standing.DOWN, ride.trouble
    if state.complete is False:
        return Standing.DRIFTING, state.reason or ""
    if state.issues:
        return Standing.DRIFTING, f"{state.issues} issues, first {state.issue}"
    if not ride.leased and now - ride.next_due > GRACE:
        return Standing.LATE, "no worker took it"
    if ride.failures:
        return Standing.LATE, ride.trouble
    return (Standing.ON_TIME, "") if ride.answered_at else (Standing.NEW, "")


def _lag(states: Sequence[SourceState], now: datetime) -> float:
    waits = [now - state.ride.next_due for state in states if not state.ride.leased]
    return max([wait.total_seconds() for wait in waits if wait > timedelta(0)], default=0.0)
