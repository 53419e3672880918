"""Somebody who can run any SQL as the reader tries to see more than the view."""

from collections.abc import Callable, Iterator

import psycopg
import pytest
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict

from eyre.model.field_group import ALL_GROUPS, FieldGroup
from eyre.model.view import View, view_of
from eyre.store.open_store import StoreSettings, open_for_a_while
from eyre.store.reader import ReaderSession, open_reader
from eyre.store.view_token import Backend, sign_view
from tests.resolve.feature_parts import parts_of
from tests.store.town import COURT, JAIL, Town, said, url_of

Change = Callable[[str], str]

DENIED = (errors.InsufficientPrivilege,)
REFUSED_STATEMENTS = [
    "select * from eyre.secret",
    "select * from eyre.record_version",
    "select * from eyre.delivery",
    "select * from eyre.quarantined",
    "select * from eyre.purged",
    "select * from eyre.meta",
    "select source_key from eyre.record",
    "select content_hash from eyre.record",
    "select * from eyre.record_said",
    "select * from eyre.record_features",
    "select keys from eyre.record_features",
    "select * from eyre.alembic_version",
    "select eyre.analyze_records()",
    "insert into eyre.judgement values (1, 2, 'same', 'x', 'x', now())",
    "update eyre.record set class = 1",
    "delete from eyre.record_said",
    "truncate eyre.record_said",
    "create or replace view eyre.said as select 1 as record",
    "alter table eyre.record disable row level security",
    "drop policy reader_sees on eyre.record",
    "create policy all_of_it on eyre.record using (true)",
    "create or replace function eyre.visible() returns integer[] language sql as 'select array[1]'",
    "create function eyre.leak(text) returns boolean language sql as 'select true'",
    "create function pg_temp.leak(text) returns boolean language sql as 'select true'",
    "create temporary table kept (x text)",
    "create schema mine",
    "create table public.kept (x text)",
    "set role eyre_owner",
    "set role eyre_writer",
    "set session authorization postgres",
    "grant eyre_writer to current_user",
    "alter role current_user superuser",
    "create role other superuser",
    "copy eyre.record to '/tmp/eyre-escape'",
    "copy eyre.record to program 'cat'",
    "select pg_read_file('/etc/passwd')",
    "select pg_ls_dir('.')",
    "select * from pg_statistic",
    "select * from pg_authid",
    "set session_replication_role = replica",
]
CLOSED_ON_A_PRIVATE_SERVER = [
    "select pg_relation_size('eyre.record')",
    "select pg_total_relation_size('eyre.record')",
    "select pg_database_size(current_database())",
    "select reltuples from pg_class where relname = 'record'",
    "select relpages from pg_class where relname = 'record'",
    "select * from pg_class",
    "select * from pg_stat_activity",
    "select * from pg_stat_user_tables",
    "select * from pg_stat_user_indexes",
    "select * from pg_statio_user_tables",
    "select pg_stat_get_live_tuples('eyre.record'::regclass)",
    "select * from pg_locks",
    "select pg_terminate_backend(pg_backend_pid())",
    "select pg_cancel_backend(pg_backend_pid())",
    "select pg_advisory_lock(1)",
    "select lo_from_bytea(0, 'kept')",
    "select lo_create(0)",
    "do $$ begin perform 1; end $$",
]


MANY_HIDDEN = """
    insert into eyre.record select n, 'az/azure-court', 'h' || n, 2, '2026-01-01Z', '2026-01-01Z', 1, '', '', false
        from generate_series(1, 2000) n;
    insert into eyre.record_said select n, 2, '{"8": {}}' from generate_series(1, 2000) n;
    insert into eyre.record_features select n, 2, '', '' from generate_series(1, 2000) n;
    insert into eyre.record_key select n, 2, 8, n from generate_series(1, 2000) n
"""


@pytest.fixture
def two(town: Town) -> Town:
    """One record that the view shows and two that it hides."""
    town.deliver([said("k1")])
    town.deliver([said("k2", source=COURT), said("k3", source=COURT)], source=COURT)
    return town


@pytest.fixture
def thief(two: Town) -> Iterator[ReaderSession]:
    """A session under a view of the jail alone, without identifiers."""
    view = view_of("test", [two.jail], masked=FieldGroup.IDENTIFIER)
    with open_reader(two.store.reader, view, two.store.view_key) as session:
        yield session


