"""The migrations add up to `schema.sql`, and may be run by many at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from eyre.errors import StoreError
from eyre.store.open_store import Store, StoreSettings, open_store
from eyre.store.roles import Logins
from eyre.store.server.database import make_database
from eyre.store.server.start import RunningServer
from eyre.store.sql_files import read_sql
from tests.store.town import url_of

CATALOG = {
    "columns": """
        select c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.reloptions, c.relacl::text, a.attname,
            format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attstattarget, a.attoptions, a.attacl::text,
            a.attidentity, pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum), obj_description(c.oid)
        from pg_attribute a join pg_class c on c.oid = a.attrelid
        left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
        where c.relnamespace = 'eyre'::regnamespace and a.attnum > 0 and c.relname not like 'alembic%'""",
    "indexes": "select indexdef from pg_indexes where schemaname = 'eyre' and tablename not like 'alembic%'",
    "constraints": """
        select conname, conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'eyre'::regnamespace and conrelid::regclass::text not like '%alembic%'""",
    "policies": "select * from pg_policies where schemaname = 'eyre'",
    "functions": """
        select oid::regprocedure::text, pg_get_functiondef(oid), proacl::text, prosecdef, obj_description(oid)
        from pg_proc where pronamespace = 'eyre'::regnamespace""",
    "views": "select viewname, definition from pg_views where schemaname = 'eyre'",
    "triggers": "select tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal",
    "schemas": "select nspname, nspacl::text from pg_namespace where nspname = 'eyre'",
}


def test_the_migrations_add_up_to_the_schema(postgres_server: RunningServer, owner_url: str) -> None:
    url = make_database(postgres_server, "whole")
    with psycopg.connect(url) as owner:
        owner.execute("create schema eyre")
        owner.execute(read_sql("schema.sql").encode())
    assert _catalog(postgres_server, "whole") == _catalog(postgres_server, _name(owner_url))
    with psycopg.connect(url) as owner:
        owner.execute("alter table eyre.record_said no force row level security, disable row level security")
    assert _catalog(postgres_server, "whole") != _catalog(postgres_server, _name(owner_url))


def test_every_table_that_a_reader_may_read_is_under_row_level_security(owner_url: str) -> None:
    with psycopg.connect(owner_url) as owner:
        rows = owner.execute(
            "select relname, relrowsecurity from pg_class where relnamespace = 'eyre'::regnamespace and relkind = 'r' "
            "and has_any_column_privilege('eyre_reader', oid, 'select') order by relname"
        ).fetchall()
    assert rows == [(name, True) for name in ("event", "judgement", "record", "record_key", "terms_class")]


def test_many_may_open_a_new_database_at_once(postgres_server: RunningServer) -> None:
    url = make_database(postgres_server, "opened_by_many")
    with ThreadPoolExecutor(6) as threads:
        stores = list(threads.map(lambda _: open_store(StoreSettings(url)), range(6)))
    keys = {(store.record_key, store.view_key) for store in stores}
    for store in stores:
        with store.writer.connection() as writer, store.reader.connection() as reader:
            writer.execute("select 1")
            reader.execute("select 1")
        store.close()
    assert len(keys) == 1


def test_a_database_of_a_newer_eyre_is_refused(owner_url: str) -> None:
    with psycopg.connect(owner_url) as owner:
        owner.execute("update eyre.alembic_version set version_num = '9999'")
    with pytest.raises(StoreError, match="not one that this version of Eyre knows"):
        open_store(StoreSettings(owner_url))


def test_an_owner_that_may_not_make_roles_is_told_what_to_do(postgres_server: RunningServer, store: Store) -> None:
    url = _foreign(postgres_server, "foreign")
    with pytest.raises(StoreError, match="may not make the roles"):
        open_store(StoreSettings(url))


def test_logins_that_somebody_else_made_are_used(postgres_server: RunningServer, store: Store) -> None:
    url = _foreign(postgres_server, "premade")
    urls = {}
    with psycopg.connect(postgres_server.admin_url(), autocommit=True) as admin:
        for group in ("reader", "writer"):
            admin.execute(f"create role premade_{group} login password 'p' in role eyre_{group}".encode())
            urls[group] = make_conninfo(url, user=f"premade_{group}")
    opened = open_store(StoreSettings(url, Logins(urls["writer"], urls["reader"])))
    with opened.writer.connection() as writer, opened.reader.connection() as reader:
        assert writer.execute("select count(*) from eyre.record_version").fetchone() == (0,)
        assert reader.execute("select count(*) from eyre.record").fetchone() == (0,)
    opened.close()


def test_a_server_that_is_not_there_is_told_without_its_password(store: Store) -> None:
    url = make_conninfo(url_of(store.writer), host="/nowhere", password="geheim")
    with pytest.raises(StoreError, match="cannot be reached") as caught:
        open_store(StoreSettings(url))
    assert "geheim" not in str(caught.value)


def test_a_copied_database_makes_logins_of_its_own(fresh_database: Callable[[], str]) -> None:
    users = set()
    for _ in range(2):
        store = open_store(StoreSettings(fresh_database()))
        users.add(psycopg.conninfo.conninfo_to_dict(url_of(store.reader))["user"])
        store.close()
    assert len(users) == 2


def _catalog(server: RunningServer, database: str) -> dict[str, list[tuple[object, ...]]]:
    with psycopg.connect(server.admin_url(database)) as admin:
        return {name: sorted(admin.execute(query.encode()).fetchall(), key=repr) for name, query in CATALOG.items()}


def _name(url: str) -> str:
    return str(psycopg.conninfo.conninfo_to_dict(url)["dbname"])


def _foreign(server: RunningServer, database: str) -> str:
    """A database such as somebody else's server gives: its owner may not make roles. (`store` has made the groups.)"""
    with psycopg.connect(server.admin_url(), autocommit=True) as admin:
        admin.execute(f"create role {database}_owner login password 'p'".encode())
        admin.execute(f'create database "{database}" owner {database}_owner'.encode())
    return make_conninfo(server.admin_url(database), user=f"{database}_owner", password="p")


def test_what_was_said_survives_the_step_to_whole_records(postgres_server: RunningServer, store: Store) -> None:
    """(`store` has made the groups of roles.)"""
    steps = sorted(each.name for each in (files("eyre.store") / "migrations").iterdir() if each.name.endswith(".sql"))
    at = steps.index("0007_whole_records.sql")
    with psycopg.connect(make_database(postgres_server, "before_whole_records")) as owner:
        owner.execute("create schema eyre")
        for step in steps[:at]:
            owner.execute(read_sql(f"migrations/{step}").encode())
        owner.execute(
            "insert into eyre.record select n, 'az/jail', 'k' || n, 1, now(), now(), 1, '', '', n = 3 "
            "from generate_series(1, 3) n"
        )
        owner.execute("insert into eyre.record_part values (1, 1, 1, '{\"names\": []}', 'a', '\\x01')")
        owner.execute("insert into eyre.record_part values (1, 8, 1, '{}', 'b', '\\x02')")
        owner.execute(read_sql(f"migrations/{steps[at]}").encode())
        said = owner.execute("select record, class, parts from eyre.record_said order by record").fetchall()
        made = owner.execute("select record, features, keys from eyre.record_features order by record").fetchall()
    assert said == [(1, 1, {"1": {"names": []}, "8": {}}), (2, 1, {})]
    assert [(record, features, sorted(keys)) for record, features, keys in made] == [(1, b"", [1, 2]), (2, b"", [])]
