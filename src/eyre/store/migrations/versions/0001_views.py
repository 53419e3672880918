"""Runs `../0001_views.sql`."""

from alembic import op

from eyre.store.run_migrations import run_sql_file

revision = "0001"
down_revision = None


def upgrade() -> None:
    """One step forward; there is no step back."""
    run_sql_file(op.get_bind(), "0001_views.sql")
