"""A PostgreSQL server for each test process, and fresh databases on it.

A test that takes `store` or `new_database` runs on the server of the extra `standalone`; with `-m postgres15` on the
system's PostgreSQL 15.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from eyre.store.open_store import Store, StoreSettings, open_store
from eyre.store.server.database import OWNER, make_database
from eyre.store.server.start import RunningServer, ServerSettings, start_server, stop_server

POSTGRES_15 = Path("/usr/lib/postgresql/15/bin")
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
    directory = Path(tempfile.mkdtemp(prefix="eyre-"))
    directory.chmod(0o755)
    server = start_server(ServerSettings(directory / "server", postgres_programs, _QUICK, durable=False))
    yield server
    stop_server(server)
    shutil.rmtree(directory)


@pytest.fixture(scope="session")
def new_database(postgres_server: RunningServer) -> Iterator[Callable[[], str]]:
    """Gives the owner's connection string of a fresh, migrated, empty database each time it is called."""
    template = "template_eyre"
    open_store(StoreSettings(make_database(postgres_server, template))).close()
    password = postgres_server.area.password("owner.password")
    numbers = count()
    with psycopg.connect(postgres_server.admin_url(), autocommit=True) as admin:

        def make() -> str:
            name = f"fresh_{next(numbers)}"
            copy = sql.SQL("create database {} owner {} template {} strategy file_copy")
            admin.execute(copy.format(*map(sql.Identifier, (name, OWNER, template))))
            return make_conninfo(postgres_server.admin_url(name), user=OWNER, password=password)

        yield make


@pytest.fixture
def owner_url(new_database: Callable[[], str]) -> str:
    """The owner's connection string of the database of `store`."""
    return new_database()


@pytest.fixture
def store(owner_url: str) -> Iterator[Store]:
    """An empty store on a database of its own."""
    opened = open_store(StoreSettings(owner_url))
    yield opened
    opened.close()
