"""What a manifest declares of custody, as the rule by which events are concluded."""

from eyre.custody.rule import CustodyRule
from eyre.sources.manifest import Manifest


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
    )
