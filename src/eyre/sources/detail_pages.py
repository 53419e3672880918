"""Pages for single rows: a list that tells only names, and a page for each row with the rest."""

from collections.abc import Container, Iterator, Mapping
from urllib.parse import quote

from eyre.errors import SourceError
from eyre.sources.manifest import Manifest
from eyre.sources.page_rows import page_rows
from eyre.sources.raw_row import RawRow
from eyre.sources.row_digest import row_digest

NOT_HAD = "its own page was not had"


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


def new_rows(
    manifest: Manifest, pages: tuple[bytes, ...], key: bytes, known: Container[bytes]
) -> Iterator[tuple[bytes, RawRow]]:
    """The rows of a list that are not `known`, each with its digest. A page that cannot be read ends it: whoever takes
    the list in says why."""
    for page in pages:
        try:
            for row in _rows(manifest, page):
                digest = row_digest(row, key)
                if digest not in known:
                    yield digest, row
        except SourceError:
            return


def row_of_page(manifest: Manifest, page: bytes) -> RawRow | None:
    """The one row that a page of its own tells; nothing where it tells none, or cannot be read."""
    try:
        return next(_rows(manifest, page), None)
    except SourceError:
        return None


def _rows(manifest: Manifest, page: bytes) -> Iterator[RawRow]:
    return (row for row in page_rows(manifest, page) if not row.fault)
