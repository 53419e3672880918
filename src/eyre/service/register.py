"""Making a source known to the store from its manifest."""

from eyre.sources.manifest import Manifest
from eyre.sources.plan import plan_of
from eyre.store.open_store import Store
from eyre.store.sources import RegisteredSource, register_source


def register_manifest(store: Store, manifest: Manifest) -> None:
    """Registers the source, or brings it up to date."""
    declared = RegisteredSource(
        id=manifest.id,
        publisher=manifest.publisher,
        jurisdiction=manifest.jurisdiction,
        terms_ref=manifest.terms,
        record_classes=(manifest.kind,),
        manifest_hash=plan_of(manifest).digest,
        manifest=manifest.model_dump(mode="json", exclude_defaults=True),
    )
    with store.writer.connection() as writer:
        register_source(writer, declared)
