"""Seconds and peak memory of a command are its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench.watched import run_watched

HOLD = "import time; held = bytearray(200 << 20); held[::4096] = b'x' * len(held[::4096]); del held; time.sleep(0.3)"


def test_the_peak_is_what_was_held_at_most_and_not_what_this_process_holds(tmp_path: Path) -> None:
    mine = bytearray(400 << 20)
    mine[::4096] = b"x" * len(mine[::4096])
    ran = run_watched([sys.executable, "-c", HOLD], tmp_path)
    assert 200 < ran.peak_mib < 300
    assert ran.seconds > 0.3
    assert len(mine) == 400 << 20


def test_what_it_said_is_kept_and_a_failure_is_raised(tmp_path: Path) -> None:
    assert run_watched([sys.executable, "-c", "print('x' * 200_000)"], tmp_path).output == "x" * 200_000 + "\n"
    with pytest.raises(subprocess.CalledProcessError):
        run_watched([sys.executable, "-c", "raise SystemExit(3)"], tmp_path)
