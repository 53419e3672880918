"""A circuit that is struck in every way, and one that is left alone, end alike."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.disturbances import KINDS, ON_DISKS
from bench.small_disk import may_mount

_ROOT = Path(__file__).parents[2]
_SMALL = ["--kills", "8", "--rounds", "1", "--steps", "3", "--share", "0.003"]


@pytest.mark.slow
def test_nothing_is_lost_and_nothing_told_twice_whatever_is_struck(tmp_path: Path) -> None:
    results = tmp_path / "chaos.json"
    command = [sys.executable, "-m", "bench.chaos", *_SMALL, "--results", str(results)]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert "the same of everything" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0, done.stdout
    told = json.loads(results.read_text())
    disturbed, calm = told["runs"]
    wanted = {kind.name for kind in (*KINDS, *(ON_DISKS if may_mount() else ()))}
    assert disturbed["done"].keys() == wanted
    assert sum(disturbed["kills"].values()) >= 8
    assert not calm["kills"]
    assert not calm["done"]
    assert min(told["tables"][table]["rows"] for table in ("event", "look", "delivery", "record", "run")) > 0
