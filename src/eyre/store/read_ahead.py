"""The first records of a delivery, read before anything is asked of the database, so that few can be sent at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from eyre.errors import EyreError
from eyre.store.delivery import KeyedRecord


@dataclass(slots=True)
class ReadAhead:
    """`first` are records that were read, `rest` those that were not; iterated, it gives all. `failed`: what ended the
    reading, raised again where whoever iterates gets there."""

    first: list[KeyedRecord]
    rest: Iterator[KeyedRecord]
    whole: bool = False
    failed: EyreError | None = None

    def __iter__(self) -> Iterator[KeyedRecord]:
        """Every record, those that were read first."""
        yield from self.first
        if self.failed is not None:
            raise self.failed
        yield from self.rest


def read_ahead(records: Iterable[KeyedRecord], most: int) -> ReadAhead:
    """Reads up to `most` of `records`; `whole` tells whether those are all."""
    if isinstance(records, ReadAhead):
        return records
    ahead = ReadAhead([], iter(records))
    try:
        for record in ahead.rest:
            ahead.first.append(record)
            if len(ahead.first) == most:
                return ahead
        ahead.whole = True
    except EyreError as error:  # raised later, after what the database has to say first
        ahead.failed = error
    return ahead
