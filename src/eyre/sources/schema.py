"""The JSON Schema of a manifest, for editors and for other programs."""

import json

from eyre.sources.manifest import Manifest


def manifest_schema() -> str:
    """The schema as text, published as `docs/reference/manifest.schema.json`."""
    schema = Manifest.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"
