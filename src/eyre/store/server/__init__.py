"""A private PostgreSQL server: found, made, started, joined, recovered and stopped."""
