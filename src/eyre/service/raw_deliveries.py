"""The bytes that a source sent, as they came."""

from dataclasses import dataclass
from datetime import datetime
from typing import IO

from eyre.errors import NotFoundError, ViewError
from eyre.model.field_group import ALL_GROUPS
from eyre.service.open_view import view_for
from eyre.store.blobs.blob_error import BlobError
from eyre.store.delivery_blobs import KeptDelivery, kept_deliveries
from eyre.store.open_store import Store
from eyre.store.sources import classes_of_source
from eyre.store.writing import writing

_NOT_KEPT = "EYRE-611"


@dataclass(frozen=True, slots=True)
class RawDelivery:
    """A delivery whose bytes are kept: the instant for which it speaks and the one at which it came (UTC), how many
    pages and bytes it has, whether it was `committed` or `refused`, and how it went, in rows."""

    as_of: datetime
    received_at: datetime
    pages: int
    bytes: int
    outcome: str
    rows_in: int
    accepted: int
    quarantined: int
    ignored: int


def raw_deliveries(store: Store, source: str) -> tuple[RawDelivery, ...]:
    """Every kept delivery of `source`, the latest first. Tells nothing of what stands in them."""
    with writing(store) as writer:
        return tuple(_told(each) for each in kept_deliveries(writer, source))


def read_raw(
    store: Store, source: str, purpose: str, *, as_of: datetime | None = None
) -> tuple[RawDelivery, list[IO[bytes]]]:
    """The pages of the latest kept delivery of `source` that speaks for `as_of` or an earlier instant; close them.

    Bytes cannot be masked: `purpose` must see every field group of all that the source says, else `ViewError` EYRE-511.
    Raises `NotFoundError` EYRE-611 where nothing is kept, and `BlobError` for what cannot be read back.
    """
    view = view_for(store, purpose)
    with writing(store) as writer:
        classes = classes_of_source(writer, source)
        if not all(view.allows(each, ALL_GROUPS) for each in classes):
            raise ViewError(
                f"`{purpose}` does not see all that `{source}` says, and raw bytes cannot be masked",
                remedy="state a purpose whose terms allow it, such as `oversight`",
                code="EYRE-511",
            )
    kept = kept_delivery(store, source, as_of)
    return _told(kept), open_pages(store, kept)


def kept_delivery(store: Store, source: str, as_of: datetime | None) -> KeptDelivery:
    """The latest kept delivery of `source` that speaks for `as_of`, or for an earlier instant. Raises `NotFoundError`
    EYRE-611."""
    with writing(store) as writer:
        found = kept_deliveries(writer, source, as_of=as_of, most=1)
    if not found:
        raise NotFoundError(
            f"no raw delivery of `{source}` is kept for that instant or an earlier one",
            remedy=f"`eyre sources raw {source}` lists those that are",
            code=_NOT_KEPT,
        )
    return found[0]


def open_pages(store: Store, kept: KeptDelivery) -> list[IO[bytes]]:
    """The pages of a delivery, each proven to be what was kept. Raises `BlobError`."""
    blobs = store.blobs
    if blobs is None:
        raise BlobError(
            "raw deliveries of this store are kept, and it is not said where",
            remedy="name their directory with EYRE_BLOB_DIR",
        )
    opened: list[IO[bytes]] = []
    try:
        for page in kept.pages:
            opened.append(blobs.read(page))
    except BaseException:
        for each in opened:
            each.close()
        raise
    return opened


def _told(kept: KeptDelivery) -> RawDelivery:
    return RawDelivery(
        kept.as_of,
        kept.received_at,
        len(kept.pages),
        sum(page.length for page in kept.pages),
        kept.outcome,
        kept.rows_in,
        kept.accepted,
        kept.quarantined,
        kept.ignored,
    )
