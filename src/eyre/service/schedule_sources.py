"""Putting the sources of a folder on the schedule."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from eyre.errors import InputError
from eyre.service.ride_board import put_on_schedule
from eyre.sources.load_manifest import load_manifest
from eyre.sources.manifest import Manifest
from eyre.store.open_store import Store

Placed = tuple[Manifest, timedelta, datetime]


def fetched_manifests(path: Path) -> dict[str, Manifest]:
    """The manifests of `path` (one, its folder, or a folder of such folders) that say where they are fetched, by
    source. Raises `InputError` when none does, `SourceError` for one that is unsound."""
    is_room = path.is_dir() and not (path / "manifest.yaml").exists()
    files = sorted(path.glob("*/manifest.yaml")) if is_room else [path]
    manifests = [load_manifest(file) for file in files]
    found = {manifest.id: manifest for manifest in manifests if manifest.fetch is not None}
    if not found:
        raise InputError(
            f"no manifest in `{path}` says where its source is fetched",
            remedy="add `fetch` to one: see docs/reference/manifest.md",
            code="EYRE-411",
        )
    return found


def schedule_manifests(
    store: Store, manifests: Mapping[str, Manifest], placed: Iterable[tuple[str, timedelta, datetime]]
) -> None:
    """Puts sources on the schedule: each by its id, how often it is asked at first, and when first."""
    put_on_schedule(store, [(manifests[source], every, due) for source, every, due in placed])
