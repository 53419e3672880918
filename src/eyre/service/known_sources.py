"""The manifests of the sources that a store knows, as they were registered."""

from collections.abc import Mapping
from functools import lru_cache

from eyre.sources.manifest import Manifest
from eyre.store.open_store import Store
from eyre.store.sources import registered_manifest, registered_manifests
from eyre.store.writing import writing

_MOST_KEPT = 4_096


def manifest_of(store: Store, source: str, *, within: float | None = None) -> Manifest | None:
    """The manifest of one source as it is registered now; nothing where it is not. Raises `StoreError` when the store
    does not answer `within` so many seconds."""
    with writing(store, within=within) as writer:
        told = registered_manifest(writer, source)
    return None if told is None else read_manifest(told)


@lru_cache(_MOST_KEPT)
def read_manifest(told: str) -> Manifest:
    """A manifest of its JSON: the same object for the same text, so that what reads by it is made ready once."""
    return Manifest.model_validate_json(told)


class Manifests(dict[str, Manifest]):
    """By source. One that is not among them is asked of the store, and kept; where that has none it is a `KeyError`."""

    def __init__(self, store: Store, known: Mapping[str, Manifest]) -> None:
        super().__init__(known)
        self._store = store

    def __missing__(self, source: str) -> Manifest:
        manifest = manifest_of(self._store, source)
        if manifest is None:
            raise KeyError(source)
        self[source] = manifest
        return manifest


def manifests_on_schedule(store: Store) -> Manifests:
    """Those that are on the schedule now; others as they come to be on it."""
    with writing(store) as writer:
        told = registered_manifests(writer)
    return Manifests(store, {source: Manifest.model_validate_json(body) for source, body in told.items()})
