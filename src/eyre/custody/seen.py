"""All that was seen of one source: its looks, and what they and its messages said of each record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from eyre.custody.look import LookFacts
from eyre.custody.run import Run, Stay


@dataclass(frozen=True, slots=True)
class Seen:
    """What a store holds of a source, as a value: a function of the set of snapshots and messages, not of their order.

    `facts` are one a look, ascending. `runs` are what snapshots said of a record, `told` what messages said, one run of
    one instant a message; both ascend, and no record has none. Messages are kept apart because a snapshot that is
    without a record takes it out of a run, and never takes a message back. The mappings are not to be changed.
    """

    facts: tuple[LookFacts, ...] = ()
    runs: Mapping[int, tuple[Run, ...]] = field(default_factory=dict)
    told: Mapping[int, tuple[Run, ...]] = field(default_factory=dict)

    def runs_of(self, record: int) -> tuple[Run, ...]:
        """Everything said of a record, as `events_of` takes it."""
        return self.runs.get(record, ()) + self.told.get(record, ())

    def records(self) -> frozenset[int]:
        """Every record of which something was said."""
        return frozenset(self.runs) | frozenset(self.told)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One snapshot: what it told of itself, and what it said of each record that it listed."""

    facts: LookFacts
    rows: Mapping[int, Stay]


@dataclass(frozen=True, slots=True)
class Message:
    """One message about one record; it says nothing of others. A delete message says `Stay(withdrawn=True)`."""

    at: datetime
    record: int
    stay: Stay