@pytest.fixture
def plain(two: Town) -> Iterator[psycopg.Connection]:
    """A connection as the reader that is not of the application's pool, and has no view."""
    with psycopg.connect(url_of(two.store.reader), autocommit=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def stranger(new_database: Callable[[], str]) -> Iterator[psycopg.Connection]:
    """A connection as the reader of an empty store."""
    with (
        open_for_a_while(StoreSettings(new_database())) as store,
        psycopg.connect(url_of(store.reader), autocommit=True) as connection,
    ):
        yield connection


@pytest.mark.parametrize("statement", REFUSED_STATEMENTS)
def test_refused(stranger: psycopg.Connection, statement: str) -> None:
    with pytest.raises(DENIED):
        stranger.execute(statement.encode())


@pytest.mark.parametrize("statement", CLOSED_ON_A_PRIVATE_SERVER)
def test_refused_on_a_private_server(stranger: psycopg.Connection, statement: str) -> None:
    with pytest.raises(DENIED):
        stranger.execute(statement.encode())


def test_without_a_view_nothing_is_seen(plain: psycopg.Connection) -> None:
    for table in ("said", "compared", "record_key", "judgement", "terms_class", "record_name"):
        assert plain.execute(f"select count(*) from eyre.{table}".encode()).fetchone() == (0,)
    assert plain.execute("select count(*) from eyre.record").fetchone() == (0,)


def test_direct_questions_are_answered_under_the_view(thief: ReaderSession, two: Town) -> None:
    one = thief.connection.execute
    assert one("select id, source from eyre.record").fetchall() == [(two.id_of("k1"), JAIL)]
    assert {int(row[0]) for row in one("select jsonb_object_keys(parts) from eyre.said")} == {
        FieldGroup.NAME,
        FieldGroup.SEX,
        FieldGroup.CUSTODY,
    }
    (features,) = one("select features from eyre.compared").fetchone() or (b"",)
    assert parts_of(features) == {int(FieldGroup.NAME): b"name 1"}
    assert one("select count(*), min(groups) from eyre.record_key").fetchone() == (1, FieldGroup.NAME)
    assert one("select count(*) from eyre.record_name").fetchone() == (0,)
    with thief.connection.cursor().copy("copy eyre.record_key to stdout") as copy:
        assert len(list(copy.rows())) == 1


@pytest.mark.parametrize(
    "question",
    [
        "select 1 / (case when source = 'az/azure-court' then 0 else 1 end) from eyre.record",
        "select (case when parts::text like '%S-1%' then parts::text else '0' end)::int from eyre.said",
        "select (case when position('number 1'::bytea in features) > 0 then 'x' else '0' end)::int from eyre.compared",
        "select 1 from eyre.record where 1 / (case when source = 'az/azure-court' then 0 else 1 end) = 1",
        "select 1 from eyre.said where 1 / (case when parts ? '8' then 0 else 1 end) > 0",
        "select 1 from eyre.compared where 1 / (case when get_byte(features, 12) > 0 then 0 else 1 end) > 0",
        "select 1 from eyre.record_name where source_key::int = 0",
    ],
)
def test_an_error_tells_nothing_of_hidden_rows(two: Town, thief: ReaderSession, question: str) -> None:
    thief.connection.execute(question.encode()).fetchall()
    with (
        open_reader(two.store.reader, _all(two), two.store.view_key) as session,
        pytest.raises((errors.DivisionByZero, errors.InvalidTextRepresentation)),
    ):
        session.connection.execute(question.encode()).fetchall()


def test_row_security_cannot_be_switched_off(thief: ReaderSession) -> None:
    thief.connection.execute("set local row_security = off")
    with pytest.raises(errors.InsufficientPrivilege, match="row-level security"):
        thief.connection.execute("select * from eyre.record")


def test_no_statistics_are_shown(two: Town, owner_url: str) -> None:
    with psycopg.connect(owner_url) as owner:
        owner.execute("select eyre.analyze_records()")
    with open_reader(two.store.reader, view_of("test", [two.jail]), two.store.view_key) as session:
        assert session.connection.execute("select * from pg_stats where schemaname = 'eyre'").fetchall() == []


@pytest.mark.parametrize(
    ("hidden", "nowhere"),
    [
        ("eyre.record where source = 'az/azure-court'", "eyre.record where source = 'az/nowhere'"),
        ("eyre.record where class = 2", "eyre.record where class = 3"),
        ("eyre.record where as_of = '2026-01-01Z'", "eyre.record where as_of = '2025-01-01Z'"),
        ("eyre.record_key where groups = 8", "eyre.record_key where groups = 9"),
        ("eyre.said where parts ? '8'", "eyre.said where parts ? '9'"),
        ("eyre.said where class = 2", "eyre.said where class = 3"),
        ("eyre.compared where features = ''", "eyre.compared where features = 'nothing'"),
    ],
)
def test_an_estimate_is_the_same_for_what_is_hidden_and_what_is_not_there(
    two: Town, owner_url: str, hidden: str, nowhere: str
) -> None:
    with psycopg.connect(owner_url) as owner:
        owner.execute(MANY_HIDDEN.encode())
        owner.execute("select eyre.analyze_records()")
    with open_reader(two.store.reader, view_of("test", [two.jail]), two.store.view_key) as session:
        assert _estimate(session, hidden) == _estimate(session, nowhere)


def test_a_token_of_ones_own_opens_nothing(plain: psycopg.Connection, two: Town) -> None:
    with plain.transaction():
        token = sign_view(bytes(32), _all(two), _backend(plain))
        assert _seen(plain, token) == 0


def test_a_token_holds_in_its_own_transaction_only(plain: psycopg.Connection, two: Town) -> None:
    with plain.transaction():
        token = sign_view(two.store.view_key, _all(two), _backend(plain))
        assert _seen(plain, token) == 3
    with plain.transaction():
        assert _seen(plain, token) == 0


def test_a_token_holds_in_its_own_backend_only(plain: psycopg.Connection, two: Town) -> None:
    with psycopg.connect(url_of(two.store.reader)) as other, plain.transaction():
        pid, started = _backend(plain).pid, _backend(other).started
        assert _seen(other, sign_view(two.store.view_key, _all(two), Backend(pid, started))) == 0
        assert _seen(other, sign_view(two.store.view_key, _all(two), _backend(other))) == 3


@pytest.mark.parametrize(
    "change",
    [
        lambda token: token[:65] + str((int(token[65]) + 1) % 10) + token[66:],
        lambda token: "0" * 64 + token[64:],
        lambda token: token[:-1] + ",1073742847}",
        lambda token: token.upper(),
        lambda token: token[64:],
        lambda token: " " * 64 + token,
        lambda token: token + " ",
        lambda token: "{1073742847,1073742847}",
        lambda token: "",
    ],
)
def test_a_changed_token_opens_nothing(plain: psycopg.Connection, two: Town, change: Change) -> None:
    with plain.transaction():
        token = sign_view(two.store.view_key, view_of("test", [two.jail]), _backend(plain))
        assert _seen(plain, token) == 1
        assert _seen(plain, change(token)) == 0


def test_a_wider_token_cannot_be_taken_from_the_owner(two: Town) -> None:
    owner_only = conninfo_to_dict(url_of(two.store.writer))
    reader = conninfo_to_dict(url_of(two.store.reader))
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url_of(two.store.writer), password=str(reader["password"]))
    assert owner_only["password"] != reader["password"]


