"""A source as somebody names it on a command line, and the delivery to take from it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from eyre.errors import InputError
from eyre.sources.catalogue import shipped_source
from eyre.sources.load_manifest import load_manifest
from eyre.sources.manifest import Manifest


@dataclass(frozen=True, slots=True)
class NamedDelivery:
    """A file of a source, and the instant (UTC) that it speaks for."""

    manifest: Manifest
    file: Path
    as_of: datetime


def named_delivery(source: str, file: Path | None, as_of: datetime | None) -> NamedDelivery:
    """`source` is the id of a shipped source, or the path of a manifest or its folder; without `file` its sample.

    Without `as_of` a sample speaks for the instant that its manifest names, another file for when it was last written.
    Raises `SourceError` for an unknown source or a bad manifest and `InputError` for a file that is not there.
    """
    manifest, folder = _source(source)
    if file is None:
        if manifest.sample is None:
            raise InputError(f"`{manifest.id}` ships without a sample delivery", remedy="name a file")
        sample_of = datetime.fromisoformat(manifest.sample.as_of)
        return NamedDelivery(manifest, folder / manifest.sample.file, as_of or sample_of)
    if not file.is_file():
        raise InputError(f"`{file}` is no file", remedy="name the delivery's file")
    written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return NamedDelivery(manifest, file, as_of or written)


def _source(source: str) -> tuple[Manifest, Path]:
    path = Path(source)
    if path.exists():
        return load_manifest(path), path if path.is_dir() else path.parent
    folder = shipped_source(source)
    return folder.manifest, folder.path
