"""A delivery is taken whole or not at all, counts add up, and a second time changes nothing."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest

from eyre.errors import SourceError
from eyre.model.issue import Severity
from eyre.service.import_delivery import Received, import_delivery
from eyre.sources.catalogue import invented_sources, shipped_source, town_sources
from eyre.store.open_store import Store
from eyre.store.purge_record import purge_record
from tests.service.house import MODEL, RECEIVED_AT, everything, take, take_all


def stored(store: Store, table: str) -> list[tuple[object, ...]]:
    with store.writer.connection() as writer:
        return writer.execute(f"select * from eyre.{table} t order by t::text".encode()).fetchall()


def test_rows_in_are_rows_accepted_quarantined_and_ignored(store: Store) -> None:
    for imported in take_all(store):
        assert imported.rows_in == imported.accepted + imported.quarantined + imported.ignored
        assert imported.rows_in > 40
        assert imported.complete
        assert any(each.severity is Severity.ERROR for each in imported.issues) == (imported.quarantined > 0)
    rows = sum(each.quarantined for each in take_all(store))
    assert 0 < len(stored(store, "quarantined")) <= rows  # a court case is a group of rows, set aside as one


def test_the_same_delivery_again_changes_nothing(store: Store) -> None:
    folder = shipped_source("oz_cinder_jail")
    first = take(store, folder)
    tables = (
        "record",
        "record_version",
        "record_said",
        "record_features",
        "record_key",
        "delivery",
        "issue",
        "quarantined",
    )
    before = {table: stored(store, table) for table in tables}
    again = take(store, folder)
    assert (first.known, again.known) == (False, True)
    assert again.changed == 0
    assert (again.rows_in, again.accepted, again.quarantined) == (first.rows_in, first.accepted, first.quarantined)
    assert {table: stored(store, table) for table in tables} == before


def test_a_delivery_that_cannot_be_read_leaves_only_its_refusal(store: Store) -> None:
    folder = shipped_source("oz_cinder_jail")
    page = Received(BytesIO(b"<!DOCTYPE html><html><body>Under maintenance</body></html>"), folder.as_of, RECEIVED_AT)
    with pytest.raises(SourceError) as caught:
        import_delivery(store, folder.manifest, page, MODEL)
    assert [row[7] for row in stored(store, "delivery")] == ["refused"]
    assert caught.value.code in str(stored(store, "issue"))
    assert everything(store) == {}
    assert take(store, folder).accepted == 49


def test_a_known_delivery_is_known_as_bytes_and_as_a_file(store: Store) -> None:
    folder = shipped_source("oz_juniper_jail")
    take(store, folder)
    whole = Received(folder.delivery.read_bytes(), folder.as_of, RECEIVED_AT)
    assert import_delivery(store, folder.manifest, whole, MODEL).known


def test_every_key_that_a_record_has_was_built_from_groups_that_it_tells(store: Store) -> None:
    take(store, shipped_source("oz_probation"))
    with store.writer.connection() as writer:
        (unfounded,) = writer.execute(
            "select count(*) from eyre.record_key k where k.groups & ~(select coalesce(bit_or(grp::integer), 0) "
            "from eyre.record_said s, jsonb_object_keys(s.parts) as grp where s.record = k.record) <> 0"
        ).fetchone() or (None,)
        (many,) = writer.execute("select count(*) from eyre.record_key").fetchone() or (0,)
    assert unfounded == 0
    assert many > 500


def test_progress_is_told_in_records(store: Store) -> None:
    folder = next(each for each in town_sources() if each.manifest.id == "town_acs")
    told: list[int] = []
    received = Received(folder.delivery.read_bytes(), folder.as_of, RECEIVED_AT)
    imported = import_delivery(store, folder.manifest, received, MODEL, progress=told.append)
    assert told[-1] == imported.accepted == 210


def test_a_source_that_moves_to_other_terms_takes_its_records_along(store: Store) -> None:
    folder = shipped_source("oz_cinder_jail")
    take(store, folder)
    moved = folder.manifest.model_copy(update={"terms": "oz-agency-exchange"})
    received = Received(folder.delivery.read_bytes(), folder.as_of, RECEIVED_AT)
    assert import_delivery(store, moved, received, MODEL).known
    with store.writer.connection() as writer:
        rows = writer.execute(
            "select distinct c.terms_ref from eyre.record r join eyre.terms_class c on c.id = r.class"
        ).fetchall()
    assert rows == [("oz-agency-exchange",)]


def test_sources_can_be_taken_in_at_the_same_time(store: Store) -> None:
    with ThreadPoolExecutor(3) as pool:
        imported = list(pool.map(lambda folder: take(store, folder), invented_sources()[:6]))
    assert len(everything(store)) == len({row[0] for row in stored(store, "record")}) > 300
    assert all(not each.known for each in imported)


def test_a_row_that_was_set_aside_is_purged_with_its_record(store: Store) -> None:
    take_all(store)
    with store.writer.connection() as writer:
        told = writer.execute("select record from eyre.quarantined where record is not null order by record").fetchall()
        assert told
        purge_record(writer, told[0][0], purged_at=RECEIVED_AT)
        left = writer.execute("select count(*) from eyre.quarantined where record = %s", told[0]).fetchone()
    assert left == (0,)
