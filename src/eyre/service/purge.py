"""Making it so that a record never was: sealing and expungement."""

from datetime import datetime

from eyre.clock import in_utc
from eyre.errors import StoreError
from eyre.service.conclude_again import conclude_again
from eyre.service.person_around import must_be_visible
from eyre.service.told_before import neighbours
from eyre.store.accepted import same_rows
from eyre.store.blobs.sweep_blobs import delete_unnamed
from eyre.store.delivery_blobs import names_blobs
from eyre.store.open_store import Store
from eyre.store.purge_record import purge_record
from eyre.store.reader import ReaderSession
from eyre.store.sources import sources_of_records


def purge(store: Store, session: ReaderSession, record: int, *, purged_at: datetime) -> int:
    """Erases every trace of `record` and refuses it for ever; every answer is as if it had never been.

    Bytes that somebody else wrote are not edited: of every delivery in which the record may have stood the raw bytes
    are deleted, whole. Tells of how many deliveries that is.

    Raises `NotFoundError` for a record that `session` does not show, and `StoreError` EYRE-213 where raw deliveries are
    kept and this process cannot reach them; then nothing was changed.
    """
    must_be_visible(session, [record])
    with store.writer.connection() as writer:
        if store.blobs is None and names_blobs(writer):
            raise StoreError(
                "raw deliveries of this store are kept, and it is not said where",
                remedy="name their directory with EYRE_BLOB_DIR, so that the record can be purged there too",
                code="EYRE-213",
            )
        with writer.transaction():
            others = {each for line in same_rows(writer, [record]) for each in line}
            for source, _ in sources_of_records(writer, [record]):
                others |= neighbours(writer, source, [record])
            purged = purge_record(writer, record, purged_at=in_utc(purged_at))
            conclude_again(writer, sorted(others - {record}))
        if store.blobs is not None:
            delete_unnamed(writer, store.blobs, purged.blobs)
    return purged.deliveries
