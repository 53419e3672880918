"""Runs `../0007_whole_records.sql`."""

from alembic import op

from eyre.store.run_migrations import run_sql_file

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """One step forward; there is no step back."""
    run_sql_file(op.get_bind(), "0007_whole_records.sql")