def test_nobody_else_may_connect(two: Town, fresh_database: Callable[[], str]) -> None:
    with open_for_a_while(StoreSettings(fresh_database())) as other:
        stranger = conninfo_to_dict(url_of(other.reader))
    mine = conninfo_to_dict(url_of(two.store.reader))
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(url_of(two.store.reader), user=stranger["user"], password=stranger["password"])
    assert mine["user"] != stranger["user"]


def test_no_function_that_anyone_may_call_runs_as_its_owner(plain: psycopg.Connection) -> None:
    rows = plain.execute(
        "select p.oid::regprocedure::text from pg_proc p where prosecdef and has_function_privilege(p.oid, 'execute')"
    )
    assert rows.fetchall() == [("eyre.visible()",)]


def _all(town: Town) -> View:
    return View("test", {town.jail: ALL_GROUPS, town.court: ALL_GROUPS})


def _backend(connection: psycopg.Connection) -> Backend:
    row = connection.execute("select pg_backend_pid(), trunc(extract(epoch from now()) * 1000000)::bigint").fetchone()
    assert row is not None
    return Backend(*row)


def _seen(connection: psycopg.Connection, token: str) -> int:
    connection.execute("select set_config('eyre.view', %s, true)", [token])
    return len(connection.execute("select id from eyre.record").fetchall())


def _estimate(session: ReaderSession, what: str) -> list[str]:
    plan = [row[0] for row in session.connection.execute(f"explain select 1 from {what}".encode())]
    return [line for line in plan if "rows=" in line]
