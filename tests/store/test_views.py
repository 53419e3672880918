"""What a session under a view sees: exactly what a store without the rest would show."""

from collections.abc import Callable

import numpy as np
import psycopg
import pytest

from eyre.errors import NotFoundError, ViewError
from eyre.model.field_group import ALL_GROUPS, FieldGroup
from eyre.model.judgement import Judgement, Verdict
from eyre.model.view import View, view_of
from eyre.store.judgements import put_judgement
from eyre.store.open_store import Store
from eyre.store.reader import ReaderSession, open_reader
from tests.store.town import COURT, IDENTIFIER_KEY, JAIL, NAME_KEY, START, Town, said, taken_back

KEYS = np.array([base + number for base in (NAME_KEY, IDENTIFIER_KEY) for number in range(1, 5)])


@pytest.fixture
def full(town: Town) -> Town:
    town.deliver([said("k1"), said("k2"), said("k3")])
    town.deliver([said("k1", source=COURT), said("k4", source=COURT)], source=COURT)
    return town


def test_a_class_that_is_not_in_the_view_is_not_there(full: Town) -> None:
    with open_reader(full.store.reader, view_of("test", [full.jail]), full.store.view_key) as session:
        every = [full.id_of(f"k{n}", source) for n in range(1, 5) for source in (JAIL, COURT)]
        mine = sorted(full.id_of(f"k{n}") for n in (1, 2, 3))
        assert sorted(session.said(every)) == mine
        assert session.counts() == {(JAIL, full.jail): 3}
        assert [each.id for batch in session.all_records(2) for each in batch] == mine
        keys, records = session.records_by_keys(KEYS)
        assert sorted(set(records.tolist())) == mine
        assert len(keys) == 6


def test_a_masked_group_hides_its_part_its_keys_and_the_sources_own_key(full: Town) -> None:
    view = view_of("test", [full.jail], masked=FieldGroup.IDENTIFIER)
    with open_reader(full.store.reader, view, full.store.view_key) as session:
        found = session.said([full.id_of("k1")])[full.id_of("k1")]
        assert set(found.parts) == {FieldGroup.NAME, FieldGroup.SEX, FieldGroup.CUSTODY}
        assert found.record_key == ""
        keys, _ = session.records_by_keys(KEYS)
        assert sorted(keys.tolist()) == [NAME_KEY + 1, NAME_KEY + 2, NAME_KEY + 3]


def test_a_key_is_hidden_with_any_group_it_was_built_from(full: Town) -> None:
    view = view_of("test", [full.jail], masked=FieldGroup.NAME)
    with open_reader(full.store.reader, view, full.store.view_key) as session:
        assert len(session.records_by_keys(KEYS)[0]) == 0


def test_a_class_without_any_group_shows_only_that_records_are(full: Town) -> None:
    view = View("test", {full.court: FieldGroup(0)})
    with open_reader(full.store.reader, view, full.store.view_key) as session:
        assert session.counts() == {(COURT, full.court): 2}
        assert all(each.parts == {} for batch in session.all_records() for each in batch)
        assert len(session.records_by_keys(KEYS)[0]) == 0


def test_an_empty_view_sees_nothing(full: Town) -> None:
    with open_reader(full.store.reader, View("test", {}), full.store.view_key) as session:
        assert session.counts() == {}
        assert session.said([full.id_of("k1")]) == {}
        assert list(session.all_records()) == []


def test_everything_said_comes_back(full: Town) -> None:
    keyed = said("k1")
    with open_reader(full.store.reader, _all(full), full.store.view_key) as session:
        found = session.said([full.id_of("k1")])[full.id_of("k1")]
    assert found.record.person == keyed.record.person
    assert found.record.booking == keyed.record.booking
    assert (found.record_key, found.record_class, found.place) == ("k1", keyed.record.record_class, "row 1")
    assert found.first_said_at == found.as_of == START


def test_a_narrow_view_equals_a_store_that_holds_no_more(
    full: Town, other_town: Callable[[Store], tuple[Town, str]]
) -> None:
    less, _ = other_town(full.store)
    less.deliver([said("k1"), said("k2"), said("k3")])
    assert _everything(full, view_of("test", [full.jail])) == _everything(less, _all(less))


def test_a_judgement_is_seen_only_with_both_its_records(full: Town) -> None:
    left, right, other = (full.id_of("k1"), full.id_of("k1", COURT), full.id_of("k2"))
    across = _judge(full, left, right)
    within = _judge(full, left, other)
    with open_reader(full.store.reader, _all(full), full.store.view_key) as session:
        assert session.judgements([left]) == sorted([across, within], key=lambda each: (each.left, each.right))
        assert session.judgements([right]) == [across]
    with open_reader(full.store.reader, view_of("test", [full.jail]), full.store.view_key) as session:
        assert session.judgements([left, right, other]) == [within]
    full.deliver([taken_back("k2", 1)], 1)
    with open_reader(full.store.reader, view_of("test", [full.jail]), full.store.view_key) as session:
        assert session.judgements([left, right, other]) == []


def test_a_judgement_needs_both_records(full: Town) -> None:
    with pytest.raises(NotFoundError, match="there is no record `r"):
        _judge(full, full.id_of("k1"), full.id_of("nowhere"))


def test_a_wrong_key_opens_nothing(full: Town) -> None:
    with (
        pytest.raises(ViewError, match="did not take the view"),
        open_reader(full.store.reader, _all(full), bytes(32)),
    ):
        pass


def test_a_session_is_of_one_instant(full: Town) -> None:
    with open_reader(full.store.reader, _all(full), full.store.view_key) as session:
        before = session.counts()
        full.deliver([said("k5", 1)], 1)
        assert session.counts() == before


def test_many_keys_are_asked_in_batches(full: Town) -> None:
    many = np.concatenate([np.arange(25_000, dtype=np.int64), KEYS, KEYS])
    with open_reader(full.store.reader, _all(full), full.store.view_key) as session:
        keys, records = session.records_by_keys(many)
        assert len(keys) == len(records) == 10
        assert len(session.records_by_keys(np.array([], dtype=np.int64))[0]) == 0


def test_a_cursor_held_in_one_session_is_gone_in_the_next(full: Town) -> None:
    with open_reader(full.store.reader, _all(full), full.store.view_key) as session:
        session.connection.execute("declare kept cursor with hold for select id from eyre.record")
        backend = session.connection.info.backend_pid
    with full.store.reader.connection() as connection:
        assert connection.info.backend_pid == backend
        with pytest.raises(psycopg.errors.InvalidCursorName):
            connection.execute("fetch all from kept")


def _all(town: Town) -> View:
    return View("test", {town.jail: ALL_GROUPS, town.court: ALL_GROUPS})


def _everything(town: Town, view: View) -> object:
    def answers(session: ReaderSession) -> object:
        records = [each for batch in session.all_records(2) for each in batch]
        ids = np.array([each.id for each in records])
        by_keys = sorted(zip(*(each.tolist() for each in session.records_by_keys(KEYS)), strict=True))
        return records, session.said(ids), by_keys, session.counts(), session.judgements(ids)

    with open_reader(town.store.reader, view, town.store.view_key) as session:
        return answers(session)


def _judge(town: Town, one: int, other: int) -> Judgement:
    judgement = Judgement(min(one, other), max(one, other), Verdict.SAME, "clerk", "same photograph", START)
    with town.store.writer.connection() as writer:
        put_judgement(writer, judgement)
        put_judgement(writer, judgement)
    return judgement
