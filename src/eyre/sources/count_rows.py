"""How many rows a page of a list has, without understanding them."""

from contextlib import closing

from eyre.errors import SourceError
from eyre.sources.manifest import Manifest
from eyre.sources.opened_delivery import Notes, OpenedDelivery, spool
from eyre.sources.read_rows import read_rows


def count_rows(manifest: Manifest, page: bytes) -> int:
    """The rows of `page`, headers and trailers left out; 0 for a page that cannot be read."""
    notes = Notes()
    try:
        with closing(spool(page, manifest.limits, notes)) as file:
            delivery = OpenedDelivery(file, manifest.limits, manifest.encoding, frozenset(manifest.lists), (), notes)
            return sum(not row.skip for row in read_rows(delivery, manifest.format))
    except SourceError:
        return 0
