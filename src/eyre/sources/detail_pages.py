"""Pages for single rows: a list that tells only names, and a page for each row with the rest."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from eyre.errors import SourceError
from eyre.sources.manifest import Manifest
from eyre.sources.page_rows import page_rows
from eyre.sources.raw_row import RawRow
from eyre.sources.row_digest import row_digest

NOT_HAD = "its own page was not had"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def detail_url(pattern: str, values: Mapping[str, str]) -> str | None:
    """The address of a row's own page: `pattern` with its fields filled in; nothing where one of them is empty."""
    filled = pattern
    for name, value in values.items():
        mark = f"{{{name}}}"
        if mark in filled:
            if not value.strip():
                return None
            filled = filled.replace(mark, quote(value.strip(), safe=""))
    return None if "{" in filled else filled


def digested_rows(manifest: Manifest, pages: tuple[bytes, ...], key: bytes) -> Iterator[tuple[bytes, RawRow]]:
    """The rows of a list, each with its digest. A page that cannot be read ends it: whoever takes the list in says
    why."""
    for page in pages:
        try:
            for row in _rows(manifest, page):
                yield row_digest(row, key), row
        except SourceError:
            return


def has_its_turn(digest: bytes, since: datetime, now: datetime, every: timedelta) -> bool:
    """Whether the page of the row with this digest is to be asked for again between two instants: each row has its
    turn once in `every`, at a place within it that the digest alone decides, so that turns are spread evenly."""
    place = every * (int.from_bytes(digest[:6], "little") / (1 << 48))
    return (now - _EPOCH - place) // every > (since - _EPOCH - place) // every


def row_of_page(manifest: Manifest, page: bytes) -> RawRow | None:
    """The one row that a page of its own tells; nothing where it tells none, or cannot be read."""
    try:
        return next(_rows(manifest, page), None)
    except SourceError:
        return None


def _rows(manifest: Manifest, page: bytes) -> Iterator[RawRow]:
    return (row for row in page_rows(manifest, page) if not row.fault)
