"""What a delivery leaves behind: the same in any order, nothing when it is the same, nothing when it fails."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import permutations

import numpy as np
import psycopg
import pytest

from eyre.errors import StoreError
from eyre.model.issue import Issue, IssueCode, Severity
from eyre.model.record import RecordClass
from eyre.model.view import view_of
from eyre.store.close_delivery import COLLIDED
from eyre.store.commit_delivery import Delivered, commit_delivery, refuse_delivery
from eyre.store.delivery import KeyedRecord, QuarantinedRow
from eyre.store.open_store import Store
from eyre.store.reader import open_reader
from tests.store.town import COURT, JAIL, NAME_KEY, START, Town, contents, delivery, register, said, taken_back

OtherTown = Callable[[Store], tuple[Town, str]]

DELIVERIES: list[tuple[int, list[KeyedRecord]]] = [
    (0, [said("k1", 0), said("k2", 0), said("k3", 0)]),
    (1, [said("k1", 1, status="released"), said("k2", 1), taken_back("k3", 1)]),
    (2, [said("k1", 2), taken_back("k2", 2), said("k4", 2)]),
    (2, [said("k4", 2, status="moved"), taken_back("k1", 2)]),
]


def test_any_order_of_deliveries_leaves_the_same_tables(town: Town, owner_url: str, other_town: OtherTown) -> None:
    for number, (hour, records) in enumerate(DELIVERIES):
        town.deliver(records, hour, content=str(number))
    expected = contents(owner_url)
    assert len(expected["record"]) == 4
    other, url = other_town(town.store)
    for order in permutations(range(len(DELIVERIES))):
        for number in order:
            hour, records = DELIVERIES[number]
            other.deliver(records, hour, content=str(number))
        assert contents(url) == expected, order
        _empty(url)


def test_any_batching_leaves_the_same_records(town: Town, owner_url: str, other_town: OtherTown) -> None:
    town.deliver([said("k1", 0), said("k1", 1, status="released"), said("k1", 2), said("k2", 0)], 2)
    other, url = other_town(town.store)
    for hour, each in ((2, said("k1", 2)), (0, said("k2", 0)), (1, said("k1", 1, status="released")), (0, said("k1"))):
        other.deliver([each], hour, content=each.record.key)
    third, third_url = other_town(town.store)
    third.deliver([said("k1", 0), said("k1", 1, status="released"), said("k1", 2), said("k2", 0)], 2, chunk=1)
    columns = "id, source_key, class, first_said_at, as_of, content_hash, deleted"
    assert _rows(url, f"select {columns} from eyre.record order by id") == _rows(
        owner_url, f"select {columns} from eyre.record order by id"
    )
    assert contents(third_url) == contents(owner_url)
    now = ["record_said", "record_features", "record_key"]
    assert contents(url, now) == contents(owner_url, now)


def test_the_same_delivery_twice_changes_nothing(town: Town, owner_url: str) -> None:
    first = town.deliver([said("k1"), said("k2")], ignored=3)
    before = contents(owner_url)
    again = town.deliver([said("k1", status="other")], ignored=3)
    assert not first.known
    assert again.known
    assert (again.rows_in, again.accepted, again.ignored) == (first.rows_in, first.accepted, first.ignored) == (5, 2, 3)
    assert contents(owner_url) == before


def test_an_unchanged_record_only_gets_a_new_last_instant(town: Town, owner_url: str) -> None:
    town.deliver([said("k1", 0), said("k2", 0)], 0)
    outcome = town.deliver([said("k1", 1), said("k2", 1, status="released")], 1)
    assert outcome.changed == (town.id_of("k2"),)
    versions = _rows(owner_url, "select count(*) from eyre.record_version")
    assert versions == [(3,)]


def test_a_late_older_version_does_not_bring_a_deleted_record_back(town: Town, owner_url: str) -> None:
    town.deliver([taken_back("k1", 5)], 5)
    town.deliver([said("k1", 4)], 4)
    assert _rows(owner_url, "select deleted from eyre.record") == [(True,)]
    assert contents(owner_url, ["record_said", "record_features", "record_key"]) == {
        "record_said": [],
        "record_features": [],
        "record_key": [],
    }
    with open_reader(town.store.reader, view_of("test", [town.jail]), town.store.view_key) as session:
        assert session.said([town.id_of("k1")]) == {}
        assert session.counts() == {}


def test_a_later_version_brings_a_deleted_record_back(town: Town) -> None:
    town.deliver([said("k1", 0)], 0)
    town.deliver([taken_back("k1", 1)], 1)
    town.deliver([said("k1", 2)], 2)
    with open_reader(town.store.reader, view_of("test", [town.jail]), town.store.view_key) as session:
        found = session.said([town.id_of("k1")])[town.id_of("k1")]
        assert found.first_said_at == START
        assert found.record.booking is not None
        assert session.records_by_keys(np.array([NAME_KEY + 1]))[1].tolist() == [found.id]


def test_counts_hold_with_rows_that_are_told_of_while_reading(town: Town, owner_url: str) -> None:
    def parsed() -> Iterator[KeyedRecord]:
        yield said("k1")
        delivered.quarantined.append(QuarantinedRow("row 3", "no,good", ("a date that is none",), "k3", rows=2))
        delivered.issues.append(Issue(IssueCode.BAD_VALUE, Severity.ERROR, "row 3", "birth_date", "no such date"))
        delivered.ignored += 1
        yield said("k1")
        yield replace(said("k2"), rows=4)

    delivered = Delivered(parsed())
    with town.store.writer.connection() as writer:
        outcome = commit_delivery(writer, delivery(JAIL, 0), delivered, record_key=town.store.record_key)
    assert (outcome.rows_in, outcome.accepted, outcome.quarantined, outcome.ignored) == (9, 6, 2, 1)
    assert _rows(owner_url, "select place, reasons, record from eyre.quarantined") == [
        ("row 3", ["a date that is none"], town.id_of("k3"))
    ]
    assert _rows(owner_url, "select code, place from eyre.issue") == [("bad-value", "row 3")]


def test_a_row_with_another_records_id_is_quarantined_and_not_merged(town: Town, owner_url: str) -> None:
    town.deliver([said("k1", 0)], 0)
    with psycopg.connect(owner_url) as owner:  # as if the hash of another key had come out the same
        owner.execute("update eyre.record set source_key = 'another'")
    before = contents(owner_url, ["record", "record_said", "record_features", "record_key"])
    outcome = town.deliver([said("k1", 1, status="released"), said("k2", 1)], 1)
    assert (outcome.accepted, outcome.quarantined) == (1, 1)
    assert _rows(owner_url, "select reasons, record from eyre.quarantined") == [([COLLIDED], None)]
    assert before["record"][0] in contents(owner_url, ["record"])["record"]


def test_a_failure_in_the_middle_leaves_nothing(town: Town, owner_url: str) -> None:
    wrong = said("k9", source=COURT)
    with pytest.raises(StoreError, match="a record of source"):
        town.deliver([said("k1"), said("k2"), said("k3"), wrong], chunk=2)
    assert not any(contents(owner_url, [*(set(contents(owner_url))), "delivery"]).values())


def test_a_refused_delivery_is_noted_and_may_come_again(town: Town, owner_url: str) -> None:
    same = delivery(JAIL, 0)
    issue = Issue(IssueCode.TRUNCATED, Severity.ERROR, "line 1", "", "the file ends in the middle of a row")
    with town.store.writer.connection() as writer:
        for _ in range(2):
            refuse_delivery(writer, same, [issue])
    assert _rows(owner_url, "select outcome, rows_in from eyre.delivery") == [("refused", 0)]
    assert _rows(owner_url, "select code from eyre.issue") == [("truncated",)]
    assert not town.deliver([said("k1")]).known
    with town.store.writer.connection() as writer:
        refuse_delivery(writer, same, [issue])
    assert _rows(owner_url, "select outcome, rows_in from eyre.delivery") == [("committed", 1)]
    assert _rows(owner_url, "select code from eyre.issue") == []


def test_a_large_delivery_is_sent_whole(town: Town, owner_url: str) -> None:
    records = [said(f"k{number}", place=f"row {number} " + "x" * 3_000) for number in range(1_500)]
    for hour, some in enumerate((records, records[:1], records[:12])):  # more than a socket holds, and less
        assert town.deliver(some, hour).accepted == len(some)
    assert _rows(owner_url, "select count(*) from eyre.record_said, jsonb_object_keys(parts)") == [(4 * 1_500,)]


def test_a_source_must_be_registered(town: Town) -> None:
    with pytest.raises(StoreError, match="`az/nowhere` is not registered"):
        town.deliver([], source="az/nowhere")


def test_records_move_with_their_sources_terms(town: Town, owner_url: str) -> None:
    town.deliver([said("k1"), said("k2")])
    with town.store.writer.connection() as writer:
        moved = register(writer, JAIL, "terms/stricter", RecordClass.CUSTODY)[RecordClass.CUSTODY]
    assert moved not in {town.jail, town.court}
    for table in ("record", "record_version", "record_said", "record_features", "record_key"):
        assert _rows(owner_url, f"select distinct class from eyre.{table}") == [(moved,)]


def test_a_class_in_use_cannot_be_dropped_with_a_change_of_terms(town: Town) -> None:
    town.deliver([said("k1")])
    with town.store.writer.connection() as writer, pytest.raises(StoreError, match="no longer declares"):
        register(writer, JAIL, "terms/stricter", RecordClass.PUBLIC)


def test_terms_classes_are_shared_by_sources_with_the_same_terms(town: Town) -> None:
    with town.store.writer.connection() as writer:
        classes = register(writer, "az/second-jail", "terms/jail", RecordClass.CUSTODY, RecordClass.PUBLIC)
    assert classes[RecordClass.CUSTODY] == town.jail
    assert classes[RecordClass.PUBLIC] not in {town.jail, town.court}


def _rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as owner:
        return owner.execute(query.encode()).fetchall()


def _empty(url: str) -> None:
    with psycopg.connect(url) as owner:
        owner.execute(
            "truncate eyre.record, eyre.record_version, eyre.record_said, eyre.record_features, eyre.record_key, "
            "eyre.delivery, eyre.delivery_blob, eyre.issue, eyre.quarantined"
        )
