"""What resolution asks of records, answered by a session under a view."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eyre.model.field_group import PERSON_GROUPS
from eyre.model.judgement import Judgement
from eyre.model.person import Person
from eyre.resolve.layout import Int64
from eyre.store.reader import ReaderSession


@dataclass(frozen=True, slots=True)
class SessionNeighbourhood:
    """A `Neighbourhood` of the records that `session` shows. Filters nothing: what is hidden is not there."""

    session: ReaderSession

    def records_by_keys(self, keys: Int64) -> tuple[Int64, Int64]:
        """All visible (key, record) pairs for `keys`."""
        return self.session.records_by_keys(keys)

    def persons(self, records: Int64) -> Mapping[int, Person]:
        """Who each of `records` is about; custody, charges and cases are not even asked for."""
        return {record: said.person for record, said in self.session.said(records, PERSON_GROUPS).items()}

    def judgements(self, records: Int64) -> Sequence[Judgement]:
        """The judgements on `records` whose both records are visible."""
        return self.session.judgements(records)
