"""The circuit's commands on a real store: an invented state is ridden, and what came of it is shown."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


def eyre(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "eyre", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def told(*arguments: str) -> Any:
    done = eyre(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """A place that the server's own user may enter."""
    with tempfile.TemporaryDirectory(prefix="eyre-") as place:
        Path(place).chmod(0o755)
        yield Path(place)


@pytest.mark.slow
def test_an_invented_state_is_ridden_and_a_person_s_custody_is_shown(data_dir: Path) -> None:
    place = ["--data-dir", str(data_dir)]
    done = eyre("demo", *place, "--minutes", "0.2", "--json")
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["counts"]["rides"] > 100
    assert seen["circuit"]["events"]["booked"] > 500
    status = told("circuit", "status", *place)
    assert sum(status["standings"].values()) == len(status["sources"]) > 30
    source = status["sources"][0]["source"]
    assert told("sources", "status", source, *place)["status"]["source"] == source
    (event, *_) = (each for each in map(json.loads, done.stdout.splitlines()) if "event" in each)
    person = told("custody", event["event"]["record"], *place)
    assert person["stays"][0]["told"]
    assert person["events"]
    assert "told by" in eyre("custody", event["event"]["record"], *place).stdout
    assert eyre("circuit", "status", *place).returncode == 0


def test_a_folder_without_anything_to_fetch_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = eyre("circuit", "run", str(tmp_path / "empty"), "--data-dir", str(tmp_path / "data"))
    assert done.returncode == 3
    assert "EYRE-411" in done.stderr
