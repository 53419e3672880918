"""`eyre evaluate` as a person uses it."""

import json
from pathlib import Path

import pytest

from eyre.cli.main import run_with
from tests.service.test_evaluate import HEADER, PEOPLE


@pytest.fixture
def labelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text(HEADER + PEOPLE, encoding="utf-8")
    return "people.csv"


def test_the_figures_and_the_errors_are_told(labelled: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_with(["evaluate", labelled, "--truth", "who"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "│ pairs │ 0.3333 │ 0.5000 │ 0.4000 │" in out
    assert "7 records are 4 persons" in out
    assert "5 of them with a truth" in out
    assert "never a candidate: shares no key; the surname differs" in out
    assert "b1 b2" in out


def test_the_answer_is_data_and_holds_no_value_of_a_record(labelled: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_with(["evaluate", labelled, "--truth", "who", "--chart-dir", "charts", "--json"]) == 0
    told = capsys.readouterr()
    found = json.loads(told.out)
    assert found["agreement"]["right"] == 1
    assert found["false_positives"]["classes"][0]["examples"][0]["right"] == "a3"
    assert told.err == ""
    data = json.loads(Path("charts/charts.json").read_text("utf-8"))
    assert data["thresholds"] == found["thresholds"]
    assert data["match_weights"] == found["match_weights"]
    written = sorted(path.name for path in Path("charts").iterdir())
    assert written == ["charts.json", "match-weights.svg", "thresholds.svg"]
    everything = told.out + "".join(path.read_text("utf-8") for path in Path("charts").iterdir())
    assert not [name for name in ("Marisol", "Quintero", "1984", "7788", "Ostrander") if name in everything]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["evaluate", "people.csv"], 2, "--truth"),
        (["evaluate", "people.csv", "--truth", "nobody"], 3, "`nobody`"),
        (["evaluate", "people.csv", "--truth", "who", "--map", "who=surname"], 3, "no evidence"),
        (["evaluate", "people.csv", "--truth", "who", "--chart-dir", "people.csv"], 3, "is no folder"),
    ],
)
def test_what_cannot_be_judged_is_refused(
    labelled: str, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, told: str
) -> None:
    assert Path(labelled).exists()
    assert run_with(arguments) == code
    assert told in " ".join(capsys.readouterr().err.split())
