"""A ride: asking a source for what it has to say. What the schedule holds of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Claim:
    """A source that is ours for a while; `due` is when it was to be asked, `failures` how many rides failed in a row,
    `every` how often it is asked just now, `validators` what to ask with."""

    source: str
    fence: int
    due: datetime
    failures: int
    every: timedelta
    validators: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Finish:
    """How a ride went: when the source is due next and how often it is asked from now on; `trouble` why it failed, if
    it did; `changed` whether it told something new; `validators` to ask with, `None` to keep what is there."""

    next_due: datetime
    every: timedelta
    trouble: str = ""
    changed: bool = False
    validators: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class RideState:
    """A source's row of the schedule."""

    source: str
    next_due: datetime
    leased: bool
    failures: int
    trouble: str
    every: timedelta
    tried_at: datetime | None
    answered_at: datetime | None
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A source to be asked: `host` and how many requests it takes `at_once`, how often at first, and when first."""

    source: str
    host: str
    at_once: int
    every: timedelta
    first_due: datetime
