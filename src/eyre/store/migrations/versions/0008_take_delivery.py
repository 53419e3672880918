"""Runs `../0008_take_delivery.sql`."""

from alembic import op

from eyre.store.run_migrations import run_sql_file

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """One step forward; there is no step back."""
    run_sql_file(op.get_bind(), "0008_take_delivery.sql")
