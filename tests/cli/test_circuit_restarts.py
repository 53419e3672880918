"""A circuit whose private database is killed goes on by itself."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.service.rosters import jail, page, row


@contextmanager
def riding(sources: Path, data: Path) -> Iterator[str]:
    """`eyre circuit run`, and where it listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "eyre", "circuit", "run", str(sources), "--data-dir", str(data)]
    process = subprocess.Popen([*command, "--listen", address], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait(timeout=120)


def until(what: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        time.sleep(0.1)


def health(url: str) -> int:
    try:
        return httpx2.get(f"{url}/health", timeout=10).status_code
    except httpx2.TransportError:
        return 0


def drop(folder: Path, name: str, body: bytes) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f".{name}").write_bytes(body)
    os.utime(folder / f".{name}", (time.time() - 60, time.time() - 60))
    (folder / f".{name}").rename(folder / name)


@pytest.mark.slow
def test_a_private_server_that_was_killed_is_started_again_and_the_ride_goes_on() -> None:
    with tempfile.TemporaryDirectory(prefix="eyre-") as place:
        root = Path(place)
        root.chmod(0o755)
        poll = {"min_seconds": 1, "max_seconds": 1}
        manifest = jail(fetch={"url": (root / "dropped").as_uri()}, poll=poll)
        (root / "manifest.yaml").write_text(json.dumps(manifest.model_dump(mode="json", exclude_defaults=True)))
        taken = root / "dropped" / "taken"
        drop(root / "dropped", "first.csv", page(row(1), row(2)))
        with riding(root / "manifest.yaml", root / "data") as url:
            until(lambda: health(url) == 200, 120)
            until((taken / "first.csv").exists, 60)
            server = int((root / "data" / "pgdata" / "postmaster.pid").read_text().split("\n", 1)[0])
            os.kill(server, signal.SIGKILL)
            until(lambda: health(url) == 503, 30)
            drop(root / "dropped", "second.csv", page(row(1)))
            until(lambda: health(url) == 200, 60)
            until((taken / "second.csv").exists, 60)
