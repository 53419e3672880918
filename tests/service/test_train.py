"""`train`: what is fitted is what the records were made by, a fit that is worse is told, and the file says it all."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from eyre.errors import InputError
from eyre.resolve.agreement import agreement
from eyre.resolve.model import Model, default_model, load_model
from eyre.resolve.resolve_all import resolve_file
from eyre.service.link_columns import said_of
from eyre.service.train import Trained
from eyre.service.train_by_anchors import train_by_anchors
from eyre.service.train_by_judgements import train_by_judgements
from eyre.service.train_by_truth import train_by_truth
from eyre.service.trained_model import check_model_output, model_text, named_model, write_model
from tests.service.link_files_made import write
from tests.service.people_with_errors import Errors, arranged, rows_of

MODEL = default_model()
VERDICTS = ("same", "different")
DAY = date(2026, 11, 23)
ERRORS = Errors()
MADE = {
    "given_exact": 1 - ERRORS.given,
    "given_differs": ERRORS.given,
    "surname_exact": 1 - ERRORS.surname_slip - ERRORS.surname,
    "surname_typo": ERRORS.surname_slip,
    "birth_exact": 1 - ERRORS.birth_slip - ERRORS.birth,
    "birth_slip": ERRORS.birth_slip,
    "phone_same": 1 - ERRORS.phone,
    "phone_differs": ERRORS.phone,
}
"""m of the levels that the records were made with."""


@pytest.fixture(scope="module")
def by_truth(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    people = arranged(tmp_path_factory.mktemp("truth") / "people.csv", rows_of(1_000, ERRORS))
    return train_by_truth(people, "who", model=MODEL, seed=0)


@pytest.fixture(scope="module")
def by_anchors(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    return train_by_anchors(
        arranged(tmp_path_factory.mktemp("none") / "people.csv", rows_of(500, ERRORS)), model=MODEL, seed=0
    )


def test_a_truth_gives_back_what_the_records_were_made_by(by_truth: Trained) -> None:
    found = {each.name: each.m for each in by_truth.weights}
    assert {name: found[name] for name in MADE} == pytest.approx(MADE, abs=0.05)
    assert not by_truth.held_out.worse
    assert by_truth.records == 2_000


def test_without_a_truth_the_other_fields_give_it_back(by_anchors: Trained) -> None:
    found = {each.name: each.m for each in by_anchors.weights}
    assert {name: found[name] for name in MADE} == pytest.approx(MADE, abs=0.1)
    assert not by_anchors.held_out.worse


def test_without_a_truth_linking_others_is_none_the_worse(by_anchors: Trained, tmp_path: Path) -> None:
    rows = rows_of(400, Errors(given=0.2, birth_slip=0.2, phone=0.6), seed=5)
    others = arranged(tmp_path / "others.csv", rows)
    truth = np.array([each["who"] for each in rows])[others.order]
    said = said_of(others.slots)
    before, now = (agreement(truth, resolve_file(said, model)[0].person).f1 for model in (MODEL, by_anchors.model))
    assert 0.5 < before <= now


def test_a_fit_moves_weights_of_levels_and_nothing_else(by_truth: Trained) -> None:
    told = {each.name: each.after for each in by_truth.weights}
    assert {name: by_truth.model.weights[name] for name in told} == told
    kin = [name for name in MODEL.weights if name.startswith(("household", "twin", "namesake"))]
    assert kin
    assert [by_truth.model.weights[name] for name in kin] == [MODEL.weights[name] for name in kin]
    assert (by_truth.model.bar, by_truth.model.frequencies) == (MODEL.bar, MODEL.frequencies)


def test_linking_does_not_learn_a_second_time_what_was_fitted(by_anchors: Trained, tmp_path: Path) -> None:
    """A file like the one fitted to hardly moves the weights; without the shares in the model it would."""
    said = said_of(arranged(tmp_path / "others.csv", rows_of(500, ERRORS, seed=9)).slots)
    names = ("given_differs", "surname_typo", "birth_slip")

    def moved(model: Model) -> float:
        _, used = resolve_file(said, model)
        return sum(abs(used.weights[name] - model.weights[name]) for name in names)

    assert 2 * moved(by_anchors.model) < moved(replace(by_anchors.model, shares={}))


@pytest.mark.parametrize("train", [train_by_anchors, partial(train_by_truth, truth="who")])
def test_the_order_of_rows_makes_no_difference_and_the_seed_does(tmp_path: Path, train: Callable[..., Trained]) -> None:
    rows = rows_of(120, ERRORS)
    first = train(arranged(tmp_path / "a.csv", rows), model=MODEL, seed=7)
    random.Random(3).shuffle(rows)
    again = train(arranged(tmp_path / "b.csv", rows), model=MODEL, seed=7)
    other = train(arranged(tmp_path / "a.csv", rows), model=MODEL, seed=8)
    assert (again.weights, again.held_out) == (first.weights, first.held_out)
    assert other.weights != first.weights


def test_a_truth_that_is_none_is_told(tmp_path: Path) -> None:
    rows = rows_of(200, ERRORS)
    names = [row["who"] for row in rows]
    random.Random(1).shuffle(names)
    for row, name in zip(rows, names, strict=True):
        row["who"] = name
    found = train_by_truth(arranged(tmp_path / "x.csv", rows), "who", model=MODEL, seed=0)
    assert found.held_out.worse
    assert "hardly one" in found.held_out.worse[0]


def test_a_truth_that_makes_linking_worse_is_told(tmp_path: Path) -> None:
    """Siblings who share what they can, and a truth that is wrong about every third record: who believes it takes
    siblings for one person."""
    rows = sorted(rows_of(300, Errors(0.05, 0.05, 0, 0.05, 0, 0.2)), key=lambda row: int(row["who"][1:]))
    for one, other in zip(rows[0::4] + rows[1::4], rows[2::4] + rows[3::4], strict=True):
        other |= {"surname": one["surname"], "phone": one["phone"], "ssn": "", "birth_date": one["birth_date"]}
        one["ssn"] = ""
    names = [row["who"] for row in rows[::3]]
    random.Random(1).shuffle(names)
    for row, name in zip(rows[::3], names, strict=True):
        row["who"] = name
    found = train_by_truth(arranged(tmp_path / "x.csv", rows), "who", model=MODEL, seed=0)
    f1 = {each.name: each for each in found.held_out.measures}["F1"]
    assert f1.after < f1.before
    assert found.held_out.worse[0].startswith("F1 falls from ")


def test_a_model_file_is_read_as_it_was_written(by_truth: Trained, tmp_path: Path) -> None:
    named = named_model(by_truth, "ours", DAY)
    write_model(model_text(by_truth, named), tmp_path / "ours.yaml")
    assert load_model(tmp_path / "ours.yaml") == named
    assert named.label == "ours@1"
    text = (tmp_path / "ours.yaml").read_text(encoding="utf-8")
    assert "  given_exact: " in text
    assert max(map(len, text.splitlines())) <= 120


def test_a_model_file_says_what_it_was_fitted_to_and_how_it_was_judged(by_truth: Trained) -> None:
    told = named_model(by_truth, "ours", DAY).provenance
    for each in ("2026-11-23", "us-people@4", "people.csv", "2,000 records", "F1", "not worse", "census"):
        assert each in told
    text = model_text(by_truth, named_model(by_truth, "no", DAY))
    assert "\nname: 'no'\n" in text
    assert "# was -0.25; " in text


def judged(path: Path, rows: list[dict[str, str]], *, at_random: bool = False) -> Path:
    """Of people two by two: both records of one judged the same, and one of each judged different."""
    draw = random.Random(2)
    of: dict[str, list[str]] = {}
    for row in rows:
        of.setdefault(row["who"], []).append(row["record_id"])
    people = list(of.values())
    told = [(*one, "same") for one in people[::2]]
    told += [(one[0], other[0], "different") for one, other in zip(people[::2], people[1::2], strict=True)]
    lines = [f"{one},{other},{draw.choice(VERDICTS) if at_random else verdict}\n" for one, other, verdict in told]
    return write(path, "left,right,verdict\n" + "".join(lines))


def who_says_little(count: int) -> list[dict[str, str]]:
    """People whose two records agree in their names alone, so that a judgement teaches."""
    rows = rows_of(count, Errors(given=0.0, surname_slip=0.0, surname=0.0, birth_slip=0.0, birth=0.9, phone=0.9))
    return [{**row, "ssn": ""} for row in rows]


def test_judgements_make_their_like_likelier(tmp_path: Path) -> None:
    rows = who_says_little(120)
    people = arranged(tmp_path / "x.csv", rows)
    found = train_by_judgements(people, judged(tmp_path / "judged.csv", rows), model=MODEL, seed=0)
    loss, otherwise = found.held_out.measures
    assert loss.after < loss.before
    assert otherwise.after < otherwise.before
    assert not found.held_out.worse
    assert found.model.weights["birth_differs"] > MODEL.weights["birth_differs"]


def test_judgements_at_random_are_told(tmp_path: Path) -> None:
    rows = rows_of(120, ERRORS)
    people = arranged(tmp_path / "x.csv", rows)
    found = train_by_judgements(people, judged(tmp_path / "judged.csv", rows, at_random=True), model=MODEL, seed=0)
    assert any("nothing is learned" in each for each in found.held_out.worse)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("left,right\nr00000,r00001\n", "no column `verdict`"),
        ("left,right,verdict\nr00000,r00001,maybe\n", "row 1 .* has no verdict"),
        ("left,right,verdict\nr00000,nobody,same\n", "row 1 .* names a record that no file has"),
        ("left,right,verdict\nr00000,r00000,same\n", "names one record twice"),
        ("left,right,verdict\nr00000,r00001,same\nr00001,r00000,different\n", "rows 1 and 2 .* contradict"),
        ("left,right,verdict\nr00000,r00001,Same\nr00001,r00000,same\n", "too few"),
    ],
)
def test_judgements_that_cannot_be_used_are_refused(tmp_path: Path, text: str, message: str) -> None:
    people = arranged(tmp_path / "x.csv", rows_of(5, ERRORS))
    with pytest.raises(InputError, match=message):
        train_by_judgements(people, write(tmp_path / "judged.csv", text), model=MODEL, seed=0)


def test_too_little_to_fit_to_is_refused(tmp_path: Path) -> None:
    few = arranged(tmp_path / "x.csv", rows_of(5, ERRORS))
    with pytest.raises(InputError, match="too few to fit or to judge by"):
        train_by_truth(few, "who", model=MODEL, seed=0)
    with pytest.raises(InputError, match="too few to fit a model to"):
        train_by_anchors(few, model=MODEL, seed=0)
    one = arranged(tmp_path / "y.csv", rows_of(1, ERRORS)[:1])
    with pytest.raises(InputError, match="1 records are too few"):
        train_by_anchors(one, model=MODEL, seed=0)


@pytest.mark.parametrize(
    ("name", "message"), [("x.txt", "no model file"), ("none/x.yaml", "no folder"), ("in.yaml", "is an input")]
)
def test_an_output_that_cannot_be_written_is_refused_before_any_work(tmp_path: Path, name: str, message: str) -> None:
    given = write(tmp_path / "in.yaml", "columns: {}\n")
    with pytest.raises(InputError, match=message):
        check_model_output(tmp_path / name, (given,))
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(InputError, match="is a folder"):
        check_model_output(tmp_path / "folder.yaml", (given,))
