"""Runs `../0015_ended_runs.sql`."""

from alembic import op

from eyre.store.run_migrations import run_sql_file

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """One step forward; there is no step back."""
    run_sql_file(op.get_bind(), "0015_ended_runs.sql")
