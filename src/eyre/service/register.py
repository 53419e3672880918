"""Making a source known to the store from its manifest."""

import hashlib

from eyre.sources.manifest import Manifest
from eyre.store.open_store import Store
from eyre.store.sources import RegisteredSource, manifest_hash_of, register_source


def register_manifest(store: Store, manifest: Manifest) -> None:
    """Registers the source, or brings it up to date; one that is known by the very same manifest costs a lookup."""
    text = manifest.model_dump_json(exclude_defaults=True)
    digest = hashlib.sha256(text.encode()).digest()
    with store.writer.connection() as writer:
        if manifest_hash_of(writer, manifest.id) == digest:
            return
    declared = RegisteredSource(
        id=manifest.id,
        publisher=manifest.publisher,
        jurisdiction=manifest.jurisdiction,
        terms_ref=manifest.terms,
        record_classes=(manifest.kind,),
        manifest_hash=digest,
        manifest=manifest.model_dump(mode="json", exclude_defaults=True),
    )
    with store.writer.connection() as writer:
        register_source(writer, declared)
