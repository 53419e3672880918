"""`eyre train` as a person uses it, and how it ends."""

import json
import random
from pathlib import Path

import pytest

from eyre.cli.main import run_with
from eyre.resolve.model import default_model, load_model
from tests.service.link_files_made import write_rows
from tests.service.people_with_errors import Errors, rows_of


@pytest.fixture
def labelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_rows(Path("people.csv"), rows_of(150, Errors()))


def test_a_model_is_fitted_told_written_and_linked_with(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_with(["train", str(labelled), "--truth", "who", "-o", "ours.yaml"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "│ phone_differs │ -0.50 │" in out
    assert "│ F1 │" in out
    assert "Written as ours@1." in out
    assert load_model(Path("ours.yaml")).weights != default_model().weights
    link = ["link", str(labelled), "--map", "who=ignored", "--model", "ours.yaml", "-o", "persons.csv", "--json"]
    assert run_with(link) == 0
    assert json.loads(capsys.readouterr().out)["model"] == "ours@1"


def test_the_answer_is_data_and_holds_no_value_of_a_record(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["train", str(labelled), "--map", "who=ignored", "-o", "ours.yaml", "--seed", "3", "--json"]
    assert run_with(arguments) == 0
    told = capsys.readouterr()
    found = json.loads(told.out)
    assert (found["method"], found["began_with"], found["written"]) == ("anchors", "us-people@4", "ours@1")
    assert (found["records"], found["files"], found["held_out"]["worse"]) == (300, ["people.csv"], [])
    weight = next(each for each in found["weights"] if each["name"] == "phone_same")
    assert weight["before"] == 12.0
    assert 0 < weight["matched"] <= weight["matched_of"]
    assert told.err == ""
    everything = told.out + Path("ours.yaml").read_text("utf-8")
    assert not [name for name in ("Marisol", "Quin", "ghamn", "555-") if name in everything]


def test_a_worse_fit_is_told_and_only_written_when_it_is_asked_for(
    labelled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = rows_of(150, Errors())
    names = [row["who"] for row in rows]
    random.Random(1).shuffle(names)
    write_rows(labelled, [{**row, "who": name} for row, name in zip(rows, names, strict=True)])
    arguments = ["train", str(labelled), "--truth", "who", "-o", "ours.yaml", "--json"]
    assert run_with(arguments) == 7
    told = capsys.readouterr()
    assert json.loads(told.out)["written"] is None
    assert json.loads(told.err)["error"]["code"] == "EYRE-410"
    assert not Path("ours.yaml").exists()
    assert run_with([*arguments, "--even-if-worse"]) == 0
    assert json.loads(capsys.readouterr().out)["held_out"]["worse"]
    assert "It is worse: F1 is 0.0" in " ".join(load_model(Path("ours.yaml")).provenance.split())


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["train", "people.csv"], 2, "--out"),
        (["train", "people.csv", "-o", "ours.txt"], 3, "no model file"),
        (["train", "people.csv", "-o", "x.yaml", "--truth", "who", "--judgements", "j.csv"], 3, "both given"),
        (["train", "people.csv", "-o", "x.yaml", "--truth", "nobody"], 3, "`nobody`"),
        (["train", "people.csv", "-o", "x.yaml", "--judgements", "none.csv"], 3, "no file `none.csv`"),
        (["train", "people.csv", "-o", "x.yaml", "--model", "none.yaml"], 3, "cannot be read"),
    ],
)
def test_what_cannot_be_fitted_is_refused(
    labelled: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, told: str
) -> None:
    assert labelled.exists()
    assert run_with(arguments) == code
    assert told in " ".join(capsys.readouterr().err.split())
    assert not Path("x.yaml").exists()
