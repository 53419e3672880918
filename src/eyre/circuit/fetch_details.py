"""Asking for the pages of single rows: of those that are new or changed, and of the others in their turn."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from eyre.circuit.tools import Tools
from eyre.service.known_rows import last_seen
from eyre.sources.detail_pages import detail_url, digested_rows, has_its_turn
from eyre.sources.fetch_rule import Detail, Fetch
from eyre.sources.manifest import Manifest
from eyre.sources.transports.fetch_http import fetch_page
from eyre.sources.transports.fetched import FetchError, TroubleKind

_OF_THE_ROW = (TroubleKind.NOT_FOUND, TroubleKind.REFUSED, TroubleKind.BROKEN_OFF)


@dataclass(frozen=True, slots=True)
class Details:
    """Pages of single rows by the rows' digests; `complete` if there is one for each new row."""

    pages: Mapping[bytes, bytes]
    complete: bool


def fetch_details(tools: Tools, manifest: Manifest, fetch: Fetch, pages: tuple[bytes, ...]) -> Details | None:
    """The page of each new row of a list, and of those known ones whose turn it is (`fetch.detail.again_hours`);
    nothing where the source has no such pages.

    At most as many as the manifest allows in one ride, the new ones first; the rest comes with the next rides, of known
    ones in their next turn. A page that is not there, and all others once the server is busy, are left too.
    """
    if fetch.detail is None:
        return None
    pause = 0.0 if fetch.agreed else tools.robots.delay(tools.client, fetch, tools.clock())
    new, again = _to_ask(tools, manifest, fetch.detail, pages)
    found: dict[bytes, bytes] = {}
    for digest, page in _asked(tools, manifest, fetch, pause, {**new, **again}):
        found[digest] = page
    return Details(found, new.keys() <= found.keys())


def _to_ask(
    tools: Tools, manifest: Manifest, detail: Detail, pages: tuple[bytes, ...]
) -> tuple[dict[bytes, str | None], dict[bytes, str | None]]:
    """The addresses of the new rows' pages, and of those whose turn it is, by digest."""
    seen, now = last_seen(tools.store, manifest), tools.clock()
    new: dict[bytes, str | None] = {}
    again: dict[bytes, str | None] = {}
    for digest, row in digested_rows(manifest, pages, tools.store.record_key):
        if seen is None or digest not in seen.digests:
            new.setdefault(digest, detail_url(detail.url, row.values))
        elif detail.again is not None and has_its_turn(digest, seen.at, now, detail.again):
            again.setdefault(digest, detail_url(detail.url, row.values))
    return new, again


def _asked(
    tools: Tools, manifest: Manifest, fetch: Fetch, pause: float, addresses: Mapping[bytes, str | None]
) -> Iterator[tuple[bytes, bytes]]:
    asked = 0
    for digest, url in addresses.items():
        if url is None:
            continue
        if fetch.detail is None or asked == fetch.detail.at_most:
            return
        if asked and pause:
            time.sleep(pause)
        asked += 1
        try:
            yield digest, fetch_page(tools.client, url, fetch, manifest.limits)
        except FetchError as error:
            if error.kind not in _OF_THE_ROW:
                return
