"""A delivery of few records in one question leaves what one leaves that is taken step by step."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence

import psycopg
import pytest

from eyre.errors import SourceError
from eyre.model.issue import Issue, IssueCode, Severity
from eyre.store import commit_delivery as commit
from eyre.store.begin_delivery import UnregisteredError
from eyre.store.commit_delivery import Delivered, commit_delivery
from eyre.store.delivery import KeyedRecord, Outcome
from eyre.store.open_store import Store
from eyre.store.read_ahead import read_ahead
from eyre.store.server.start import RunningServer
from tests.store.town import COURT, JAIL, TABLES, Town, contents, delivery, said, taken_back

NEW = [said("k1", 1), said("k2", 1), said("k3", 1)]
SENT: Sequence[Sequence[KeyedRecord]] = (
    NEW,
    [said("k1", 2, status="released"), said("k2", 2), said("k4", 2, place="row 2"), said("k4", 2, place="row 1")],
    [taken_back("k3", 3), said("k5", 3)],
    [said("k1", 0, status="earlier"), taken_back("k6", 3)],
    [said("k5", 5), said("k5", 5, status="released")],
)
ISSUE = Issue(IssueCode.BAD_VALUE, Severity.WARNING, "row 1", "name.given", "is odd")


def test_one_question_leaves_what_steps_leave(
    town: Town,
    owner_url: str,
    other_town: Callable[[Store], tuple[Town, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at_once = [_deliver(town, records, hour) for hour, records in enumerate(SENT)]
    monkeypatch.setattr(commit, "take_few", lambda *_, **__: None)
    other, url = other_town(town.store)
    step_by_step = [_deliver(other, records, hour) for hour, records in enumerate(SENT)]
    assert at_once == step_by_step
    assert [outcome.rows_in for outcome in at_once] == [4, 5, 3, 3, 3]
    assert contents(owner_url, [*TABLES, "delivery"]) == contents(url, [*TABLES, "delivery"])


def test_one_question_takes_what_is_plain(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commit, "_step_by_step", _not_to_be_called)
    assert [len(_deliver(town, records, hour).changed) for hour, records in enumerate(SENT)] == [3, 2, 2, 1, 0]


def test_where_something_is_out_of_the_ordinary_all_goes_step_by_step(town: Town) -> None:
    assert not town.deliver(NEW, 1).known
    assert town.deliver(NEW, 1).known
    mixed = [said("k7", 1), said("k8", 1, source=COURT)]
    with pytest.raises(Exception, match="a record of source"):
        town.deliver(mixed, 2)
    with pytest.raises(UnregisteredError):
        town.deliver([said("k1", 0, source="az/nobody")], 1, source="az/nobody")


def test_a_connection_that_is_lost_meanwhile_is_told_and_leaves_nothing(
    town: Town, owner_url: str, postgres_server: RunningServer
) -> None:
    before = contents(owner_url, [*TABLES, "delivery"])
    with psycopg.connect(owner_url) as owner:
        owner.execute("lock table eyre.purged in access exclusive mode")  # so that the delivery waits
        failed: list[Exception] = []
        thread = threading.Thread(target=_deliver_in_vain, args=(town, failed))
        thread.start()
        _end_who_waits(postgres_server.admin_url("postgres"))
        thread.join()
    assert [isinstance(error, psycopg.OperationalError) for error in failed] == [True]
    assert contents(owner_url, [*TABLES, "delivery"]) == before
    assert town.deliver(NEW, 1).accepted == 3


def test_what_ends_the_reading_is_raised_after_the_first_records() -> None:
    ahead = read_ahead(_breaking(), 10)
    assert (len(ahead.first), ahead.whole) == (1, False)
    again = iter(ahead)
    assert next(again) is ahead.first[0]
    with pytest.raises(SourceError, match="no more"):
        next(again)
    some = read_ahead(NEW, 2)
    assert (len(some.first), some.whole, list(some)) == (2, False, NEW)


def _deliver(town: Town, records: Sequence[KeyedRecord], hour: int) -> Outcome:
    with town.store.writer.connection() as writer:
        delivered = Delivered(records, issues=[ISSUE], ignored=1)
        return commit_delivery(writer, delivery(JAIL, hour), delivered, record_key=town.store.record_key)


def _deliver_in_vain(town: Town, failed: list[Exception]) -> None:
    try:
        town.deliver(NEW, 1)
    except psycopg.Error as error:
        failed.append(error)


def _end_who_waits(admin_url: str) -> None:
    with psycopg.connect(admin_url, autocommit=True) as owner:
        for _ in range(100):
            ended = owner.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where wait_event_type = 'Lock' and query like '%take_delivery%' and pid <> pg_backend_pid()"
            ).fetchall()
            if ended:
                return
            time.sleep(0.05)
    raise AssertionError("nobody waits")


def _breaking() -> Iterator[KeyedRecord]:
    yield said("k1")
    raise SourceError("no more")


def _not_to_be_called(*_: object, **__: object) -> Outcome:
    raise AssertionError("taken step by step")
