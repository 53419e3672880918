"""The schema brought up to date: Alembic, running named `.sql` files, once at a time."""

from importlib.resources import as_file, files
from typing import cast

import psycopg
from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Connection, NullPool, create_engine

from eyre.errors import StoreError

_LOCK = 0x65797265  # "eyre"


def migrate(owner_url: str) -> None:
    """Runs the migrations that the database has not had, in one transaction. Several may call this at once: one works,
    the others wait. The roles `eyre_reader` and `eyre_writer` must be there (`store.roles`).

    Raises `StoreError` when the database was written by a newer Eyre.
    """
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(owner_url), poolclass=NullPool)
    with engine.begin() as connection, as_file(files("eyre.store") / "migrations") as directory:
        connection.exec_driver_sql(f"select pg_advisory_xact_lock({_LOCK})")
        connection.exec_driver_sql("create schema if not exists eyre")
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(directory).replace("%", "%%"))
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreError(
                f"the database's schema is not one that this version of Eyre knows: {error}",
                remedy="use the version of Eyre that last opened it, or a newer one",
            ) from error


def run_sql_file(connection: Connection, name: str) -> None:
    """Runs all statements of `migrations/<name>` in the connection's transaction."""
    driver = connection.connection.driver_connection
    cast(psycopg.Connection, driver).execute(read_sql(f"migrations/{name}").encode())


def read_sql(path: str) -> str:
    """The text of a `.sql` file of this room."""
    return (files("eyre.store") / path).read_text(encoding="utf-8")
