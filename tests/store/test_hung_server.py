"""A server that says that it recovers, and does not, is ended; one that does is left alone."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from eyre.store.server import hung
from eyre.store.server.area import Area
from eyre.store.server.hung import end_if_hung
from eyre.store.server.state import State

HANGS = "trap 'exit 3' QUIT; sleep 60 & wait"
RECOVERS = "trap 'exit 3' QUIT; (exec -a 'postgres: startup recovering 01' sleep 60) & wait"


@pytest.mark.parametrize(("program", "status", "ended"), [
    (HANGS, "ready", True), (HANGS, "stopping", False), (RECOVERS, "starting", False)
])  # fmt: skip
def test_only_who_hangs_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, status: str, *, ended: bool
) -> None:
    process = subprocess.Popen(["/bin/bash", "-c", program], start_new_session=True)
    try:
        area = Area(tmp_path)
        area.data.mkdir()
        (area.data / "postmaster.pid").write_text(f"{process.pid}\n{area.data}\n{status}\n")
        monkeypatch.setattr(hung, "_WATCHED_FOR", 0.6)
        monkeypatch.setattr(hung, "ask_state", lambda _: State.BUSY if process.poll() is None else State.ABSENT)
        time.sleep(0.5)
        assert end_if_hung(area) is ended
        # by its trap, or by the signal itself where the shell had not come to set it
        assert (abs(process.wait(timeout=20)) if ended else process.poll()) == (3 if ended else None)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
