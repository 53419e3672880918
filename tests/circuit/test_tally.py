"""What several processes did is told by each of them."""

from datetime import timedelta

from eyre.bootstrap.circuit import Rides, Told, open_circuit
from eyre.circuit.keep_tally import KeptTally
from eyre.circuit.ride_source import Ridden, RideEnd
from eyre.circuit.tally import LATE, Tally
from eyre.service.ride_board import put_on_schedule
from eyre.service.tallies import forget_old_tallies, totals
from eyre.store.open_store import Store
from tests.circuit.publisher import Publisher
from tests.circuit.riding import EVERY
from tests.service.rosters import MODEL, NOON, jail, page, row

LIST = page(*(row(number) for number in range(10)))


def ride_all(store: Store, publisher: Publisher, *names: str) -> None:
    """A process that rides those sources and ends."""
    publisher.body = LIST
    manifests = {name: jail(name, fetch={"url": f"{publisher.base}/roster.csv"}) for name in names}
    put_on_schedule(store, [(each, EVERY, NOON) for each in manifests.values()])
    told = Told(lambda _: None, lambda _: None)
    with open_circuit(store, MODEL, Rides(manifests, clock=lambda: NOON), told) as circuit:
        assert circuit.worker.ride_all_due() == len(names)


def test_rides_of_all_processes_are_added_up(store: Store, publisher: Publisher) -> None:
    ride_all(store, publisher, "one_jail", "two_jail")
    ride_all(store, publisher, "three_jail")
    told = totals(store)
    assert told.counts["rides:changed"] == 3
    assert (told.counts["rows"], told.counts["records_resolved"]) == (30, 30)
    assert told.counts["ride_late_seconds:0.1"] == 3
    assert told.workers == 2


def test_what_ended_long_ago_is_kept_in_sum(store: Store) -> None:
    many = [KeptTally(store, "the same name") for _ in range(3)]
    for number, each in enumerate(many):
        each.tally.ridden(Ridden("a", RideEnd.SAME, timedelta(seconds=number), bytes_read=10, seconds=0.25))
        each.keep()
    before = totals(store)
    assert (before.counts["rides:same"], before.counts["ride_late_seconds:sum"], before.workers) == (3, 3.0, 3)
    for _ in range(2):
        with store.writer.connection() as writer:
            writer.execute("update eyre.tally set beaten_at = beaten_at - interval '2 days' where worker like 'the%'")
        forget_old_tallies(store)
        assert (dict(totals(store).counts), totals(store).workers) == (dict(before.counts), 0)
    with store.writer.connection() as writer:
        assert writer.execute("select worker from eyre.tally").fetchall() == [("",)]
    many[0].tally.pushed(200, None, 5)
    for lost in range(3):
        many[0].keep()  # it lives after all
        after = totals(store)
        assert (after.counts["pushes:200"], after.counts["rides:same"], after.workers) == (1, 3, 1)
        assert after.counts.get("rides:lost", 0) == lost
        many[0].tally.ridden(Ridden("a", RideEnd.LOST, timedelta(0)))


def test_a_limit_counts_what_is_exactly_as_long() -> None:
    tally = Tally()
    for limit in LATE:
        tally.ridden(Ridden("a", RideEnd.SAME, timedelta(seconds=limit)))
    tally.ridden(Ridden("a", RideEnd.SAME, timedelta(days=1)))
    counts = tally.counts()
    assert [counts[f"ride_late_seconds:{limit}"] for limit in (*LATE, "inf")] == [1] * (len(LATE) + 1)
