"""The sources that ship with Eyre."""

from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path

from eyre.sources.load_manifest import load_manifest
from eyre.sources.manifest import Manifest
from eyre.sources.refusal import UNKNOWN, refusal


@dataclass(frozen=True, slots=True)
class SourceFolder:
    """A source on disk, with its sample delivery and the instant (UTC) that it speaks for."""

    path: Path
    manifest: Manifest
    delivery: Path
    as_of: datetime


def invented_sources() -> list[SourceFolder]:
    """The ten invented sources, by id."""
    return _folders("invented")


def town_sources() -> list[SourceFolder]:
    """The eight sources of pseudopeople's simulated town, by id."""
    return _folders("town")


def invented_truth() -> Path:
    """The CSV that tells, for each record key of the invented sources, which invented person it is about."""
    return _root() / "invented" / "truth.csv"


def shipped_source(source: str) -> SourceFolder:
    """The shipped source of this id. Raises `SourceError` EYRE-308."""
    for folder in [*invented_sources(), *town_sources()]:
        if folder.manifest.id == source:
            return folder
    raise refusal(UNKNOWN, f"`{source}` is not a shipped source", "see docs/reference/manifest.md")


def _root() -> Path:
    return Path(str(files("eyre.sources")))


def _folders(room: str) -> list[SourceFolder]:
    return [_folder(manifest.parent) for manifest in sorted((_root() / room).glob("*/manifest.yaml"))]


def _folder(path: Path) -> SourceFolder:
    manifest = load_manifest(path)
    if manifest.sample is None:
        raise refusal(UNKNOWN, f"`{manifest.id}` ships without a sample delivery", "add `sample` to its manifest")
    return SourceFolder(path, manifest, path / manifest.sample.file, datetime.fromisoformat(manifest.sample.as_of))
