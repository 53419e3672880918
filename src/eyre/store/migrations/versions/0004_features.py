"""Runs `../0004_features.sql`."""

from alembic import op

from eyre.store.run_migrations import run_sql_file

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """One step forward; there is no step back."""
    run_sql_file(op.get_bind(), "0004_features.sql")
