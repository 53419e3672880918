"""The schedule: what is due is leased once, and only the latest lease may commit."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from eyre.model.record import RecordClass
from eyre.model.ride import Claim, Finish, Scheduled
from eyre.store.open_store import Store
from eyre.store.rides import (
    LostLeaseError,
    claim_rides,
    finish_ride,
    hold_lease,
    keep_leases,
    next_due,
    ride_states,
    schedule_rides,
)
from eyre.store.sources import RegisteredSource, register_source

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
LEASE, EVERY = timedelta(minutes=2), timedelta(minutes=15)


def scheduled(store: Store, many: int, *, host: str = "", at_once: int = 1) -> None:
    with store.writer.connection() as writer:
        for number in range(many):
            register_source(
                writer,
                RegisteredSource(
                    f"jail_{host}{number}", "p", "ocd-division/country:us", "t", (RecordClass.CUSTODY,), b"", {}
                ),
            )
        schedule_rides(
            writer,
            [
                Scheduled(f"jail_{host}{number}", host, at_once, EVERY, NOON + timedelta(seconds=number))
                for number in range(many)
            ],
        )


def claimed(store: Store, *, now: datetime = NOON, most: int = 100, **told: Any) -> list[Claim]:
    with store.writer.connection() as writer:
        return claim_rides(writer, told.get("worker", "w"), now=now, lease=told.get("lease", LEASE), most=most)


def test_what_is_due_is_claimed_in_order_and_once(store: Store) -> None:
    scheduled(store, 5)
    first = claimed(store, now=NOON + timedelta(seconds=2))
    assert [claim.source for claim in first] == ["jail_0", "jail_1", "jail_2"]
    assert [claim.source for claim in claimed(store, now=NOON + timedelta(hours=1))] == ["jail_3", "jail_4"]
    with store.writer.connection() as writer:
        assert next_due(writer) is None
        assert all(state.leased for state in ride_states(writer))


def test_many_workers_never_share_a_source(store: Store) -> None:
    scheduled(store, 60)

    def work(worker: int) -> list[str]:
        taken = []
        while some := claimed(store, now=NOON + timedelta(hours=1), most=7, worker=str(worker)):
            taken += [claim.source for claim in some]
        return taken

    with ThreadPoolExecutor(4) as threads:
        counts = Counter(source for taken in threads.map(work, range(4)) for source in taken)
    assert len(counts) == 60
    assert set(counts.values()) == {1}


def test_a_host_gets_no_more_than_it_takes(store: Store) -> None:
    scheduled(store, 5, host="a.example", at_once=2)
    scheduled(store, 2, host="b.example", at_once=1)
    later = NOON + timedelta(hours=1)
    first = claimed(store, now=later)
    assert sorted(claim.source for claim in first) == ["jail_a.example0", "jail_a.example1", "jail_b.example0"]
    assert claimed(store, now=later) == []
    with store.writer.connection() as writer:
        assert finish_ride(writer, first[0], Finish(later + EVERY, EVERY), now=later)
    assert [claim.source for claim in claimed(store, now=later)] in (["jail_a.example2"], ["jail_b.example1"])


def test_a_lease_that_ran_out_goes_to_another_and_the_first_may_not_commit(store: Store) -> None:
    scheduled(store, 1)
    (slow,) = claimed(store, lease=timedelta(0))
    (quick,) = claimed(store)
    assert quick.fence == slow.fence + 1
    with store.writer.connection() as writer:
        with pytest.raises(LostLeaseError, match="lost to another worker"):
            hold_lease(writer, slow)
        assert not finish_ride(writer, slow, Finish(NOON + EVERY, EVERY), now=NOON)
        hold_lease(writer, quick)
        assert finish_ride(writer, quick, Finish(NOON + EVERY, EVERY, changed=True), now=NOON)
        with pytest.raises(LostLeaseError):
            hold_lease(writer, quick)


def test_a_heartbeat_keeps_a_lease(store: Store) -> None:
    scheduled(store, 1)
    (claim,) = claimed(store, lease=timedelta(0))
    with store.writer.connection() as writer:
        keep_leases(writer, "w", [claim], lease=LEASE)
    assert claimed(store) == []


def test_failures_are_counted_until_one_goes_well(store: Store) -> None:
    scheduled(store, 1)
    for expected, trouble in ((1, "timed-out: no answer"), (2, "busy: 503"), (0, "")):
        (claim,) = claimed(store)
        with store.writer.connection() as writer:
            finish_ride(writer, claim, Finish(NOON, EVERY, trouble, validators={"etag": trouble}), now=NOON)
            (state,) = ride_states(writer)
        assert (state.failures, state.trouble, state.leased) == (expected, trouble, False)
    assert claimed(store)[0].validators == {"etag": ""}


def test_a_ride_that_is_over_is_not_given_back_again(store: Store) -> None:
    """Who never heard that it was committed, and then finds no room on the disk, does not make trouble of it."""
    scheduled(store, 1)
    (claim,) = claimed(store)
    with store.writer.connection() as writer:
        assert finish_ride(writer, claim, Finish(NOON + EVERY, EVERY, ""), now=NOON)
        assert not finish_ride(writer, claim, Finish(NOON, EVERY, "EYRE-211: no room"), now=NOON)
        (state,) = ride_states(writer)
    assert (state.next_due, state.failures) == (NOON + EVERY, 0)
