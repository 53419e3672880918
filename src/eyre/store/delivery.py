"""What is handed to the store with a delivery, and what it answers."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np

from eyre.clock import to_text
from eyre.model.field_group import FieldGroup
from eyre.model.record import Record
from eyre.store.blobs.blob_files import Blob

KEY = np.dtype([("key", "<i8"), ("groups", "<i4")])
"""A blocking key, a signed 64-bit hash, and every field group that it was built from, as `Made.keys` has them."""


class Made(NamedTuple):
    """What the resolution model makes of a record: its blocking keys, each distinct one once, as the bytes of `KEY`s;
    and what is compared of it (`resolve.pack_features`)."""

    keys: bytes
    features: bytes


NOTHING_MADE = Made(b"", b"")


def packed_keys(keys: Iterable[tuple[int, FieldGroup]]) -> bytes:
    """Keys as `Made` has them, of pairs."""
    return np.unique(np.array([(key, int(groups)) for key, groups in keys], dtype=KEY)).tobytes()


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file or message of a source. `content_hash` (SHA-256 of its bytes) makes it the same one when it comes again;
    `as_of` is the instant for which it speaks, `received_at` when it came, both in UTC; `length` in bytes. `declared`
    is the hash of the manifest that it was read by; when given, the source must be registered by that one. `anew`: the
    same bytes at another instant are another delivery, as snapshots are. `blobs` are its pages, where they are kept."""

    source: str
    content_hash: bytes
    as_of: datetime
    received_at: datetime
    length: int
    parser_version: str
    declared: bytes = b""
    anew: bool = False
    blobs: tuple[Blob, ...] = ()

    @property
    def id(self) -> int:
        """A 63-bit number made of source and content, so that it does not depend on the order of arrival."""
        said = self.source.encode() + b"\0" + self.content_hash
        if self.anew:
            said += b"\0" + to_text(self.as_of).encode()
        digest = hashlib.sha256(said).digest()
        return int.from_bytes(digest[:8], "big") >> 1


@dataclass(frozen=True, slots=True)
class KeyedRecord:
    """A record, and what the resolution model makes of it; it was made of `rows` rows."""

    record: Record
    made: Made = NOTHING_MADE
    rows: int = 1


@dataclass(frozen=True, slots=True)
class QuarantinedRow:
    """A row that could not be taken, as it came. `record_key` is the source's key, if it could be told at all, so that
    purging the record purges this too."""

    place: str
    raw: str
    reasons: tuple[str, ...]
    record_key: str = ""
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Reworded:
    """A record that says something else: what it said of name and birth `before`, and what it says of them `now`, each
    by the numbers of their field groups. Holds personal data: it is looked at within the transaction, and never written
    anywhere."""

    record: int
    before: Mapping[str, Any] = field(repr=False)
    now: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a delivery went, in rows: `rows_in == accepted + quarantined + ignored`, where `ignored` includes rows
    of purged records. `changed` are the ids of the records that now say something else than before; those that are no
    more are among them. `known` means that the very same delivery was there already; nothing was changed and the counts
    are those of the first time (`changed` is empty). `kept` tells whether the delivery names its blobs: one in which a
    purged record stands does not. `reworded` are those of the changed that said something else before, where they are
    few."""

    delivery: int
    known: bool
    rows_in: int
    accepted: int
    quarantined: int
    ignored: int
    changed: tuple[int, ...] = field(default=(), repr=False)
    kept: bool = False
    reworded: tuple[Reworded, ...] = field(default=(), repr=False, compare=False)
