"""A private PostgreSQL server that is struck: restarted, killed, and started again as an operator would."""

import os
import random
import shutil
import signal
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg

from eyre.store.server.area import PORT
from eyre.store.server.hung import end_if_hung
from eyre.store.server.programs import run_program
from eyre.store.server.start import RunningServer, ServerSettings, start_server, stop_server
from eyre.store.server.state import State, ask_state

OPTIONS = {"max_wal_size": "8MB", "min_wal_size": "2MB", "shared_buffers": "64MB", "wal_buffers": "1MB"}
"""A log that is soon turned over, so that a full disk is met soon."""


@dataclass
class StruckServer:
    """The server of `settings`, as it runs now."""

    settings: ServerSettings
    running: RunningServer

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self.running.area.socket_directory / f".s.PGSQL.{PORT}"

    def restart(self, mode: str) -> None:
        """`fast` ends what runs in good order, `immediate` as a crash does."""
        area = self.running.area
        command = [self.running.binaries.program("pg_ctl"), "restart", "-w", "-m", mode, "-t", "60"]
        run_program(
            [*command, "-D", str(area.data), "-l", str(area.log)], self.running.account, cwd=area.data, timeout=90
        )

    def kill_backend(self, chance: random.Random) -> bool:
        """Kills one connection's process with signal 9; PostgreSQL then ends all of them and recovers."""
        with psycopg.connect(self.running.admin_url(), autocommit=True) as admin:
            rows = admin.execute(
                "select pid from pg_stat_activity where backend_type = 'client backend' and usename like 'eyre_writer%'"
            ).fetchall()
        return bool(rows) and _killed(chance.choice(rows)[0])

    def kill_postmaster(self) -> bool:
        """Kills the server itself with signal 9."""
        return _killed(int((self.running.area.data / "postmaster.pid").read_text().split("\n", 1)[0]))

    def start_if_dead(self) -> bool:
        """Starts it again where it is not there, or hangs; tells whether it did."""
        state = ask_state(self.running.area)
        if state is State.READY or (state is State.BUSY and not end_if_hung(self.running.area)):
            return False
        before = self.running
        self.running = start_server(self.settings)
        os.close(before.use)
        return True

    def switch_log(self, times: int) -> None:
        """Begins new segments of the write-ahead log, so that a full disk is met at once."""
        try:
            with psycopg.connect(self.running.admin_url(), autocommit=True) as admin:
                for _ in range(times):
                    admin.execute("select pg_switch_wal(), pg_logical_emit_message(false, 'chaos', repeat('x', 2000))")
        except psycopg.Error:
            pass  # met

    def stop(self) -> None:
        """Ends it."""
        self.start_if_dead()
        stop_server(self.running)


def start_struck_server(directory: Path, log_at: Path | None) -> StruckServer:
    """A new server in `directory`; its write-ahead log lies in `log_at`, where that is given."""
    settings = ServerSettings(directory, options=OPTIONS, durable=False, timeout=60.0)
    running = start_server(settings)
    if log_at is not None:
        stop_server(running)
        log, moved = running.area.data / "pg_wal", log_at / "pg_wal"
        shutil.move(log, moved)
        for each in (log_at, moved, *moved.rglob("*")):
            os.chown(each, running.account.uid, running.account.gid)
        log.symlink_to(moved)
        running = start_server(settings)
    return StruckServer(replace(settings), running)


def _killed(process: int) -> bool:
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
