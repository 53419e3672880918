"""The source's own name for a record, from the manifest's identity keys."""

from collections.abc import Mapping

from eyre.model.issue import IssueCode
from eyre.sources.findings import Findings
from eyre.sources.manifest import BookingNumberScope, Manifest
from eyre.sources.read_name import tidy


def record_key(manifest: Manifest, values: Mapping[str, str], findings: Findings) -> str:
    """The values of the keys joined by `|` (escaped inside them), in the manifest's order.

    An empty key is an issue, except that a source without booking numbers may leave some of its keys empty. May hold
    personal data where a source has nothing better; the store keeps only its keyed hash.
    """
    told = {name: tidy(values.get(name, "")) for name in manifest.identity_keys}
    empty = [name for name, text in told.items() if not text]
    if empty and (manifest.booking_number_scope is not BookingNumberScope.ABSENT or len(empty) == len(told)):
        findings.fail(IssueCode.MISSING_FIELD, empty[0], "an identity key is empty")
    return "|".join(text.replace("\\", "\\\\").replace("|", "\\|") for text in told.values())
