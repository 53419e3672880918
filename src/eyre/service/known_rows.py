"""Which rows of a source say nothing new."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from eyre.service.parser_version import PARSER_VERSION
from eyre.sources.manifest import Manifest
from eyre.sources.plan import plan_of
from eyre.store.open_store import Store
from eyre.store.roster import read_roster
from eyre.store.writing import writing


def made_with(manifest: Manifest) -> bytes:
    """By what rows are understood: a hash of the manifest and of the parser. What was understood by another is read
    anew."""
    return hashlib.sha256(plan_of(manifest).digest + PARSER_VERSION.encode()).digest()


@dataclass(frozen=True, slots=True)
class LastSeen:
    """When a source was last looked at (UTC), and the digests of the rows of that look."""

    at: datetime
    digests: frozenset[bytes]


def last_seen(store: Store, manifest: Manifest) -> LastSeen | None:
    """The latest look; nothing where there was none, or it was understood with another manifest or parser."""
    with writing(store) as writer:
        before = read_roster(writer, manifest.id)
    if before is None or before.made_with != made_with(manifest):
        return None
    return LastSeen(before.at, frozenset(each.tobytes() for each in before.listed.digests))
