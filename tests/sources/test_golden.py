"""The shipped sources give exactly the outcomes that were reviewed."""

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from eyre.sources.catalogue import SourceFolder, invented_sources, invented_truth, shipped_source, town_sources
from eyre.sources.check_source import check_source
from eyre.sources.outcome import Accepted, DeliverySummary
from eyre.sources.parse_delivery import parse_delivery
from eyre.sources.refusal import UNKNOWN

INVENTED = invented_sources()
TOOLS = Path(__file__).parents[2] / "tools"


@pytest.mark.parametrize("folder", INVENTED, ids=lambda folder: folder.manifest.id)
def test_an_invented_source_gives_its_golden_outcome(folder: SourceFolder) -> None:
    report = check_source(folder.path)
    assert report.expected
    assert report.differences == ()
    assert report.summary is not None
    assert report.summary.rows_in == report.summary.accepted + report.summary.quarantined + report.summary.ignored
    assert report.summary.complete


def test_there_are_ten_invented_and_eight_town_sources() -> None:
    assert len(INVENTED) == 10
    assert len(town_sources()) == 8
    assert {type(folder.manifest.format).__name__ for folder in INVENTED} >= {
        "CsvFormat",
        "JsonFormat",
        "JsonLinesFormat",
        "XmlFormat",
        "FixedFormat",
        "HtmlFormat",
        "ExcelFormat",
    }


def test_the_deliveries_are_the_seeded_generators(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(TOOLS / "generate_invented"), str(tmp_path)], check=True, timeout=60)
    made = [tmp_path / folder.manifest.id / "golden" / folder.delivery.name for folder in INVENTED]
    assert [path.read_bytes() for path in made] == [folder.delivery.read_bytes() for folder in INVENTED]
    assert (tmp_path / "truth.csv").read_bytes() == invented_truth().read_bytes()


def test_every_accepted_record_of_the_invented_state_has_its_truth() -> None:
    with invented_truth().open(encoding="utf-8", newline="") as file:
        truth = {(row["source"], row["record_key"]): row["person"] for row in csv.DictReader(file)}
    keys = [
        (folder.manifest.id, outcome.record.key)
        for folder in INVENTED
        for outcome in parse_delivery(folder.manifest, folder.delivery.read_bytes(), as_of=folder.as_of)
        if isinstance(outcome, Accepted)
    ]
    assert len(keys) > 500
    assert [key for key in keys if key not in truth] == []
    assert len({truth[key] for key in keys}) < len(set(keys)) / 2, "people recur across sources"


def test_the_smallest_town_source_is_read_whole() -> None:
    folder = shipped_source("town_acs")
    outcomes = list(parse_delivery(folder.manifest, folder.delivery.read_bytes(), as_of=folder.as_of))
    summary = outcomes[-1]
    assert isinstance(summary, DeliverySummary)
    assert (summary.rows_in, summary.accepted, summary.quarantined) == (211, 210, 1)
    slips = [outcome for outcome in outcomes if isinstance(outcome, Accepted) and outcome.warnings]
    assert [birth.said for outcome in slips for birth in outcome.record.person.births] == ["1954-53-10"]


@pytest.mark.slow
@pytest.mark.parametrize("folder", town_sources(), ids=lambda folder: folder.manifest.id)
def test_a_town_source_is_complete(folder: SourceFolder) -> None:
    report = check_source(folder.path)
    assert report.summary is not None
    assert report.summary.complete
    assert report.summary.quarantined <= 1


def test_the_sample_instants_are_aware() -> None:
    assert all(folder.as_of.tzinfo is not None for folder in [*INVENTED, *town_sources()])


def test_an_unknown_source_is_refused_by_name() -> None:
    with pytest.raises(Exception, match="`nowhere` is not a shipped source") as caught:
        shipped_source("nowhere")
    assert getattr(caught.value, "code", "") == UNKNOWN


def test_a_changed_outcome_is_told_by_its_place_and_without_a_word_of_the_record(tmp_path: Path) -> None:
    folder = tmp_path / "oz_corrections"
    shutil.copytree(shipped_source("oz_corrections").path, folder)
    file = folder / "golden" / "input.txt"
    lines = file.read_text("ascii").splitlines(keepends=True)
    lines[1] = lines[1].replace("ANTHONY", "ANTOINE")
    file.write_text("".join(lines), "ascii")
    report = check_source(folder)
    assert report.differences == ("`accepted` differs at line 2",)
    assert not report.sound
