"""The schema brought up to date."""

from importlib.resources import files

import psycopg


def migrate(owner: psycopg.Connection, owner_url: str) -> None:
    """Runs the migrations that the database has not had; commits what `owner` has begun if there are any. The roles
    `eyre_reader` and `eyre_writer` must be there (`store.roles`).

    Raises `StoreError` when the database was written by a newer Eyre.
    """
    if database_version(owner) == newest_version():
        return
    owner.commit()
    from eyre.store.run_migrations import run_migrations

    run_migrations(owner_url)


def newest_version() -> str:
    """The last step that this version of Eyre knows: the number that its file's name begins with."""
    steps = (files("eyre.store") / "migrations" / "versions").iterdir()
    return max(step.name.partition("_")[0] for step in steps if step.name.endswith(".py"))


def database_version(owner: psycopg.Connection) -> str:
    """The last step that the database has had; empty when it has had none."""
    if (
        owner.execute("select 1 from pg_tables where (schemaname, tablename) = ('eyre', 'alembic_version')").rowcount
        < 1
    ):
        return ""
    row = owner.execute("select version_num from eyre.alembic_version").fetchone()
    return str(row[0]) if row else ""
