"""Killed workers and an undisturbed run end in the same events."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_killed_workers_lose_nothing_and_tell_nothing_twice() -> None:
    command = [sys.executable, "-m", "bench.chaos", "--kills", "8", "--steps", "4", "--share", "0.003"]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=600, check=False
    )
    assert "the same events" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0
