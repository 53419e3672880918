"""`eyre why --chart`: the waterfall as a file."""

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import Ended

Run = Callable[..., Ended]


def two(run: Run) -> list[str]:
    (person, *_) = run("find", "Yellowhorse, Matthew", "--json").data["persons"]
    return list(person["records"][:2])


def test_the_chart_and_its_data_are_those_of_the_answer(run: Run, tmp_path: Path) -> None:
    chart, data = tmp_path / "why.svg", tmp_path / "why.json"
    ended = run("why", *two(run), "--chart", str(chart), "--chart-data", str(data), "--json")
    assert (ended.code, ended.err) == (0, "")
    told = json.loads(data.read_text("utf-8"))
    assert told["bits"] == ended.data["bits"]
    assert [each["bits"] for each in told["steps"]] == [each["bits"] for each in ended.data["parts"] if each["units"]]
    assert ElementTree.fromstring(chart.read_text("utf-8")).tag.endswith("svg")
    assert "Yellowhorse" not in (chart.read_text("utf-8") + data.read_text("utf-8")).title()


def test_values_are_there_when_asked_for(run: Run, tmp_path: Path) -> None:
    chart = tmp_path / "why.svg"
    assert run("why", *two(run), "--chart", str(chart), "--values").code == 0
    assert "Yellowhorse" in chart.read_text("utf-8").title()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--chart", "why.png"), "`.svg`"),
        (("--chart-data", "why.csv"), "`.json`"),
        (("--chart", "no/such/folder/why.svg"), "cannot be written"),
        (("--values",), "none was asked for"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], told: str
) -> None:
    records = two(run)
    monkeypatch.chdir(tmp_path)
    ended = run("why", *records, *arguments, "--json")
    assert (ended.code, ended.error["code"]) == (3, "EYRE-400")
    assert told in ended.error["message"]
    assert list(tmp_path.iterdir()) == []
