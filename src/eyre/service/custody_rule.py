"""What a manifest declares of custody, as the rule by which events are concluded."""

from datetime import timedelta

from eyre.custody.rule import CustodyRule
from eyre.sources.manifest import Manifest

NEVER_AGAIN = timedelta(days=36_525)
"""Longer than anybody is held: for a page that is read once."""


def custody_rule(manifest: Manifest) -> CustodyRule:
    """The rule of the source."""
    told = manifest.custody
    return CustodyRule(
        kind=manifest.kind,
        release=manifest.release_signal,
        zone=manifest.zone,
        window=told.window,
        confirm=told.confirm,
        most_shrink=told.most_shrink,
        list_cap=told.list_cap,
        lag=told.lag,
        unread=_unread(manifest),
    )


def _unread(manifest: Manifest) -> timedelta:
    detail = manifest.fetch.detail if manifest.fetch is not None else None
    if detail is None:
        return timedelta(0)
    return detail.again or NEVER_AGAIN
