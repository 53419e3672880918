"""When a source is asked again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from eyre.circuit.breaker import OPEN_FOR, TRIPS_AFTER, Breaker
from eyre.circuit.pace import FIRST_RETRY, JITTER, Next, Pace, Went, first_due, next_ride

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
PACE = Pace(timedelta(minutes=15), timedelta(hours=1))


def test_a_quiet_source_is_asked_less_often_and_a_busy_one_more_within_bounds() -> None:
    every = PACE.least
    seen = []
    for _ in range(12):
        every = next_ride("s", PACE, Next(NOON, every), Went(), now=NOON).every
        seen.append(every)
    assert seen == sorted(seen)
    assert seen[-1] == PACE.most
    for _ in range(4):
        every = next_ride("s", PACE, Next(NOON, every), Went(changed=True), now=NOON).every
    assert every == PACE.least


def test_a_slow_ride_does_not_drift_and_missed_ones_are_not_made_up_for() -> None:
    late = NOON + timedelta(minutes=5)
    on_time = next_ride("s", Pace(PACE.least, PACE.least), Next(NOON, PACE.least), Went(), now=late)
    assert abs(on_time.due - NOON - PACE.least) <= PACE.least * JITTER
    after_a_night = NOON + timedelta(hours=9)
    caught_up = next_ride("s", PACE, Next(NOON, PACE.least), Went(), now=after_a_night)
    assert after_a_night <= caught_up.due <= after_a_night + PACE.most


def test_failures_wait_longer_and_longer_and_as_long_as_the_publisher_asks() -> None:
    waits = [
        next_ride("s", PACE, Next(NOON, PACE.least), Went(failed=True, failed_before=n), now=NOON).due - NOON
        for n in range(9)
    ]
    assert waits[0] <= FIRST_RETRY * (1 + JITTER)
    assert waits[3] > 6 * waits[0]
    assert max(waits) <= PACE.most * (1 + JITTER)
    asked = next_ride("s", PACE, Next(NOON, PACE.least), Went(failed=True, retry_after=timedelta(hours=3)), now=NOON)
    assert asked.due == NOON + timedelta(hours=3)
    assert asked.every == PACE.least


def test_sources_that_are_scheduled_at_once_are_spread() -> None:
    dues = sorted((first_due(f"jail_{n}", PACE, NOON) - NOON) / PACE.least for n in range(1000))
    assert dues[0] >= 0
    assert dues[-1] < 1
    assert all(abs(due - place / 1000) < 0.06 for place, due in enumerate(dues))


@given(
    st.integers(1, 7200),
    st.integers(0, 7200),
    st.integers(-100, 10_000),
    st.integers(0, 50),
    st.booleans(),
    st.booleans(),
)
def test_the_next_ride_lies_ahead_and_its_distance_within_bounds(
    least: int, more: int, late: int, failures: int, changed: bool, failed: bool
) -> None:
    pace = Pace(timedelta(seconds=least), timedelta(seconds=least + more))
    now = NOON + timedelta(seconds=max(late, 0))
    told = next_ride("s", pace, Next(NOON, pace.least), Went(changed, failed, failures), now=now)
    assert told.due >= now
    assert pace.least <= told.every <= pace.most


def test_a_host_that_fails_again_and_again_is_left_alone_and_then_tried_once() -> None:
    breaker = Breaker()
    for _ in range(TRIPS_AFTER):
        assert breaker.lets_through("a", NOON)
        breaker.note("a", NOON, failed=True)
    assert not breaker.lets_through("a", NOON)
    assert breaker.lets_through("b", NOON)
    assert breaker.open_hosts(NOON) == ["a"]
    later = NOON + OPEN_FOR
    assert breaker.lets_through("a", later)
    assert not breaker.lets_through("a", later)
    breaker.note("a", later, failed=False)
    assert breaker.lets_through("a", later)
    assert breaker.open_hosts(later) == []
