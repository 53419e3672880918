"""Alembic, running named `.sql` files. Imported only when there is something to run, for it takes long to load."""

from importlib.resources import as_file, files
from typing import cast

import psycopg
from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Connection, NullPool, create_engine

from eyre.errors import StoreError
from eyre.store.sql_files import read_sql

_LOCK = 0x65797265  # "eyre"


def run_migrations(owner_url: str) -> None:
    """Runs the migrations that the database has not had, in one transaction. Several may call this at once: one works,
    the others wait and find nothing left to do.

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
