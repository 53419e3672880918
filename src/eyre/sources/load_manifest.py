"""Reads a manifest from its YAML file."""

import json
import re
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from eyre.sources.hooks import HOOKS
from eyre.sources.manifest import Manifest
from eyre.sources.refusal import MANIFEST, refusal

MAX_MANIFEST_BYTES = 1 << 20


class _Loader(yaml.SafeLoader):
    """YAML without aliases (they can be made to explode), without dates, without a key told twice, and with no other
    words for true and false: a field named `NO` is not false."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("an alias (`*name`): write the text out")
        return super().compose_node(parent, index)

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value]
        for name in names:
            if names.count(name) > 1:
                raise yaml.YAMLError(f"`{name}` stands twice, near line {node.start_mark.line + 1}")
        return super().construct_mapping(node, deep)


_LEFT_OUT = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _LEFT_OUT]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def load_manifest(path: Path) -> Manifest:
    """The manifest at `path`, or at `path/manifest.yaml` for a folder. Raises `SourceError` EYRE-301.

    The error names the file, the path inside the YAML, and what to do.
    """
    file = path / "manifest.yaml" if path.is_dir() else path
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise refusal(
            MANIFEST, f"`{file}` cannot be read: {error.strerror}", "name a manifest or its folder"
        ) from error
    if len(raw) > MAX_MANIFEST_BYTES:
        raise refusal(MANIFEST, f"`{file}` is larger than {MAX_MANIFEST_BYTES} bytes", "is it a manifest?")
    try:
        said = yaml.load(raw, Loader=_Loader)  # noqa: S506 - a subclass of SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise refusal(MANIFEST, f"`{file}` is not YAML: {_one_line(error)}", "correct it at that line") from error
    return _validated(file, said)


def _validated(file: Path, said: object) -> Manifest:
    if not isinstance(said, dict):
        raise refusal(MANIFEST, f"`{file}` holds no mapping", "begin with `id:`, see docs/reference/manifest.md")
    try:
        manifest = Manifest.model_validate_json(json.dumps(said))
    except ValidationError as error:
        told = [f"at `{_path(each['loc'])}`: {_clean(each['msg'])}" for each in error.errors()[:5]]
        more = f" and {error.error_count() - 5} more" if error.error_count() > 5 else ""
        raise refusal(
            MANIFEST, f"`{file}`: {'; '.join(told)}{more}", "compare with docs/reference/manifest.schema.json"
        ) from error
    if manifest.hook is not None and manifest.hook not in HOOKS:
        raise refusal(MANIFEST, f"`{file}`: at `hook`: `{manifest.hook}` is not registered", f"one of {sorted(HOOKS)}")
    return manifest


def _path(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location) or "(top)"


def _clean(message: str) -> str:
    text = message.removeprefix("Value error, ")
    return text[:1].lower() + text[1:]


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
