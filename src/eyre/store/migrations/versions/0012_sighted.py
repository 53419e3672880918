"""Runs `../0012_sighted.sql`."""

from alembic import op

from eyre.store.run_migrations import run_sql_file

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """One step forward; there is no step back."""
    run_sql_file(op.get_bind(), "0012_sighted.sql")
