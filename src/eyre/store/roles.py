"""The roles that a store needs.

`eyre_reader` and `eyre_writer` carry the grants and cannot log in; they are shared by all databases of a server. Each
database has a login of its own in each of them, named by the database's number, whose password only its owner can read.
"""

import secrets
from dataclasses import dataclass

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from eyre.errors import StoreError
from eyre.store.one_row import one_row

GROUPS = ("eyre_reader", "eyre_writer")
_REMEDY = (
    "let the owner make roles (`alter role … createrole`), or make the roles `eyre_reader` and `eyre_writer` and a "
    "login in each yourself, and name both logins in the settings"
)
_GRANTED = """
    select not has_database_privilege('public', d.oid, 'connect') and has_database_privilege(%s, d.oid, 'connect')
        and has_database_privilege(%s, d.oid, 'temporary')
    from pg_database d where datname = current_database()
"""
_RACED = (psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation)


@dataclass(frozen=True, slots=True)
class Logins:
    """The connection strings of the two roles that serve; neither can do what the owner can."""

    writer_url: str
    reader_url: str


def make_groups(owner: psycopg.Connection) -> None:
    """Makes `eyre_reader` and `eyre_writer` where they are not there. Raises `StoreError` when it may not."""
    for group in GROUPS:
        if owner.execute("select 1 from pg_roles where rolname = %s", [group]).fetchone() is None:
            _make_role(owner, sql.SQL("create role {} nologin").format(sql.Identifier(group)))


def make_logins(owner: psycopg.Connection, owner_url: str) -> Logins:
    """The logins of this database, made where they are not there. Call inside a transaction, after `migrate`."""
    urls = {group: _login(owner, owner_url, group) for group in GROUPS}
    return Logins(writer_url=urls["eyre_writer"], reader_url=urls["eyre_reader"])


def grant_logins(owner: psycopg.Connection, logins: Logins) -> None:
    """Lets the logins, and nobody else but the owner, connect; only the writer makes temporary tables."""
    database = sql.Identifier(owner.info.dbname)
    users = [str(psycopg.conninfo.conninfo_to_dict(url)["user"]) for url in (logins.reader_url, logins.writer_url)]
    (done,) = one_row(owner.execute(_GRANTED, users))
    if done:
        return
    reader, writer = map(sql.Identifier, users)
    commands = [
        sql.SQL("revoke all on database {} from public").format(database),
        sql.SQL("grant connect on database {} to {}, {}").format(database, reader, writer),
        sql.SQL("grant temporary on database {} to {}").format(database, writer),
    ]
    for command in commands:
        owner.execute(command)


def _login(owner: psycopg.Connection, owner_url: str, group: str) -> str:
    (number,) = one_row(owner.execute("select oid from pg_database where datname = current_database()"))
    name = f"{group}_{number}"
    found = owner.execute("select value from eyre.secret where name = %s", [name]).fetchone()
    password = bytes(found[0]).decode() if found else secrets.token_urlsafe(32)
    exists = owner.execute("select 1 from pg_roles where rolname = %s", [name]).fetchone() is not None
    if not found or not exists:
        verb = "alter role {} password {}" if exists else "create role {} login password {} in role {}"
        parts = [sql.Identifier(name), sql.Literal(password), sql.Identifier(group)]
        _make_role(owner, sql.SQL(verb).format(*parts[: verb.count("{}")]))
        owner.execute(
            "insert into eyre.secret values (%s, %s) on conflict (name) do update set value = excluded.value",
            [name, password.encode()],
        )
    return make_conninfo(owner_url, user=name, password=password)


def _make_role(owner: psycopg.Connection, command: sql.Composed) -> None:
    try:
        with owner.transaction():
            owner.execute(command)
    except _RACED:
        return  # another database of this server made it at the same time
    except psycopg.errors.InsufficientPrivilege as error:
        raise StoreError(
            f"the database's owner `{owner.info.user}` may not make the roles that Eyre needs", remedy=_REMEDY
        ) from error
