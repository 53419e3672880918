"""Making a source known to the store from its manifest."""

import hashlib

import psycopg

from eyre.sources.manifest import Manifest
from eyre.store.sources import RegisteredSource, register_source


def register_manifest(connection: psycopg.Connection, manifest: Manifest) -> None:
    """Registers the source, or brings it up to date; `connection` is a writer's."""
    text = manifest.model_dump_json(exclude_defaults=True)
    register_source(
        connection,
        RegisteredSource(
            id=manifest.id,
            publisher=manifest.publisher,
            jurisdiction=manifest.jurisdiction,
            terms_ref=manifest.terms,
            record_classes=(manifest.kind,),
            manifest_hash=hashlib.sha256(text.encode()).digest(),
            manifest=manifest.model_dump(mode="json", exclude_defaults=True),
        ),
    )
