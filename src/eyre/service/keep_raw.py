"""Keeping the raw bytes of a delivery, before anything is made of them."""

from collections.abc import Sequence
from typing import BinaryIO

from eyre.store.blobs.blob_files import Blob
from eyre.store.blobs.sweep_blobs import delete_unnamed
from eyre.store.delivery import Outcome
from eyre.store.open_store import Store, Writer


def keep_raw(store: Store, pages: Sequence[bytes]) -> tuple[Blob, ...]:
    """Keeps the pages of a delivery on disk, to be named when it is committed or refused. None where the store keeps no
    raw deliveries. Raises `NoRoomError`; then the delivery is not to be taken."""
    return () if store.blobs is None else tuple(store.blobs.keep(page) for page in pages)


def keep_raw_file(store: Store, content: BinaryIO, counted: Blob) -> tuple[Blob, ...]:
    """`keep_raw` of what is still to be read of a file that was `counted` already."""
    return () if store.blobs is None else (store.blobs.keep(content, counted),)


def let_go(store: Store, writer: Writer, outcome: Outcome, blobs: Sequence[Blob]) -> None:
    """Deletes the blobs of a delivery that does not name them, and nobody else does: a purged record stands in them, or
    the delivery had come before."""
    if store.blobs is not None and blobs and not outcome.kept:
        delete_unnamed(writer, store.blobs, [blob.sha256 for blob in blobs])
