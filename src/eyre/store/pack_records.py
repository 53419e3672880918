"""Records turned into the rows that are staged, a chunk at a time."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from operator import attrgetter

import orjson

from eyre.clock import in_utc
from eyre.errors import StoreError
from eyre.ids import record_id
from eyre.model.parts import record_to_parts
from eyre.model.record import Operation, Record, RecordClass
from eyre.store.delivery import NOTHING_MADE, KeyedRecord, Made

_HASH_SIZE = 16
_BY_RECORD = attrgetter("record")

Bodies = list[tuple[int, bytes]]
"""Field group and JSON text of each part."""


@dataclass(slots=True)
class PackedRow:
    """One distinct thing said of one record in a chunk. `count` rows of the delivery said it."""

    record: int
    source_key: str
    terms_class: int
    content_hash: bytes
    first_as_of: datetime
    last_as_of: datetime
    place: str
    bodies: Bodies
    made: Made
    count: int = 1

    @property
    def size(self) -> int:
        """About how many bytes it takes to be sent."""
        made = len(self.made.keys) + len(self.made.features)
        return 300 + 2 * made + 4 * len(self.source_key) + sum(100 + len(body) for _, body in self.bodies)

    @property
    def deleted(self) -> bool:
        """Whether it says that the record is no more."""
        return not self.content_hash


@dataclass(frozen=True, slots=True)
class Packer:
    """What is needed to pack a source's records: the store's key and the source's terms classes."""

    record_key: bytes
    source: str
    classes: Mapping[RecordClass, int]

    def identify(self, source_key: str) -> int:
        """The id of the record that the source calls `source_key`."""
        return record_id(self.record_key, self.source, source_key)

    def pack(self, keyed: KeyedRecord) -> PackedRow:
        """One record's row. Raises `StoreError` for another source's record or a class that was not registered."""
        record = keyed.record
        if record.source != self.source or record.record_class not in self.classes:
            raise StoreError(
                f"a record of source `{record.source}` and class `{record.record_class}` in a delivery of "
                f"`{self.source}`",
                remedy="register the source with all record classes that its manifest declares",
            )
        bodies = [] if record.operation is Operation.DELETE else _bodies(record)
        as_of = in_utc(record.as_of)
        return PackedRow(
            record=self.identify(record.key),
            source_key=record.key,
            terms_class=self.classes[record.record_class],
            content_hash=b"" if record.operation is Operation.DELETE else _content_hash(record.record_class, bodies),
            first_as_of=as_of,
            last_as_of=as_of,
            place=record.place,
            bodies=bodies,
            made=NOTHING_MADE if record.operation is Operation.DELETE else keyed.made,
            count=keyed.rows,
        )


@dataclass(slots=True)
class Chunk:
    """Distinct rows by record and content, ordered by record; and rows whose record id is another's in the same chunk.
    `more`: others may come after them."""

    rows: list[PackedRow] = field(default_factory=list)
    collided: list[PackedRow] = field(default_factory=list)
    more: bool = False


def packed_chunks(packer: Packer, records: Iterable[KeyedRecord], size: int) -> Iterator[Chunk]:
    """`records` in chunks of `size`, what is said twice in one chunk put together. From the second chunk on, the next
    one is made by a thread while this one is used."""
    rest = iter(records)

    def make() -> Chunk | None:
        some = list(islice(rest, size))
        return one_chunk(packer, some, more=len(some) == size) if some else None

    first = make()
    if first is None:
        return
    if not first.more:
        yield first
        return
    with ThreadPoolExecutor(1) as thread:
        chunk: Chunk | None = first
        while chunk is not None:
            ahead = thread.submit(make)
            yield chunk
            chunk = ahead.result()


def one_chunk(packer: Packer, records: Iterable[KeyedRecord], *, more: bool = False) -> Chunk:
    """`records` as one chunk."""
    chunk = Chunk(more=more)
    known: dict[tuple[int, bytes], PackedRow] = {}
    names: dict[int, str] = {}
    for row in map(packer.pack, records):
        if names.setdefault(row.record, row.source_key) != row.source_key:
            chunk.collided.append(row)
        elif (earlier := known.get((row.record, row.content_hash))) is not None:
            _join(earlier, row)
        else:
            known[row.record, row.content_hash] = row
            chunk.rows.append(row)
    chunk.rows.sort(key=_BY_RECORD)  # so that what is near in an index is met together
    return chunk


def _join(earlier: PackedRow, row: PackedRow) -> None:
    earlier.count += row.count
    earlier.terms_class = min(earlier.terms_class, row.terms_class)
    earlier.first_as_of = min(earlier.first_as_of, row.first_as_of)
    earlier.last_as_of, earlier.place = max((earlier.last_as_of, earlier.place), (row.last_as_of, row.place))


def _bodies(record: Record) -> Bodies:
    parts = record_to_parts(record)
    return [(int(group), orjson.dumps(parts[group], option=orjson.OPT_SORT_KEYS)) for group in sorted(parts)]


def _content_hash(record_class: RecordClass, bodies: Bodies) -> bytes:
    said = b"".join([b"\0%d:%b" % part for part in bodies])
    return hashlib.blake2b(record_class.encode() + said, digest_size=_HASH_SIZE).digest()
