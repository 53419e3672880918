"""The circuit's commands on a real store: an invented state is ridden, and what came of it is shown."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Demonstrated


def eyre(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "eyre", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def told(*arguments: str) -> Any:
    done = eyre(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
def test_the_circuit_of_an_invented_state_and_a_person_s_custody_are_shown(demonstrated: Demonstrated) -> None:
    place, lines = demonstrated
    assert lines[-1]["counts"]["rides"] > 100
    assert lines[-1]["circuit"]["events"]["booked"] > 500
    status = told("circuit", "status", *place)
    assert sum(status["standings"].values()) == len(status["sources"]) > 100
    source = status["sources"][0]["source"]
    assert told("sources", "status", source, *place)["status"]["source"] == source
    booked = next(line["event"] for line in lines if "event" in line and line["event"]["kind"] == "booked")
    person = told("custody", booked["record"], *place)
    assert person["stays"][0]["told"]
    assert any(event["kind"] == "booked" for event in person["events"])
    assert "told by" in eyre("custody", booked["record"], *place).stdout
    assert eyre("circuit", "status", *place).returncode == 0


def test_a_folder_without_anything_to_fetch_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = eyre("circuit", "run", str(tmp_path / "empty"), "--data-dir", str(tmp_path / "data"))
    assert done.returncode == 3
    assert "EYRE-411" in done.stderr
