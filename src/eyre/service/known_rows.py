"""Which rows of a source say nothing new."""

import hashlib

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


def known_digests(store: Store, manifest: Manifest) -> frozenset[bytes]:
    """The digests of the rows of the latest look."""
    with writing(store) as writer:
        before = read_roster(writer, manifest.id)
    if before is None or before.made_with != made_with(manifest):
        return frozenset()
    return frozenset(each.tobytes() for each in before.listed.digests)
