"""Reading a kept delivery again, by the manifest and the parser of today."""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from eyre.resolve.model import Model
from eyre.service.import_delivery import Received, import_delivery
from eyre.service.raw_deliveries import kept_delivery, open_pages
from eyre.service.take_messages import Messages, take_messages
from eyre.service.take_snapshot import Snapshot, take_snapshot
from eyre.sources.manifest import Manifest
from eyre.store.open_store import Store


@dataclass(frozen=True, slots=True)
class Reparsed:
    """The delivery that speaks for `as_of`, read again: its rows, and the number of records that say something else
    now. `known`: it had been taken before, and stands as it was."""

    source: str
    as_of: datetime
    known: bool
    rows_in: int
    changed: int


def reparse(store: Store, manifest: Manifest, model: Model, *, as_of: datetime | None = None) -> Reparsed:
    """Takes the latest kept delivery of the source that speaks for `as_of` or an earlier instant, as it would be taken
    if it came now. It keeps the instants for which it speaks and at which it came.

    A delivery that was refused is taken, if it can be read now; one that was taken changes nothing. Raises
    `NotFoundError` where nothing is kept, `BlobError`, and `SourceError` if it cannot be read now either.
    """
    kept = kept_delivery(store, manifest.id, as_of)
    with ExitStack() as opened:
        pages = [opened.enter_context(page) for page in open_pages(store, kept)]
        if len(pages) == 1 and kept.pages[0].sha256 == kept.content_hash and not manifest.pushes:
            received = Received(pages[0], kept.as_of, kept.received_at)  # type: ignore[arg-type] # a spooled file is one
            imported = import_delivery(store, manifest, received, model)
            return Reparsed(manifest.id, kept.as_of, imported.known, imported.rows_in, imported.changed)
        bodies = tuple(page.read() for page in pages)
    if manifest.pushes:
        taken = take_messages(store, manifest, Messages(b"".join(bodies), kept.as_of, kept.received_at), model)
    else:
        taken = take_snapshot(store, manifest, Snapshot(bodies, kept.as_of, kept.received_at), model)
    return Reparsed(manifest.id, kept.as_of, taken.known, taken.rows, len(taken.records))
