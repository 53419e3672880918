from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eyre.sim.counted import number_texts, plain_texts, rank_in
from eyre.sim.local_time import read_zones
from eyre.sim.place_names import ZONES
from eyre.sim.spread import Spread
from eyre.sim.streams import pick, stream

BEGINS, ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
TIMES = read_zones(ZONES, BEGINS, ENDS)
INSTANTS = st.integers(int(BEGINS.timestamp()), int(ENDS.timestamp()) - 1)


@given(INSTANTS, st.integers(0, len(ZONES) - 1))
def test_a_clock_shows_what_the_zone_says(instant: int, zone: int) -> None:
    shown = TIMES.to_local(np.array([zone]), np.array([instant]))
    local = datetime.fromtimestamp(instant, ZoneInfo(ZONES[zone]))
    assert int(shown[0]) == int(local.replace(tzinfo=UTC).timestamp())


@given(INSTANTS, st.integers(0, len(ZONES) - 1))
def test_an_instant_comes_back_from_its_clock_unless_the_clock_shows_it_twice(instant: int, zone: int) -> None:
    zones = np.array([zone])
    shown = TIMES.to_local(zones, np.array([instant]))
    back = int(TIMES.to_instant(zones, shown)[0])
    assert back in {instant, instant - 3_600}
    assert TIMES.to_local(zones, np.array([back]))[0] == shown[0]


def test_a_time_that_no_clock_shows_is_a_moment_near_it() -> None:
    zones = np.array([ZONES.index("America/Chicago")])
    skipped = int(datetime(2026, 3, 8, 2, 30, tzinfo=UTC).timestamp())
    back = TIMES.to_local(zones, TIMES.to_instant(zones, np.array([skipped])))
    assert abs(int(back[0]) - skipped) == 3_600


def test_some_clocks_never_change() -> None:
    changes = dict(zip(ZONES, map(len, TIMES.changes), strict=True))
    assert changes["America/Phoenix"] == changes["Pacific/Honolulu"] == 1
    assert changes["America/Chicago"] > 8


def test_a_spread_has_its_quantiles_and_its_mean() -> None:
    spread = Spread.through([10, 100, 1_000, 10_000, 100_000])
    drawn = spread.draw(200_000, stream(1, "stock"))
    assert np.quantile(drawn, [0, 0.25, 0.5, 0.75]) == pytest.approx([10, 100, 1_000, 10_000], rel=0.05)
    assert drawn.max() < 100_000
    assert drawn.mean() == pytest.approx(spread.mean, rel=0.01)


def test_what_is_met_under_way_is_longer_by_its_length() -> None:
    spread = Spread.through([10, 100, 1_000, 10_000, 100_000])
    drawn = spread.draw(400_000, stream(1, "stock")).astype(float)
    met = spread.draw_under_way(200_000, stream(2, "stock"))
    assert met.mean() == pytest.approx((drawn**2).mean() / drawn.mean(), rel=0.02)


def test_a_weight_is_how_often_an_index_is_picked() -> None:
    picked = np.bincount(pick((0, 1, 3, 0, 6), 100_000, stream(1, "stock")), minlength=5)
    assert picked / 100_000 == pytest.approx([0, 0.1, 0.3, 0, 0.6], abs=0.01)


def test_streams_are_strangers_to_each_other() -> None:
    first, second = stream(1, "stock").random(5), stream(1, "bookings").random(5)
    assert (first != second).all()
    assert (stream(1, "stock").random(5) == first).all()
    with pytest.raises(ValueError, match="unknown"):
        stream(1, "unknown")


@given(st.lists(st.integers(0, 5), max_size=40))
def test_a_rank_counts_what_came_before_in_the_group(groups: list[int]) -> None:
    ranks = rank_in(np.array(groups, dtype=np.int64))
    assert ranks.tolist() == [groups[:at].count(group) for at, group in enumerate(groups)]


@given(st.lists(st.integers(0, 10**11 - 1), min_size=1, max_size=20))
def test_numbers_are_written_with_their_zeros_and_dashes(numbers: list[int]) -> None:
    told = number_texts(np.array(numbers), 11, (4,), "CF").tolist()
    assert told == [f"CF{number:011}"[:6] + "-" + f"{number:011}"[4:] for number in numbers]
    assert plain_texts(np.array(numbers)).tolist() == [str(number) for number in numbers]
