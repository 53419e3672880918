"""The server's data directory: made once, configured at every start, refused when another version made it."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from eyre.errors import StoreError
from eyre.store.server.account import Account, give_to
from eyre.store.server.area import PORT, Area, write_new
from eyre.store.server.binaries import Binaries
from eyre.store.server.memory import memory_here, memory_settings
from eyre.store.server.programs import run_program

ADMIN = "postgres"
_FOR_TESTS = ["--no-sync", "--wal-segsize=1"]
_INITDB_TIMEOUT = 300.0
_BUILTIN_LOCALE_SINCE = 17

SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "max_connections": "100",
    "work_mem": "32MB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "15min",
    # keys come in no order: every page that one falls on is logged whole after a checkpoint, and compressing it with
    # what every build of PostgreSQL has costs more than writing it
    "wal_compression": "off",
    "synchronous_commit": "on",
    "random_page_cost": "1.1",
    "jit": "off",
    "autovacuum_naptime": "15s",
    # what was asked and said is nobody's business but the ledger's: no statement, no value in the log
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
"""What every private server is started with, beside what the machine's memory allows (`memory_settings`); a caller's
own settings come after these."""


def make_data(area: Area, binaries: Binaries, account: Account, *, durable: bool) -> None:
    """Makes the data directory if there is none, whole or not at all. Raises `StoreError` for another version's."""
    marker = area.data / "PG_VERSION"
    if area.data.exists():
        _refuse_other_major(area.data, marker, binaries)
        return
    draft = area.root / "pgdata.new"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    give_to(account, draft)
    pwfile = area.root / "pwfile"
    write_new(pwfile, area.password("admin.password"))
    give_to(account, pwfile)
    try:
        command = [binaries.program("initdb"), "-D", str(draft), "--pwfile", str(pwfile), *_initdb_options(binaries)]
        run_program(command + ([] if durable else _FOR_TESTS), account, cwd=draft, timeout=_INITDB_TIMEOUT)
    finally:
        pwfile.unlink()
    with open(draft / "postgresql.conf", "a") as file:
        file.write("include 'eyre.conf'\n")
    draft.rename(area.data)


def write_settings(area: Area, account: Account, settings: Mapping[str, str]) -> None:
    """Writes `eyre.conf`, which PostgreSQL reads at its start."""
    chosen = {
        **memory_settings(memory_here()),
        **SETTINGS,
        "unix_socket_directories": str(area.socket_directory),
        **settings,
    }
    lines = [f"{name} = '{_quoted(value)}'\n" for name, value in chosen.items()]
    path = area.data / "eyre.conf"
    write_new(path, "".join(lines))
    give_to(account, path)


def _initdb_options(binaries: Binaries) -> list[str]:
    options = ["-U", ADMIN, "-A", "scram-sha-256", "-E", "UTF8", "--data-checksums"]
    if binaries.major >= _BUILTIN_LOCALE_SINCE:
        return [*options, "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return [*options, "--locale=C.UTF-8"]


def _refuse_other_major(data: Path, marker: Path, binaries: Binaries) -> None:
    major = marker.read_text().strip() if marker.exists() else "unknown"
    if major != str(binaries.major):
        raise StoreError(
            f"`{data}` was made by PostgreSQL `{major}`, the programs here are PostgreSQL `{binaries.major}`",
            remedy=f"use the programs of PostgreSQL {major}, or dump the database with them and restore it into a new "
            "data directory",
        )


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")
