"""Asking for the pages of single rows: of those that are new or changed, and of no others."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from eyre.circuit.tools import Tools
from eyre.service.known_rows import known_digests
from eyre.sources.detail_pages import detail_url, new_rows
from eyre.sources.fetch_rule import Fetch
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
    """The page of each new row of a list; nothing where the source has no such pages.

    At most as many as the manifest allows in one ride; the rest comes with the next ones. A page that is not there, and
    all others once the server is busy, are left for the next ride too.
    """
    if fetch.detail is None:
        return None
    pause = 0.0 if fetch.agreed else tools.robots.delay(tools.client, fetch, tools.clock())
    key = tools.store.record_key
    found: dict[bytes, bytes] = {}
    new: set[bytes] = set()
    asked, busy = 0, False
    for digest, row in new_rows(manifest, pages, key, known_digests(tools.store, manifest)):
        url = detail_url(fetch.detail.url, row.values)
        new.add(digest)
        if url is None or digest in found or busy or asked == fetch.detail.at_most:
            continue
        if asked and pause:
            time.sleep(pause)
        asked += 1
        try:
            found[digest] = fetch_page(tools.client, url, fetch, manifest.limits)
        except FetchError as error:
            busy = error.kind not in _OF_THE_ROW
    return Details(found, len(found) == len(new))
