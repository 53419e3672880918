"""A database that is away for a while: its connections are ended, and new ones refused."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from eyre.store.server.start import RunningServer


def end_connections(server: RunningServer, owner_url: str) -> None:
    """What a restart of the database does to whoever uses it."""
    with psycopg.connect(server.admin_url(), autocommit=True) as admin:
        admin.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = %s", [_name(owner_url)]
        )


@contextmanager
def away(server: RunningServer, owner_url: str) -> Iterator[None]:
    """Nobody can use the database while the block runs."""
    with psycopg.connect(server.admin_url(), autocommit=True) as admin:

        def allow(*, connections: bool) -> None:
            command = sql.SQL("alter database {} allow_connections {}")
            admin.execute(command.format(sql.Identifier(_name(owner_url)), sql.Literal(connections)))

        allow(connections=False)
        end_connections(server, owner_url)
        try:
            yield
        finally:
            allow(connections=True)


def _name(url: str) -> str:
    return str(conninfo_to_dict(url)["dbname"])
