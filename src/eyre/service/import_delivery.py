"""Taking a delivery in: parse, make keys, store; one transaction for the whole of it."""

import logging
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from eyre.clock import in_utc
from eyre.errors import SourceError
from eyre.model.issue import Issue
from eyre.resolve.model import Model
from eyre.service.keep_raw import keep_raw_file, let_go
from eyre.service.parser_version import PARSER_VERSION
from eyre.service.read_delivery import DeliveryReading, Progress, refused_issue
from eyre.service.register import register_manifest
from eyre.sources.manifest import Manifest
from eyre.sources.plan import plan_of
from eyre.store.begin_delivery import UnregisteredError
from eyre.store.blobs.blob_files import blob_of
from eyre.store.commit_delivery import Delivered, commit_delivery, refuse_delivery
from eyre.store.delivery import Delivery, Outcome
from eyre.store.open_store import Store, Writer

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Received:
    """Bytes that came from a source: the instant that they speak for and the instant at which they came, in UTC."""

    data: BinaryIO | bytes
    as_of: datetime
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a delivery, counted in rows: `rows_in == accepted + quarantined + ignored`, always.

    `known`: the very same delivery had been taken before, nothing was changed. `changed` counts records that now say
    something else. `dropped` counts by kind what is never taken; `issues` concern rows and the whole; `complete` is
    false when the delivery ended early. The last three are empty for a known delivery.
    """

    source: str
    known: bool
    rows_in: int
    accepted: int
    quarantined: int
    ignored: int
    changed: int
    dropped: dict[str, int] = field(default_factory=dict)
    issues: tuple[Issue, ...] = ()
    complete: bool = True


def import_delivery(
    store: Store, manifest: Manifest, received: Received, model: Model, *, progress: Progress | None = None
) -> Imported:
    """Takes one delivery of the source that `manifest` declares, whole or not at all.

    The same delivery again changes nothing. Raises `SourceError` for one that cannot be read, and notes the refusal;
    `NoRoomError` where its bytes cannot be kept.
    """
    content = BytesIO(received.data) if isinstance(received.data, bytes) else received.data
    counted = blob_of(content)
    blobs = keep_raw_file(store, content, counted)
    as_of, received_at = in_utc(received.as_of), in_utc(received.received_at)
    declared = plan_of(manifest).digest
    delivery = Delivery(
        manifest.id, counted.sha256, as_of, received_at, counted.length, PARSER_VERSION, declared, blobs=blobs
    )
    reading = DeliveryReading(manifest, content, as_of, model, progress)
    delivered = Delivered(())
    delivered.records = reading.records(delivered)
    with store.writer.connection() as writer:
        try:
            outcome = _commit(store, writer, manifest, delivery, delivered)
        except SourceError as error:
            refuse_delivery(writer, delivery, [refused_issue(error)])
            raise
        let_go(store, writer, outcome, blobs)
    summary = None if outcome.known else reading.summary
    _log.info("a delivery of `%s`: %d rows in, %d accepted", manifest.id, outcome.rows_in, outcome.accepted)
    return Imported(
        source=manifest.id,
        known=outcome.known,
        rows_in=outcome.rows_in,
        accepted=outcome.accepted,
        quarantined=outcome.quarantined,
        ignored=outcome.ignored,
        changed=len(outcome.changed),
        dropped=dict(summary.dropped) if summary else {},
        issues=() if outcome.known else tuple(delivered.issues),
        complete=summary.complete if summary else True,
    )


def _commit(store: Store, writer: Writer, manifest: Manifest, delivery: Delivery, delivered: Delivered) -> Outcome:
    """The source is registered first, where it is not known by the very same manifest."""
    try:
        return commit_delivery(writer, delivery, delivered, record_key=store.record_key)
    except UnregisteredError:
        register_manifest(store, manifest)
        return commit_delivery(writer, delivery, delivered, record_key=store.record_key)
