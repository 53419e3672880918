"""The commands, run in this process against a store of their own."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from psycopg.conninfo import conninfo_to_dict

from eyre.cli.main import run_with

SAMPLES = ("oz_cinder_jail", "oz_probation", "oz_corrections", "oz_juniper_jail")


class Ended(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it printed, as data."""
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        """What it said on standard error, as data."""
        return json.loads(self.err)["error"]


Run = Callable[..., Ended]


class Demonstrated(NamedTuple):
    """What `eyre demo --json` printed, and the place of its store."""

    place: tuple[str, str]
    lines: list[dict[str, Any]]


@pytest.fixture(scope="session")
def demonstrated() -> Iterator[Demonstrated]:
    """The demonstration, run once; its state's time may be let go on."""
    with tempfile.TemporaryDirectory(prefix="eyre-") as name:
        Path(name).chmod(0o755)
        place = ("--data-dir", f"{name}/data")
        command = [sys.executable, "-m", "eyre", "demo", *place, "--json", "--minutes", "0.3", "--speed", "1200"]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
        assert ended.returncode == 0, ended.stderr
        yield Demonstrated(place, [json.loads(line) for line in ended.stdout.splitlines()])


@pytest.fixture(scope="session")
def filled_url(new_database: Callable[[], str]) -> str:
    """The owner's connection string of a store with a few of the invented sources; not to be written to."""
    url = new_database()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EYRE_DATABASE_URL", as_url(url))
        assert [run_with(["import", source]) for source in SAMPLES] == [0] * len(SAMPLES)
    return url


@pytest.fixture
def run(filled_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the filled store."""
    return runner(filled_url, monkeypatch, capsys)


@pytest.fixture
def run_empty(owner_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on an empty store of the test's own."""
    return runner(owner_url, monkeypatch, capsys)


def runner(url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("EYRE_DATABASE_URL", as_url(url))

    def run(*arguments: str) -> Ended:
        capsys.readouterr()
        code = run_with(arguments)
        told = capsys.readouterr()
        return Ended(code, told.out, told.err)

    return run


def as_url(conninfo: str) -> str:
    """A connection string of words as a URL, as a person would set it."""
    parts = conninfo_to_dict(conninfo)
    host, port = quote(str(parts["host"]), safe=""), parts["port"]
    user, password = quote(str(parts["user"])), quote(str(parts["password"]))
    return f"postgresql://{user}:{password}@/{parts['dbname']}?host={host}&port={port}"
