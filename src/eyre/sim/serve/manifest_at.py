"""The manifest of a feed, with where it is fetched from a running server."""

import json
from typing import Any

from eyre.model.release_signal import ReleaseSignal
from eyre.sim.feeds.feed import Door, Feed, Posting, Validator, Wire
from eyre.sim.feeds.manifest_of import declared
from eyre.sources.manifest import Manifest

_TIMEOUT = 2.0
"""Seconds; the country answers within milliseconds, or by a fault never."""
_LAGS = {Posting.QUARTER: 15, Posting.HOURLY: 60, Posting.NIGHTLY: 1500}
"""How old a page may be that does not say when it was made, or whose rows have pages of their own, which do not; in
minutes. A night may be an hour longer."""
_NUMBERS = {Wire.JAILTRACKER: "ArrestNo", Wire.NEW_WORLD: "Booking Number"}
"""The field by which a row's own page is named, where a format has such pages."""
_RECONCILED = 24
"""Hours; once a day is what the sector's own full files come at."""
_AT_ONCE = 64
"""All of the country's sources stand behind one address; a real one has a host of its own."""


def manifest_at(feed: Feed, address: str) -> Manifest:
    """The manifest of `feed`, whose list or file is had at `address` (empty: it is pushed)."""
    body = declared(feed)
    fetch: dict[str, Any] = {"url": address or "push:", "at_once": _AT_ONCE, "timeout_seconds": _TIMEOUT}
    if feed.paging is not None and feed.door is Door.HTTP:
        by_number = feed.paging.by == "page"
        fetch["paging"] = {
            "parameter": feed.paging.by,
            "by": "number" if by_number else "index",
            "size": feed.paging.size,
            "first": int(by_number),
            "overlaps": not by_number,
        }
    if feed.detail:
        number = _NUMBERS[feed.wire]
        fetch["detail"] = {"url": f"{address}/{{{number}}}", "at_most": 20_000}
    if feed.release is ReleaseSignal.DELTA_FILE and feed.door in (Door.HTTP, Door.SFTP):
        folder, _, name = address.rpartition("/")
        whole = f"{address}?whole=1" if feed.door is Door.HTTP else f"{folder}/full-{name}"
        fetch["reconcile"] = {"url": whole, "hours": _RECONCILED}
    custody: dict[str, Any] = {}
    dates_itself = feed.validator in (Validator.LAST_MODIFIED, Validator.BOTH) and not feed.detail
    if not dates_itself and feed.posting in _LAGS:
        custody["lag_minutes"] = _LAGS[feed.posting]
    if feed.list_cap is not None:
        custody["list_cap"] = feed.list_cap
    if feed.rule.window is not None:
        custody["window_hours"] = feed.rule.window.total_seconds() / 3600
    return Manifest.model_validate_json(json.dumps(body | {"fetch": fetch, "custody": custody}))
