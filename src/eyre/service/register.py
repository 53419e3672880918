"""Making a source known to the store from its manifest."""

from eyre.sources.manifest import Manifest
from eyre.store.at_once import at_once
from eyre.store.open_store import Store, Writer
from eyre.store.sources import RegisteredSource, manifest_hash_of, register_source


def register_manifest(store: Store, manifest: Manifest) -> None:
    """Registers the source, or brings it up to date."""
    declared = RegisteredSource(
        id=manifest.id,
        publisher=manifest.publisher,
        jurisdiction=manifest.jurisdiction,
        terms_ref=manifest.terms,
        record_classes=(manifest.kind,),
        manifest_hash=manifest.digest,
        manifest=manifest.model_dump(mode="json", exclude_defaults=True),
    )
    with store.writer.connection() as writer:
        register_source(writer, declared)


def ensure_registered(store: Store, manifest: Manifest, writer: Writer) -> None:
    """As `register_manifest`, unless the source is known by the very same manifest; `writer` is in no transaction."""
    with at_once(writer):
        known = manifest_hash_of(writer, manifest.id)
    if known != manifest.digest:
        register_manifest(store, manifest)
