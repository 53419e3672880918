"""Workers as they run in production, `eyre circuit run` each, and what they cost."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Workers:
    """Running processes, and the file into which each says what it did, a line of JSON for each ride."""

    processes: "tuple[subprocess.Popen[bytes], ...]"
    said: tuple[Path, ...]

    def worked(self) -> float:
        """Seconds that cores worked for them so far."""
        return sum(_worked(each.pid) for each in self.processes)

    def peak_mebibytes(self) -> int:
        """The most memory that one of them held."""
        return max(_peak(each.pid) for each in self.processes)

    def lateness(self) -> list[list[float]]:
        """How late each of its rides began, in seconds, as each of them tells it itself, in order."""
        whole = [file.read_text(encoding="utf-8").rpartition("\n")[0] for file in self.said]
        every = [[json.loads(line) for line in text.splitlines()] for text in whole]
        return [[told["late"] for told in lines if "late" in told] for lines in every]

    def are_alive(self) -> bool:
        """Whether all of them still run."""
        return all(each.poll() is None for each in self.processes)


@contextmanager
def running(many: int, folder: Path, settings: Mapping[str, str]) -> Iterator[Workers]:
    """So many workers, for as long as the block runs; they end as they do when they are told to stop."""
    command = [sys.executable, "-m", "eyre", "circuit", "run", "--json"]
    environment = {**os.environ, **settings}
    files = tuple(folder / f"worker_{number}.jsonl" for number in range(many))
    with ExitStack() as stack:
        said = [stack.enter_context(file.open("wb")) for file in files]
        processes = tuple(
            subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, env=environment) for out in said
        )
        try:
            yield Workers(processes, files)
        finally:
            for each in processes:
                each.terminate()
            for each in processes:
                each.wait()


def _worked(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / _TICK


def _peak(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    (mark,) = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
    return int(mark) >> 10
