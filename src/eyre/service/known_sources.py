"""The manifests of the sources that a store rides, as they were registered."""

import json

from eyre.sources.manifest import Manifest
from eyre.store.open_store import Store
from eyre.store.sources import registered_manifests
from eyre.store.writing import writing


def manifests_on_schedule(store: Store) -> dict[str, Manifest]:
    """By source, of those that are on the schedule."""
    with writing(store) as writer:
        told = registered_manifests(writer)
    return {source: Manifest.model_validate_json(json.dumps(body)) for source, body in told.items()}
