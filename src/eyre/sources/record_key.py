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
    told = [tidy(values.get(name, "")) for name in manifest.identity_keys]
    if not all(told) and (manifest.booking_number_scope is not BookingNumberScope.ABSENT or not any(told)):
        findings.fail(IssueCode.MISSING_FIELD, manifest.identity_keys[told.index("")], "an identity key is empty")
    whole = "|".join(told)
    return whole if "\\" not in whole and whole.count("|") < len(told) else "|".join(map(_escaped, told))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|")
