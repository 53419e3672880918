"""Runs `../0009_custody.sql`."""

from alembic import op

from eyre.store.run_migrations import run_sql_file

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """One step forward; there is no step back."""
    run_sql_file(op.get_bind(), "0009_custody.sql")
