"""The raw rows of one page, for who does not take it in."""

from collections.abc import Iterator
from contextlib import closing

from eyre.sources.manifest import Manifest
from eyre.sources.opened_delivery import Notes, OpenedDelivery, spool
from eyre.sources.raw_row import RawRow
from eyre.sources.read_rows import read_rows


def page_rows(manifest: Manifest, page: bytes) -> Iterator[RawRow]:
    """The rows of `page`, headers and trailers left out. Raises `SourceError` for one that cannot be read."""
    notes = Notes()
    with closing(spool(page, manifest.limits, notes)) as file:
        delivery = OpenedDelivery(file, manifest.limits, manifest.encoding, frozenset(manifest.lists), (), notes)
        yield from (row for row in read_rows(delivery, manifest.format) if not row.skip)
