"""`eyre up` starts, is joined, is stopped, and survives being killed; a killed import leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

WAIT = 60.0


@pytest.fixture(scope="module")
def directory() -> Iterator[Path]:
    """A data directory for tests that leave no server behind; making one takes longer than any of them."""
    with tempfile.TemporaryDirectory(prefix="eyre-") as place:
        Path(place).chmod(0o755)
        yield Path(place) / "data"


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from eyre.cli.main import run; run()", *arguments]


@contextmanager
def up(directory: Path) -> Iterator[tuple["subprocess.Popen[str]", dict[str, Any]]]:
    """A running `eyre up`, and what it said when it was ready."""
    process = subprocess.Popen(
        command("up", "--data-dir", str(directory), "--json"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line, process.communicate()[1]
        yield process, json.loads(line)
    finally:
        process.kill()
        process.communicate()


def stop(process: "subprocess.Popen[str]", number: int = signal.SIGINT) -> int:
    process.send_signal(number)
    return process.wait(WAIT)


def postmaster(directory: Path) -> int | None:
    """The number of the server's process, if there is a server."""
    path = directory / "pgdata" / "postmaster.pid"
    return int(path.read_text().split("\n", 1)[0]) if path.exists() else None


def wait_until_gone(directory: Path) -> bool:
    deadline = time.monotonic() + WAIT
    while postmaster(directory) is not None and time.monotonic() < deadline:
        time.sleep(0.05)
    return postmaster(directory) is None


def answers(url: str, directory: Path) -> bool:
    password = (directory / "secrets" / "owner.password").read_text()
    with psycopg.connect(url, user="eyre_owner", password=password) as connection:
        return connection.execute("select 1").fetchone() == (1,)


def test_it_is_joined_and_the_server_stays_until_the_last_is_interrupted(directory: Path) -> None:
    with up(directory) as (first, said):
        assert said["directory"] == str(directory)
        assert "password" not in said["url"]
        server = postmaster(directory)
        with up(directory) as (second, joined):
            assert joined == said
            assert postmaster(directory) == server
            assert stop(first, signal.SIGTERM) == 0
            assert postmaster(directory) == server
            assert answers(said["url"], directory)
            assert stop(second) == 0
    assert wait_until_gone(directory)


def test_killed_it_leaves_a_server_that_the_next_one_joins(directory: Path) -> None:
    with up(directory) as (process, _):
        server = postmaster(directory)
        assert stop(process, signal.SIGKILL) == -signal.SIGKILL
    with up(directory) as (process, said):
        assert postmaster(directory) == server
        assert answers(said["url"], directory)
        assert stop(process) == 0
    assert wait_until_gone(directory)


def test_a_server_that_is_killed_under_it_is_recovered(directory: Path) -> None:
    with up(directory) as (process, said):
        killed = postmaster(directory)
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, process.communicate()[1]
        assert json.loads(line) == said
        assert postmaster(directory) not in (killed, None)
        assert answers(said["url"], directory)
        assert stop(process) == 0
    assert wait_until_gone(directory)


def contents(url: str, directory: Path) -> dict[str, list[tuple[object, ...]]]:
    password = (directory / "secrets" / "owner.password").read_text()
    with psycopg.connect(url, user="eyre_owner", password=password) as connection:
        return {
            table: connection.execute(f"select * from eyre.{table} t order by t::text".encode()).fetchall()
            for table in (
                "record",
                "record_version",
                "record_said",
                "record_features",
                "record_key",
                "issue",
                "quarantined",
            )
        }


@pytest.mark.slow
@pytest.mark.parametrize("moment", [1.0, 2.0, 3.0])
def test_an_import_killed_at_any_moment_and_started_again_ends_as_if_it_had_not(
    postgres_directory: Path, moment: float
) -> None:
    directory = postgres_directory / "data"
    take = command("import", "town_acs", "--data-dir", str(directory), "--json")
    with up(directory) as (process, said):
        killed = subprocess.Popen(take, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moment)
        killed.kill()
        killed.wait()
        ended = subprocess.run(take, capture_output=True, text=True, check=False, timeout=WAIT)
        assert ended.returncode == 0, ended.stderr
        first = json.loads(ended.stdout)
        assert (first["rows_in"], first["accepted"], first["quarantined"]) == (211, 210, 1)
        before = contents(said["url"], directory)
        again = json.loads(subprocess.run(take, capture_output=True, text=True, check=True, timeout=WAIT).stdout)
        assert again["known"]
        assert contents(said["url"], directory) == before
        assert len(before["record"]) == 210
        assert stop(process) == 0
