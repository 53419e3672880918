"""Runs `../0006_enter_view.sql`."""

from alembic import op

from eyre.store.run_migrations import run_sql_file

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """One step forward; there is no step back."""
    run_sql_file(op.get_bind(), "0006_enter_view.sql")
