"""The page on manifests names every key, option and target that there is, and none that there is not."""

import re
from pathlib import Path
from typing import get_args

from pydantic import BaseModel

from eyre.sources.field_rule import FieldRule
from eyre.sources.formats import Format
from eyre.sources.limits import Limits
from eyre.sources.manifest import Manifest
from eyre.sources.schema import manifest_schema
from eyre.sources.sensitive import SensitiveKind
from eyre.sources.target import TARGETS

PAGE = (Path(__file__).parents[2] / "docs/reference/manifest.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", PAGE, flags=re.MULTILINE | re.DOTALL))


def named(section: str) -> set[str]:
    return set(re.findall(r"`([^`\s]+)`", SECTIONS[section]))


def test_every_key_has_its_heading_in_the_order_of_the_manifest() -> None:
    assert list(SECTIONS) == [*Manifest.model_fields, "Targets"]


def test_every_key_of_a_field_is_named() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", SECTIONS["fields"], flags=re.MULTILINE)
    assert rows == list(FieldRule.model_fields)


def test_every_format_is_named_with_its_options() -> None:
    formats: tuple[type[BaseModel], ...] = get_args(get_args(Format)[0])
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", SECTIONS["format"], flags=re.MULTILINE))
    assert list(rows) == [get_args(each.model_fields["type"].annotation)[0] for each in formats]
    for each, options in zip(formats, rows.values(), strict=True):
        assert set(each.model_fields) - {"type"} <= set(re.findall(r"`(\w+)`", options))


def test_every_limit_and_every_kind_of_sensitive_field_is_named() -> None:
    assert named("limits") == set(Limits.model_fields)
    assert named("sensitive") == {kind.value for kind in SensitiveKind}


def test_every_target_is_named() -> None:
    told = set(re.findall(r"`([^`]+)`", re.sub(r"^\| `\w+` ", "", SECTIONS["Targets"], flags=re.MULTILINE)))
    assert told == TARGETS


def test_the_published_schema_is_the_manifest_s() -> None:
    published = Path(__file__).parents[2] / "docs/reference/manifest.schema.json"
    assert published.read_text(encoding="utf-8") == manifest_schema()
