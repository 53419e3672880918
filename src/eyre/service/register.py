"""Making sources known to the store from their manifests."""

from collections.abc import Iterable

from eyre.sources.manifest import Manifest
from eyre.store.open_store import Store
from eyre.store.sources import RegisteredSource, register_sources
from eyre.store.writing import writing


def register_manifest(store: Store, manifest: Manifest) -> None:
    """Registers the source, or brings it up to date."""
    register_manifests(store, [manifest])


def register_manifests(store: Store, manifests: Iterable[Manifest]) -> None:
    """The same for many, all or none."""
    declared = [_declared(manifest) for manifest in manifests]
    with writing(store) as writer:
        register_sources(writer, declared)


def _declared(manifest: Manifest) -> RegisteredSource:
    return RegisteredSource(
        id=manifest.id,
        publisher=manifest.publisher,
        jurisdiction=manifest.jurisdiction,
        terms_ref=manifest.terms,
        record_classes=(manifest.kind,),
        manifest_hash=manifest.digest,
        manifest=manifest.model_dump(mode="json", exclude_defaults=True),
    )
