"""Alembic's entry: runs on the connection that `run_migrations` hands over, in that connection's transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], version_table_schema="eyre")
context.run_migrations()
