"""A PostgreSQL server for each test process, and fresh databases on it.

A test that takes `store` or `new_database` runs on the server of the extra `standalone`; with `-m postgres15` on the
system's PostgreSQL 15.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from eyre.store.open_store import Store, StoreSettings, open_store
from eyre.store.server.database import OWNER, make_database
from eyre.store.server.start import RunningServer, ServerSettings, start_server, stop_server

POSTGRES_15 = Path("/usr/lib/postgresql/15/bin")
_ROOM = 4 << 30  # bytes: several test processes may take half of a GiB each
_QUICK = {"shared_buffers": "64MB", "full_page_writes": "off", "wal_level": "minimal", "max_wal_senders": "0"}


@pytest.fixture
def postgres_directory() -> Iterator[Path]:
    """A directory for a server's data. Not below pytest's own, which is closed to the user as which the server runs."""
    with tempfile.TemporaryDirectory(prefix="eyre-") as directory:
        Path(directory).chmod(0o755)
        yield Path(directory)


@pytest.fixture(scope="session", params=["packaged", pytest.param("15", marks=pytest.mark.postgres15)])
def postgres_programs(request: pytest.FixtureRequest) -> Path | None:
    """The directory of PostgreSQL's programs; None for those that are found without being named."""
    if request.param == "packaged":
        return None
    if not POSTGRES_15.exists():
        pytest.skip("there is no PostgreSQL 15 on this machine")
    return POSTGRES_15


@pytest.fixture(scope="session")
def postgres_server(postgres_programs: Path | None) -> Iterator[RunningServer]:
    """A server for this test process that does not care for its data."""
    directory = Path(tempfile.mkdtemp(prefix="eyre-", dir=_in_memory()))
    directory.chmod(0o755)
    server = start_server(ServerSettings(directory / "server", postgres_programs, _QUICK, durable=False))
    yield server
    stop_server(server)
    shutil.rmtree(directory)


def _in_memory() -> Path | None:
    """Where files are kept in memory, if there is room for a server and its programs may run there: a database is three
    hundred files, and hundreds of databases are made."""
    place = Path("/dev/shm")
    if not os.access(place, os.W_OK) or os.statvfs(place).f_flag & os.ST_NOEXEC:
        return None
    return place if shutil.disk_usage(place).free > _ROOM else None


@dataclass
class Databases:
    """Makes databases as a template has them, and drops them."""

    server: RunningServer
    admin: "psycopg.Connection[tuple[object, ...]]"
    template: str
    _numbers: Iterator[int] = field(default_factory=count)

    def make(self) -> str:
        name = f"fresh_{next(self._numbers)}"
        copy = sql.SQL("create database {} owner {} template {} strategy file_copy")
        self.admin.execute(copy.format(*map(sql.Identifier, (name, OWNER, self.template))))
        password = self.server.area.password("owner.password")
        return make_conninfo(self.server.admin_url(name), user=OWNER, password=password)

    def drop(self, url: str) -> None:
        name = sql.Identifier(str(conninfo_to_dict(url)["dbname"]))
        self.admin.execute(sql.SQL("drop database {} with (force)").format(name))


@pytest.fixture(scope="session")
def databases(postgres_server: RunningServer) -> Iterator[Databases]:
    template = "template_eyre"
    open_store(StoreSettings(make_database(postgres_server, template))).close()
    with psycopg.connect(postgres_server.admin_url(), autocommit=True) as admin:
        yield Databases(postgres_server, admin, template)


@pytest.fixture(scope="session")
def new_database(databases: Databases) -> Callable[[], str]:
    """Gives the owner's connection string of a fresh, migrated, empty database each time it is called."""
    return databases.make


@pytest.fixture
def fresh_database(databases: Databases) -> Iterator[Callable[[], str]]:
    """The same; what it gives is gone after the test."""
    made: list[str] = []

    def make() -> str:
        made.append(databases.make())
        return made[-1]

    yield make
    for url in made:
        databases.drop(url)


@pytest.fixture
def owner_url(fresh_database: Callable[[], str]) -> str:
    """The owner's connection string of the database of `store`."""
    return fresh_database()


@pytest.fixture
def store(owner_url: str) -> Iterator[Store]:
    """An empty store on a database of its own."""
    opened = open_store(StoreSettings(owner_url))
    yield opened
    opened.close()
