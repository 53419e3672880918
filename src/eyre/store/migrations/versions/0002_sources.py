"""Runs `../0002_sources.sql`."""

from alembic import op

from eyre.store.run_migrations import run_sql_file

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """One step forward; there is no step back."""
    run_sql_file(op.get_bind(), "0002_sources.sql")
