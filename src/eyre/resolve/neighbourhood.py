"""What `resolve_around` asks of the records in a view: the one seam between resolution and where records are kept."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from eyre.model.judgement import Judgement
from eyre.model.person import Person
from eyre.resolve.layout import Int64


class Neighbourhood(Protocol):
    """The records that a view shows. An implementation filters nothing itself: what is hidden is not there."""

    def records_by_keys(self, keys: Int64) -> tuple[Int64, Int64]:
        """All (key, record) pairs for `keys`, in any order."""
        ...

    def persons(self, records: Int64) -> Mapping[int, Person]:
        """Who each of `records` is about, as far as visible; a record that is not visible is missing."""
        ...

    def judgements(self, records: Int64) -> Sequence[Judgement]:
        """Every judgement on any of `records`."""
        ...
