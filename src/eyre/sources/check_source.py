"""Checks a source's folder: its manifest, and its golden delivery against the outcome expected of it."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from eyre.sources.expected import outcome_text
from eyre.sources.load_manifest import load_manifest
from eyre.sources.manifest import Manifest
from eyre.sources.outcome import DeliverySummary
from eyre.sources.parse_delivery import parse_delivery
from eyre.sources.refusal import MANIFEST, refusal

EXPECTED = "golden/expected.json"


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What a check found. `differences` is empty when the outcome is as expected, or nothing is expected yet.

    `summary` is None without a sample delivery; `expected` tells whether there is a golden outcome to compare with.
    """

    manifest: Manifest
    summary: DeliverySummary | None
    expected: bool
    differences: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether there is nothing to correct."""
        return not self.differences


def check_source(path: Path) -> SourceReport:
    """The report on the source at `path`, a folder or its manifest. Raises `SourceError` for what cannot be read."""
    folder = path if path.is_dir() else path.parent
    manifest = load_manifest(path)
    if manifest.sample is None:
        return SourceReport(manifest, None, expected=False, differences=())
    summary, told = sample_outcome(manifest, folder)
    golden = folder / EXPECTED
    if not golden.exists():
        return SourceReport(manifest, summary, expected=False, differences=())
    return SourceReport(manifest, summary, expected=True, differences=_differences(golden.read_text("utf-8"), told))


def sample_outcome(manifest: Manifest, folder: Path) -> tuple[DeliverySummary, str]:
    """The summary of the manifest's sample delivery, and its outcome in the form of `golden/expected.json`."""
    if manifest.sample is None:
        raise refusal(MANIFEST, f"`{manifest.id}` declares no `sample`", "name a file and its `as_of`")
    file = folder / manifest.sample.file
    try:
        with file.open("rb") as data:
            outcomes = list(parse_delivery(manifest, data, as_of=datetime.fromisoformat(manifest.sample.as_of)))
    except OSError as error:
        raise refusal(MANIFEST, f"`{file}` cannot be read: {error.strerror}", "correct `sample.file`") from error
    summaries = [outcome for outcome in outcomes if isinstance(outcome, DeliverySummary)]
    return summaries[0], outcome_text(outcomes)


def _differences(golden: str, told: str) -> tuple[str, ...]:
    """By place, without a word of the records: they may be a person's."""
    if golden == told:
        return ()
    before, after = json.loads(golden), json.loads(told)
    found = [f"`{part}` differs" for part in ("summary", "ignored") if before[part] != after[part]]
    for part in ("accepted", "quarantined"):
        old = {each["place"]: each for each in before[part]}
        new = {each["place"]: each for each in after[part]}
        places = [place for place in {**old, **new} if old.get(place) != new.get(place)]
        found += [f"`{part}` differs at {place}" for place in places[:20]]
    return tuple(found) or ("the expected outcome is written in another way: regenerate it",)
