"""Making it so that a record never was: sealing and expungement."""

from datetime import datetime

from eyre.clock import in_utc
from eyre.service.person_around import must_be_visible
from eyre.store.open_store import Store
from eyre.store.purge_record import purge_record
from eyre.store.reader import ReaderSession


def purge(store: Store, session: ReaderSession, record: int, *, purged_at: datetime) -> None:
    """Erases every trace of `record` and refuses it for ever; every answer is as if it had never been.

    Raises `NotFoundError` for a record that `session` does not show.
    """
    must_be_visible(session, [record])
    with store.writer.connection() as writer:
        purge_record(writer, record, purged_at=in_utc(purged_at))
