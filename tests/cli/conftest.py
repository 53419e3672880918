"""The commands, run in this process against a store of their own."""

import json
from collections.abc import Callable
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
