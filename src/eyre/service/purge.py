"""Making it so that a record never was: sealing and expungement."""

from datetime import datetime

from eyre.clock import in_utc
from eyre.errors import NotFoundError
from eyre.ids import format_record_id
from eyre.store.open_store import Store
from eyre.store.purge_record import purge_record


def purge(store: Store, record: int, *, purged_at: datetime) -> None:
    """Erases every trace of `record` and refuses it for ever. Raises `NotFoundError` when it was not there; it is
    refused from then on all the same."""
    with store.writer.connection() as writer:
        there = purge_record(writer, record, purged_at=in_utc(purged_at))
    if not there:
        raise NotFoundError(f"there is no record `{format_record_id(record)}`", remedy="check the id")
