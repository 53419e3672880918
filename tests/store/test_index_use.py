"""Asking for keys costs the same under the policies as without: the index is used, and the view is opened once."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import psycopg
import pytest

from eyre.model.field_group import ALL_GROUPS, FieldGroup
from eyre.model.view import view_of
from eyre.store.arrays import Int64
from eyre.store.open_store import Store, StoreSettings, open_for_a_while
from eyre.store.reader import ReaderSession, open_reader
from eyre.store.sql_files import read_sql

ROWS = 300_000
FILL = f"""
    insert into eyre.terms_class values (1, 'open', 'public'), (2, 'closed', 'court');
    insert into eyre.record_key
        select hashint8extended(n % 100000, 1), 1 + n % 2, case when n % 3 = 0 then 9 else 1 end, n
        from generate_series(1, {ROWS}) n;
    select eyre.analyze_records()
"""


@pytest.fixture(scope="module")
def big(new_database: Callable[[], str]) -> Iterator[Store]:
    url = new_database()
    with open_for_a_while(StoreSettings(url)) as store:
        with psycopg.connect(url, autocommit=True) as owner:
            owner.execute(FILL.encode())
            owner.execute("vacuum eyre.record_key")
        yield store


@pytest.fixture
def session(big: Store) -> Iterator[ReaderSession]:
    view = view_of("test", [1], masked=FieldGroup.IDENTIFIER)
    with open_reader(big.reader, view, big.view_key) as opened:
        yield opened


def test_keys_are_looked_up_in_the_covering_index_alone(session: ReaderSession) -> None:
    plan = _plan(session, "select key, record from eyre.record_key where key = any (%b)", [_keys(session, 1000)])
    (scan,) = [node for node in _nodes(plan) if node["Node Type"].endswith("Scan") and "Index Name" in node]
    assert scan["Node Type"] == "Index Only Scan"
    assert scan["Index Name"] == "record_key_lookup"
    assert "key = ANY" in scan["Index Cond"]
    assert scan["Heap Fetches"] == 0


def test_the_view_is_opened_once_a_query(session: ReaderSession) -> None:
    plan = _plan(session, "select key, record from eyre.record_key where key = any (%b)", [_keys(session, 1000)])
    opened = [node for node in _nodes(plan) if node.get("Subplan Name", "").startswith("InitPlan")]
    assert [node["Actual Loops"] for node in opened] == [1]


def test_only_what_the_view_shows_comes_back(session: ReaderSession) -> None:
    keys, records = session.records_by_keys(_keys(session, 1000))
    assert len(keys) == 1000
    assert set((records % 2).tolist()) == {0}
    assert 0 not in set((records % 3).tolist())


def test_records_parts_and_keys_are_looked_up_by_index(session: ReaderSession) -> None:
    some = np.arange(1, 100, dtype=np.int64)
    for question in (
        read_sql("sql/said.sql"),
        "select * from eyre.judgement where left_record = any (%(records)b) or right_record = any (%(records)b)",
    ):
        nodes = list(_nodes(_plan(session, question, {"records": some, "groups": int(ALL_GROUPS)})))
        assert [node["Index Name"] for node in nodes if "Index Name" in node], question
        assert "Seq Scan" not in {node["Node Type"] for node in nodes}, question


def _keys(session: ReaderSession, count: int) -> Int64:
    rows = session.connection.execute(f"select hashint8extended(n, 1) from generate_series(1, {count}) n".encode())
    return np.array([row[0] for row in rows], dtype=np.int64)


def _plan(session: ReaderSession, query: str, parameters: Any) -> dict[str, Any]:
    row = session.connection.execute(f"explain (analyze, format json) {query}".encode(), parameters).fetchone()
    assert row is not None
    plans = row[0] if isinstance(row[0], list) else json.loads(row[0])
    plan: dict[str, Any] = plans[0]["Plan"]
    return plan


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", []):
        yield from _nodes(inner)
