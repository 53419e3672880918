"""Runs `../0011_source_issues.sql`."""

from alembic import op

from eyre.store.run_migrations import run_sql_file

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """One step forward; there is no step back."""
    run_sql_file(op.get_bind(), "0011_source_issues.sql")
