"""The pages of one list put together, where each begins with the row that the one before it ended with.

A list moves under who reads it in pages: a row that is taken off the first one draws all others up, and one of them is
on no page that is asked for. Pages that overlap show it.
"""

from collections.abc import Iterable, Iterator

from eyre.sources.manifest import Manifest
from eyre.sources.opened_delivery import Notes
from eyre.sources.raw_row import RawRow


class Seams:
    """Takes the pages of one list in their order; where they do not fit, the delivery's notes say so."""

    def __init__(self, manifest: Manifest, notes: Notes) -> None:
        paging = manifest.fetch.paging if manifest.fetch is not None else None
        self._overlaps = paging is not None and paging.overlaps
        self._keys = manifest.identity_keys
        self._notes = notes
        self._last: tuple[str, ...] | None = None

    def rows(self, number: int, rows: Iterable[RawRow]) -> Iterator[RawRow]:
        """The rows of page `number`, from 1, without the one that the page before it has told."""
        if not self._overlaps:
            yield from rows
            return
        first = number > 1
        for row in rows:
            if row.skip:
                yield row
                continue
            key = tuple(row.values.get(name, "") for name in self._keys)
            told = first and key == self._last
            if first and not told:
                self._notes.moved = f"page {number} does not begin with the last row of the page before it"
            first, self._last = False, key
            if not told:
                yield row
