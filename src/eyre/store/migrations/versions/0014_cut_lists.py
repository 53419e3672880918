"""Runs `../0014_cut_lists.sql`."""

from alembic import op

from eyre.store.run_migrations import run_sql_file

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """One step forward; there is no step back."""
    run_sql_file(op.get_bind(), "0014_cut_lists.sql")
