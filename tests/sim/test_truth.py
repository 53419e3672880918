from collections import Counter
from datetime import UTC, datetime
from time import thread_time

import numpy as np
import pytest

from eyre.sim.draw_world import draw_world
from eyre.sim.truth import KINDS, SCHEMA, standing, true_events
from eyre.sim.world import NEVER, World

BEGINS = datetime(2026, 3, 1, tzinfo=UTC)
FIRST = int(BEGINS.timestamp()) * 1_000_000
HOUR = 3_600_000_000


@pytest.fixture(scope="module")
def world() -> World:
    return draw_world(11, begins=BEGINS, days=20, states=1)


def test_every_kind_of_event_happens(world: World) -> None:
    events = true_events(world)
    assert events.schema == SCHEMA
    assert set(events["kind"].unique().to_pylist()) == set(KINDS)


def test_events_are_in_the_order_of_time_and_within_the_time_drawn(world: World) -> None:
    instants = true_events(world)["instant"].to_numpy()
    assert (np.diff(instants) >= np.timedelta64(0)).all()
    assert instants[0] >= np.datetime64(FIRST, "us")
    assert instants[-1] < np.datetime64(FIRST + 20 * 24 * HOUR, "us")


def test_who_is_there_is_who_was_there_and_what_happened_since(world: World) -> None:
    """Counting the events up from the first roster gives each later roster, in every jail."""
    stays = world.stays
    events = true_events(world).to_pylist()
    slugs = {slug: row for row, slug in enumerate(world.facilities.slug)}
    rosters = {row: set(standing(world, row, FIRST - 1).tolist()) for row in slugs.values()}
    asked = iter(range(FIRST + 60 * HOUR, FIRST + 20 * 24 * HOUR, 60 * HOUR))
    at = next(asked)
    for event in events:
        while (instant := int(event["instant"].timestamp() * 1_000_000 + 0.5)) > at:
            assert rosters == {row: set(standing(world, row, at).tolist()) for row in slugs.values()}
            at = next(asked, NEVER)
        roster = rosters[slugs[event["facility"]]]
        if event["kind"] == "booked":
            roster.add(event["row"])
        elif event["kind"] in {"released", "transferred", "moved_to_supervision", "sealed"}:
            roster.discard(event["row"])
            assert instant in {stays.released[event["row"]], stays.sealed[event["row"]]}
    assert at > FIRST + 10 * 24 * HOUR


def test_nothing_is_told_of_a_stay_once_it_is_sealed(world: World) -> None:
    events = true_events(world).to_pylist()
    sealed = {event["stay"]: event["instant"] for event in events if event["kind"] == "sealed"}
    assert sealed
    of_stays = [event for event in events if event["kind"] in KINDS[:8]]
    late = [event for event in of_stays if event["instant"] >= sealed.get(event["stay"], event["instant"])]
    assert all(event["stay"] not in sealed or event["kind"] == "sealed" for event in late)


def test_a_stay_ends_once_at_most(world: World) -> None:
    ends = {"released", "transferred", "moved_to_supervision"}
    ended = Counter(event["stay"] for event in true_events(world).to_pylist() if event["kind"] in ends)
    assert max(ended.values()) == 1


def test_standing_takes_less_than_a_millisecond(world: World) -> None:
    largest = int(np.argmax(world.facilities.size * (world.facilities.kind == "jail")))
    assert world.facilities.size[largest] > 1_000
    fastest = min(_seconds(world, largest, FIRST + hour * HOUR) for hour in range(50))
    assert fastest < 0.001


def _seconds(world: World, facility: int, at: int) -> float:
    began = thread_time()
    standing(world, facility, at)
    return thread_time() - began
