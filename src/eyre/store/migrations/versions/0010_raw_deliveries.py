"""Runs `../0010_raw_deliveries.sql`."""

from alembic import op

from eyre.store.run_migrations import run_sql_file

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """One step forward; there is no step back."""
    run_sql_file(op.get_bind(), "0010_raw_deliveries.sql")
