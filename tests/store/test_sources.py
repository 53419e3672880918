"""Many sources are registered at once as they would be one by one."""

from collections.abc import Callable, Sequence

import pytest

from eyre.errors import StoreError
from eyre.model.record import RecordClass
from eyre.store.open_store import Store, StoreSettings, open_for_a_while
from eyre.store.sources import RegisteredSource, classes_of_source, register_source, register_sources
from tests.store.town import JAIL, Town, said

KINDS = list(RecordClass)
COLUMNS = "select id, publisher, jurisdiction, terms_ref, manifest_hash, manifest from eyre.source "


def source(number: int, terms: str = "", publisher: str = "p") -> RegisteredSource:
    some_terms = terms or f"terms_{number % 3}"
    kind = KINDS[number % len(KINDS)]
    body: dict[str, object] = {"id": f"place_{number}", "title": 'o\'dell \\ {braces}, "quotes"'}
    return RegisteredSource(f"place_{number}", publisher, "ocd-division/country:us", some_terms, (kind,), b"h", body)


def registered(store: Store) -> list[tuple[object, ...]]:
    with store.writer.connection() as writer:
        rows = writer.execute("select *, xmin::text from eyre.source order by id").fetchall()
        return [*rows, *((number,) for row in rows for number in classes_of_source(writer, row[0]))]


def register(store: Store, sources: Sequence[RegisteredSource]) -> None:
    with store.writer.connection() as writer:
        register_sources(writer, sources)


def test_many_at_once_are_as_one_by_one(store: Store, fresh_database: Callable[[], str]) -> None:
    many = [source(number) for number in range(2_345)]
    register(store, many)
    with open_for_a_while(StoreSettings(fresh_database())) as other, other.writer.connection() as writer:
        for each in many[:40]:
            register_source(writer, each)
        alone = writer.execute(COLUMNS + "order by id").fetchall()
        classes = writer.execute("select * from eyre.terms_class order by id").fetchall()
    with store.writer.connection() as writer:
        (count,) = writer.execute("select count(*) from eyre.source").fetchone() or (0,)
        ids = [each.id for each in many[:40]]
        together = writer.execute(COLUMNS + "where id = any (%s) order by id", [ids]).fetchall()
        assert writer.execute("select * from eyre.terms_class order by id").fetchall() == classes
    assert count == 2_345
    assert together == alone


def test_what_is_the_same_is_not_written_again(store: Store) -> None:
    register(store, [source(number) for number in range(10)])
    before = registered(store)
    register(store, [source(number) for number in range(10)])
    assert registered(store) == before
    register(store, [source(3, publisher="q"), source(3, publisher="r")])
    assert [row[:2] for row in registered(store) if row not in before] == [("place_3", "r")]


def test_records_move_with_their_source_among_many(town: Town) -> None:
    town.deliver([said("a1"), said("b2")])
    register(town.store, [source(1), jail_under("other terms", RecordClass.CUSTODY), source(2)])
    with town.store.writer.connection() as writer:
        (after,) = classes_of_source(writer, JAIL)
        found = writer.execute("select class from eyre.record where source = %s", [JAIL]).fetchall()
    assert after != town.jail
    assert found == [(after,), (after,)]


def test_nothing_is_registered_where_one_cannot_be(town: Town) -> None:
    town.deliver([said("a1")])
    with pytest.raises(StoreError, match="no longer declares"):
        register(town.store, [source(1), jail_under("other terms", RecordClass.COURT)])
    assert "place_1" not in {row[0] for row in registered(town.store)}


def jail_under(terms: str, kind: RecordClass) -> RegisteredSource:
    return RegisteredSource(JAIL, "Azure County", "ocd-jurisdiction/az", terms, (kind,), b"hash", {"id": JAIL})
