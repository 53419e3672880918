"""Every person of a view at once."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from eyre.model.field_group import PERSON_GROUPS
from eyre.model.person import Person
from eyre.resolve.judged import judged_pairs
from eyre.resolve.layout import Int32, Int64
from eyre.resolve.model import Model
from eyre.resolve.resolve_all import resolve_all
from eyre.resolve.said import said_by_persons
from eyre.store.ask_near import ask_sightings
from eyre.store.reader import ReaderSession


class RecordLine(NamedTuple):
    """A record's id, source, and what its source calls it (empty where identifiers are hidden)."""

    record: int
    source: str
    key: str


@dataclass(frozen=True)
class ResolvedView:
    """`records` by ascending id; `person[i]` is the row of the first record of row `i`'s person."""

    purpose: str
    records: tuple[RecordLine, ...]
    person: Int32
    candidate_pairs: int

    @property
    def persons(self) -> int:
        """How many persons the records make."""
        return len(np.unique(self.person))

    def sizes(self) -> dict[int, int]:
        """How many persons have how many records, by number of records."""
        sizes: Int64 = np.bincount(np.unique(self.person, return_counts=True)[1])
        return {size: int(many) for size, many in enumerate(sizes) if many}


def resolve_view(session: ReaderSession, model: Model) -> ResolvedView:
    """Reads every visible record once and resolves all of them."""
    lines: list[RecordLine] = []
    persons: list[Person] = []
    for batch in session.all_records(groups=PERSON_GROUPS):
        lines += [RecordLine(each.id, each.source, each.record_key) for each in batch]
        persons += [each.person for each in batch]
    row_of = {line.record: row for row, line in enumerate(lines)}
    judged = judged_pairs(session.judgements(list(row_of)), row_of)
    sightings = ask_sightings(session, np.array([line.record for line in lines], dtype=np.int64))
    resolution = resolve_all(said_by_persons(persons), model, judged, sightings)
    return ResolvedView(session.view.purpose, tuple(lines), resolution.person, resolution.candidates)
