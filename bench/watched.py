"""Runs a command and watches it from outside: how long it took, and how much memory it held at most."""

import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.02


@dataclass(frozen=True)
class Watched:
    """Seconds from start to end, and the peak of resident memory in MiB, of the process alone."""

    seconds: float
    peak_mib: float
    output: str


def run_watched(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Watched:
    """Runs `command` in `folder` to its end. The peak is the kernel's own high-water mark, which the last look before
    the end may miss by what is allocated in the last 20 ms. Raises `subprocess.CalledProcessError` if it fails."""
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True, env=environment) as process:
        peak = 0.0
        while True:
            peak = max(peak, _high_water(process.pid))
            try:
                output, _ = process.communicate(timeout=_EVERY)
                break
            except subprocess.TimeoutExpired:
                continue
        seconds = time.perf_counter() - began
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command), output)
    return Watched(seconds, peak, output)


def _high_water(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    marks = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return float(marks[0]) / 1024 if marks else 0.0
