"""A database for Eyre on a private server, closed as far as its superuser can close it."""

import psycopg
from psycopg import sql

from eyre.store.server.start import RunningServer
from eyre.store.server.state import server_url

OWNER = "eyre_owner"

_HARDEN = """
revoke all on database {database} from public;
revoke all on schema public from public;
revoke usage on language sql, plpgsql from public;
grant usage on language sql, plpgsql to {owner};
do $$
declare
    closed regprocedure;
begin
    -- sizes, statistics and other sessions' doings tell of rows that a view hides; large objects and advisory locks
    -- outlive or disturb other sessions
    for closed in
        select oid::regprocedure from pg_catalog.pg_proc
        where pronamespace = 'pg_catalog'::regnamespace
            and (proname ~ '^(pg_stat_|pg_.*_size$|pg_relation_filepath|pg_cancel_backend|pg_terminate_backend|pg_lock_'
                    '|pg_advisory|pg_try_advisory|pg_notify$|pg_export_snapshot|pg_prepared_|pg_cursor$)'
                or proname in (
                    'lo_create', 'lo_creat', 'lo_from_bytea', 'lo_open', 'lo_put', 'lo_get', 'loread', 'lowrite',
                    'lo_unlink', 'lo_import', 'lo_export'))
    loop
        execute format('revoke execute on function %s from public', closed);
        execute format('grant execute on function %s to {owner}', closed);
    end loop;
end
$$;
revoke select on pg_catalog.pg_class, pg_catalog.pg_largeobject_metadata from public;
grant select on pg_catalog.pg_class to {owner};
"""
_COUNTED = ("reltuples", "relpages", "relallvisible", "relallfrozen")


def make_database(server: RunningServer, name: str = "eyre") -> str:
    """The owner's connection string of the database `name`, made if it is not there.

    The owner is no superuser, and may make roles. What a reader could learn from the catalogue about rows that its view
    hides is revoked here, which only a superuser can do; on a server of somebody else it stays open.
    """
    password = server.area.password("owner.password")
    with psycopg.connect(server.admin_url(), autocommit=True) as admin:
        if not _one(admin, "select 1 from pg_roles where rolname = %s", OWNER):
            command = sql.SQL("create role {} login createrole password {}")
            admin.execute(command.format(sql.Identifier(OWNER), sql.Literal(password)))
        if not _one(admin, "select 1 from pg_database where datname = %s", name):
            command = sql.SQL("create database {} owner {}")
            admin.execute(command.format(sql.Identifier(name), sql.Identifier(OWNER)))
    with psycopg.connect(server.admin_url(name)) as admin:
        _harden(admin, name)
    return server_url(server.area, OWNER, password, name)


def _harden(admin: psycopg.Connection, name: str) -> None:
    owner = sql.Identifier(OWNER)
    admin.execute("select pg_advisory_xact_lock(hashtext('eyre harden'))")
    admin.execute(sql.SQL(_HARDEN).format(database=sql.Identifier(name), owner=owner))
    rows = admin.execute(
        "select attname from pg_attribute where attrelid = 'pg_class'::regclass and attname <> all (%s)",
        [list(_COUNTED)],
    )
    columns = sql.SQL(", ").join(sql.Identifier(column) for (column,) in rows)
    admin.execute(sql.SQL("grant select ({}) on pg_catalog.pg_class to public").format(columns))


def _one(admin: psycopg.Connection, query: str, value: str) -> bool:
    return admin.execute(query, [value]).fetchone() is not None
