"""The source's own name for a record, from the manifest's identity keys."""

import re
from collections.abc import Mapping

from eyre.model.issue import IssueCode
from eyre.sources.damaged_text import LONGEST_WORD
from eyre.sources.findings import Findings
from eyre.sources.manifest import BookingNumberScope, Manifest
from eyre.sources.read_name import tidy

_NO_KEY = re.compile(
    "[<>=^{}\xac\xa6\xa4\xaf\xb8\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ue000-\uf8ff\ufff9-\uffff]"
)


def record_key(manifest: Manifest, values: Mapping[str, str], findings: Findings) -> str:
    """The values of the keys joined by `|` (escaped inside them), in the manifest's order.

    An empty key is an issue, except that a source without booking numbers may leave some of its keys empty. May hold
    personal data where a source has nothing better; the store keeps only its keyed hash.
    """
    said = [values.get(name, "") for name in manifest.identity_keys]
    told = [tidy(text) for text in said]
    if not all(told) and (manifest.booking_number_scope is not BookingNumberScope.ABSENT or not any(told)):
        findings.fail(IssueCode.MISSING_FIELD, manifest.identity_keys[told.index("")], "an identity key is empty")
    for name, text in zip(manifest.identity_keys, said, strict=True):
        if len(text) > LONGEST_WORD and max(map(len, text.split()), default=0) > LONGEST_WORD:
            findings.fail(
                IssueCode.BAD_VALUE, name, f"an identity key has a word of more than {LONGEST_WORD} characters"
            )
        if not text.isalnum() and (_NO_KEY.search(text) or text.count("(") != text.count(")")):
            findings.fail(IssueCode.BAD_VALUE, name, "a sign stands in an identity key that none has: whose row is it?")
    whole = "|".join(told)
    return whole if "\\" not in whole and whole.count("|") < len(told) else "|".join(map(_escaped, told))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|")
