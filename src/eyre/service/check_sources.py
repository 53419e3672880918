"""Checking manifests before a delivery depends on them."""

from dataclasses import dataclass
from pathlib import Path

from eyre.errors import InputError, SourceError
from eyre.sources.check_source import check_source
from eyre.sources.outcome import DeliverySummary


@dataclass(frozen=True, slots=True)
class CheckedSource:
    """What a check found at `path`: why the manifest was refused, or how its sample delivery went and how that differs
    from what is expected. `compared` tells whether anything is expected."""

    source: str
    path: Path
    refused: str
    sample: DeliverySummary | None
    compared: bool
    differences: tuple[str, ...]
    sound: bool


def check_sources(path: Path) -> tuple[CheckedSource, ...]:
    """The sources at `path`: a manifest, its folder, or a folder of such folders. Raises `InputError` for none."""
    if not path.exists():
        raise InputError(f"`{path}` is not there", remedy="name a manifest or a folder")
    if path.is_file() or (path / "manifest.yaml").exists():
        return (_checked(path),)
    found = sorted(each.parent for each in path.glob("*/manifest.yaml"))
    if not found:
        raise InputError(f"`{path}` holds no `manifest.yaml`", remedy="name a manifest or a folder of them")
    return tuple(_checked(each) for each in found)


def _checked(path: Path) -> CheckedSource:
    try:
        report = check_source(path)
    except SourceError as error:
        return CheckedSource(path.name, path, f"{error.code}: {error}", None, False, (), False)
    return CheckedSource(
        report.manifest.id, path, "", report.summary, report.expected, report.differences, report.sound
    )
