"""The page on the shipped sources names each with its kind and format, and the example of the how-to can be loaded."""

import re
from pathlib import Path

from eyre.sources.catalogue import invented_sources, town_sources
from eyre.sources.load_manifest import load_manifest

DOCS = Path(__file__).parents[2] / "docs"


def test_every_shipped_source_has_its_row() -> None:
    page = (DOCS / "reference/sources.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \| .+? \| (\w+) \| (\w+) \|", page, flags=re.MULTILINE)
    shipped = [folder.manifest for folder in [*invented_sources(), *town_sources()]]
    assert told == [(each.id, each.kind.value, each.format.type) for each in shipped]


def test_the_example_manifest_can_be_loaded(tmp_path: Path) -> None:
    page = (DOCS / "how-to/add-a-source.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```yaml\n(.*?)^```", page, flags=re.MULTILINE | re.DOTALL)
    (tmp_path / "manifest.yaml").write_text(example, encoding="utf-8")
    assert load_manifest(tmp_path).identity_keys == ("Booking",)
