"""What changed in belief lately, for whoever looks after the circuit: kinds and instants, no person's data."""

from dataclasses import dataclass
from datetime import datetime

from eyre.store.event_log import log_after
from eyre.store.open_store import Store
from eyre.store.writing import writing


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An entry of the log: its `number`, whether the event came to be believed (`noted`) or ceased to be, and what it
    was, between which instants it happened, and on what that rests."""

    number: int
    noted: bool
    record: int
    source: str
    kind: str
    earliest: datetime
    latest: datetime
    basis: str


def newest_events(store: Store, *, after: int, most: int) -> list[NewEvent]:
    """The last `most` entries behind the one of number `after`, in their order."""
    with writing(store) as writer:
        return [NewEvent(*row) for row in log_after(writer, after, most)]
