"""What becomes of each row, and of the delivery."""

from collections.abc import Mapping
from dataclasses import dataclass

from eyre.model.issue import Issue
from eyre.model.record import Record


@dataclass(frozen=True, slots=True)
class Accepted:
    """A record, made of `rows` rows, with the warnings that it was taken with. `digest` is its row's, if asked for."""

    record: Record
    warnings: tuple[Issue, ...] = ()
    rows: int = 1
    digest: bytes = b""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """`rows` rows that could not be taken. `raw` is JSON of what was read, less what is never taken;
    see `quarantined_text`. `record_key` names the record that it would have been, where that can be told, so that a
    purge of the record reaches it here too."""

    place: str
    raw: str
    issues: tuple[Issue, ...]
    rows: int = 1
    record_key: str = ""


@dataclass(frozen=True, slots=True)
class Ignored:
    """`rows` rows that say nothing new: blank, header, trailer, or a row told twice in the same words."""

    place: str
    why: str
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Unchanged:
    """`rows` rows that say, word for word, what was known beforehand; not read any further. Counted as ignored."""

    place: str
    digest: bytes
    rows: int = 1


@dataclass(frozen=True, slots=True)
class DeliverySummary:
    """The last outcome of a delivery. Always `rows_in == accepted + quarantined + ignored`, counted in rows.

    `records` counts the records made (fewer than `accepted` where several rows tell one). `dropped` counts by kind
    what is never taken. `issues` concern the whole delivery. `complete` is false when the delivery ended early: its
    rows may be taken, but their absence from it says nothing, so that no drop-off may be inferred. `declared_total` is
    the publisher's own count of rows, `data_rows` how many there were.
    """

    rows_in: int
    accepted: int
    quarantined: int
    ignored: int
    records: int
    dropped: Mapping[str, int]
    issues: tuple[Issue, ...]
    complete: bool
    declared_total: int | None = None
    data_rows: int = 0
    ended_early: bool = False


RowOutcome = Accepted | Quarantined | Ignored | Unchanged
"""One for each row, or group of rows, in the order of the delivery."""
