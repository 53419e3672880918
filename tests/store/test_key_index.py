"""A delivery of very many keys puts their index aside, in its own transaction, and only when nobody is reading."""

import numpy as np
import psycopg
import pytest

from eyre.model.view import view_of
from eyre.store.reader import open_reader
from tests.store.town import NAME_KEY, Town, contents, said


@pytest.fixture(autouse=True)
def _one_key_is_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eyre.store.key_index.MANY_KEYS", 1)


def test_the_index_is_made_anew_and_finds_every_key(town: Town, owner_url: str) -> None:
    before = _index(owner_url)
    town.deliver([said(f"k{number}") for number in range(6)], chunk=2)
    assert _index(owner_url) != before
    with open_reader(town.store.reader, view_of("test", [town.jail]), town.store.view_key) as session:
        keys, records = session.records_by_keys(np.arange(NAME_KEY, NAME_KEY + 6))
    assert dict(zip(records.tolist(), keys.tolist(), strict=True)) == {
        town.id_of(f"k{number}"): NAME_KEY + number for number in range(6)
    }


def test_while_somebody_reads_the_index_stays(town: Town, owner_url: str) -> None:
    before = _index(owner_url)
    with open_reader(town.store.reader, view_of("test", [town.jail]), town.store.view_key) as session:
        assert len(session.records_by_keys(np.array([NAME_KEY]))[0]) == 0
        town.deliver([said(f"k{number}") for number in range(6)], chunk=2)
    assert _index(owner_url) == before


def test_few_keys_beside_those_that_are_there_do_not_move_the_index(town: Town, owner_url: str) -> None:
    with psycopg.connect(owner_url) as owner:
        owner.execute("insert into eyre.record_key select n, 1, 1, n from generate_series(1, 5000) n")
        owner.execute("select eyre.analyze_records()")
    before = _index(owner_url)
    town.deliver([said(f"k{number}") for number in range(6)], chunk=2)
    assert _index(owner_url) == before


def test_records_that_say_something_else_later_in_the_delivery_lose_their_old_keys(town: Town, owner_url: str) -> None:
    town.deliver([said("k1"), said("k9")])
    town.deliver([said("k3", 1), said("k4", 1), said("k1", 1, status="out"), said("k5", 1), said("k6", 1)], 1, chunk=1)
    keys = contents(owner_url, ["record_key"])["record_key"]
    assert len(keys) == len(set(keys)) == 2 * 6


def _index(owner_url: str) -> int:
    """Which file the index is in."""
    with psycopg.connect(owner_url) as owner:
        row = owner.execute("select oid from pg_class where relname = 'record_key_lookup'").fetchone()
    assert row is not None
    return int(row[0])
