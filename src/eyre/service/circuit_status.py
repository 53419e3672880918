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
    SILENT = "silent"
    DRIFTING = "drifting"
    LATE = "late"
    ON_TIME = "on time"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """A source: how it stands and why, when it was last looked at, or something of it last came where it sends, when it
    was last seen whole, how many rows it lists, when it is due and how often (seconds) it is asked; nothing of the
    latter where it sends."""

    source: str
    standing: Standing
    why: str
    looked_at: datetime | None
    complete_at: datetime | None
    rows: int | None
    next_due: datetime | None
    every_seconds: int | None
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
        source=state.source,
        standing=standing,
        why=why,
        looked_at=state.looked_at or (None if ride else state.heard_at),
        complete_at=state.complete_at,
        rows=state.rows,
        next_due=ride.next_due if ride else None,
        every_seconds=round(ride.every.total_seconds()) if ride else None,
        failures=ride.failures if ride else 0,
    )


def _standing(state: SourceState, now: datetime) -> tuple[Standing, str]:
    ride = state.ride
    if ride is not None and ride.failures >= DOWN_AFTER:
        return Standing.DOWN, ride.trouble
    if silence := _silence(state, now):
        return Standing.SILENT, silence
    if state.complete is False:
        return Standing.DRIFTING, state.reason or ""
    if state.issues:
        return Standing.DRIFTING, f"{state.issues} issues, first {state.issue}"
    if ride is None:
        return (Standing.ON_TIME, "") if state.heard_at else (Standing.NEW, "")
    if not ride.leased and now - ride.next_due > GRACE:
        return Standing.LATE, "no worker took it"
    if ride.failures:
        return Standing.LATE, ride.trouble
    return (Standing.ON_TIME, "") if ride.answered_at else (Standing.NEW, "")


def _silence(state: SourceState, now: datetime) -> str:
    """For how long nothing came, where that is longer than its publisher lets it be."""
    quiet = now - (state.heard_at or state.registered_at)
    if state.silent_after is None or quiet <= state.silent_after:
        return ""
    since = "nothing came" if state.heard_at else "nothing ever came"
    return f"{since} for {quiet.total_seconds():,.0f} s, {state.silent_after.total_seconds():,.0f} s are declared"


def _lag(states: Sequence[SourceState], now: datetime) -> float:
    waits = [now - state.ride.next_due for state in states if state.ride is not None and not state.ride.leased]
    return max([wait.total_seconds() for wait in waits if wait > timedelta(0)], default=0.0)
