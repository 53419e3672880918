"""Starting, joining, leaving and stopping a private server.

It outlives the process that started it, whatever ends that process: the next one joins it. `leave_server` stops it when
nobody else uses it.
"""

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from eyre.errors import StoreError
from eyre.store.server.account import Account, server_account
from eyre.store.server.area import Area, make_area
from eyre.store.server.binaries import Binaries, find_binaries
from eyre.store.server.data import make_data, write_settings
from eyre.store.server.hung import end_if_hung
from eyre.store.server.lock import exclusively, is_last, share
from eyre.store.server.programs import reachable_binaries, run_program
from eyre.store.server.stale_locks import has_process, lock_files, remove_stale_locks
from eyre.store.server.state import State, admin_url, ask_state, wait_while_busy

_ATTEMPTS_AFTER_CRASH = 20  # a killed postmaster's children need a moment to notice, 0.25 s apart


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """`directory` holds everything (for root `/var/lib/eyre`, say). `programs` is a directory with PostgreSQL's
    programs, looked for when not given. `options` are settings of `postgresql.conf`. Without `durable` nothing is
    synced to disk: for tests. `timeout` is in seconds and has to last for a recovery."""

    directory: Path
    programs: Path | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    durable: bool = True
    timeout: float = 600.0


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that this process uses until it calls `leave_server` or `stop_server`."""

    area: Area
    binaries: Binaries
    account: Account
    use: int
    timeout: float

    def admin_url(self, database: str = "postgres") -> str:
        """The connection string of the superuser; only for making databases."""
        return admin_url(self.area, database)


def start_server(settings: ServerSettings) -> RunningServer:
    """Joins the server of `settings.directory`, started or recovered first if need be.

    Raises `StoreError` when there are no programs, the directory cannot be used or is another version's, or the server
    does not become ready.
    """
    found = find_binaries(settings.programs)
    account = server_account(settings.directory / "pgdata")
    area = make_area(settings.directory, account)
    with exclusively(area.start_lock, timeout=settings.timeout):
        binaries = reachable_binaries(found, area, account)
        make_data(area, binaries, account, durable=settings.durable)
        if ask_state(area) is State.BUSY:
            end_if_hung(area)
        if wait_while_busy(area, timeout=settings.timeout) is State.ABSENT:
            options = dict(settings.options) if settings.durable else {"fsync": "off", **settings.options}
            write_settings(area, account, options)
            _start(area, binaries, account, settings.timeout)
        return RunningServer(area, binaries, account, share(area.use_lock), settings.timeout)


def leave_server(server: RunningServer) -> None:
    """Stops the server unless another process uses it still."""
    with exclusively(server.area.start_lock, timeout=server.timeout):
        last = is_last(server.use)
        os.close(server.use)
        if last:
            _stop(server)


def stop_server(server: RunningServer) -> None:
    """Stops the server, whoever else uses it; their transactions are rolled back."""
    with exclusively(server.area.start_lock, timeout=server.timeout):
        os.close(server.use)
        _stop(server)


def _start(area: Area, binaries: Binaries, account: Account, timeout: float) -> None:
    command = [binaries.program("pg_ctl"), "start", "-w", "-t", str(int(timeout)), "-D", str(area.data)]
    attempts = _ATTEMPTS_AFTER_CRASH if lock_files(area) else 1
    for attempt in range(1, attempts + 1):
        remove_stale_locks(area)
        try:
            run_program([*command, "-l", str(area.log)], account, cwd=area.data, timeout=timeout + 30)
            break
        except StoreError as error:
            if attempt == attempts:
                raise StoreError(f"PostgreSQL did not start: {error.message}", remedy=f"see `{area.log}`") from error
            time.sleep(0.25)
    if wait_while_busy(area, timeout=timeout) is State.ABSENT:
        raise StoreError("PostgreSQL ended right after its start", remedy=f"see `{area.log}`")


def _stop(server: RunningServer) -> None:
    data = server.area.data
    remove_stale_locks(server.area)
    if not has_process(data / "postmaster.pid"):
        return
    command = [server.binaries.program("pg_ctl"), "stop", "-w", "-m", "fast", "-t", str(int(server.timeout))]
    run_program([*command, "-D", str(data)], server.account, cwd=data, timeout=server.timeout + 30)
