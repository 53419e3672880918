import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from eyre.sim.draw_world import draw_world
from eyre.sim.world import World
from tests.sim.digest import digest_of

BEGINS = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def small() -> World:
    return draw_world(5, begins=BEGINS, days=10, share=0.7, states=1)


def test_the_same_seed_gives_the_same_world_to_the_byte(small: World) -> None:
    assert digest_of(draw_world(5, begins=BEGINS, days=10, share=0.7, states=1)) == digest_of(small)


def test_another_seed_gives_another_world(small: World) -> None:
    assert digest_of(draw_world(6, begins=BEGINS, days=10, share=0.7, states=1)) != digest_of(small)


def test_nobody_is_in_two_places_at_once(small: World) -> None:
    stays = small.stays
    order = np.lexsort((stays.booked, stays.person))
    same = stays.person[order[1:]] == stays.person[order[:-1]]
    assert same.any()
    assert (stays.released[order[:-1]][same] < stays.booked[order[1:]][same]).all()


def test_no_order_of_hashes_comes_into_it(small: World) -> None:
    """Another interpreter, which orders its sets otherwise, draws the same."""
    asked = (
        "from datetime import UTC, datetime; from eyre.sim.draw_world import draw_world;"
        "from tests.sim.digest import digest_of;"
        "print(digest_of(draw_world(5, begins=datetime(2026, 3, 1, tzinfo=UTC), days=10, share=0.7, states=1)))"
    )
    root = Path(__file__).parents[2]
    env = {**os.environ, "PYTHONHASHSEED": "12345", "PYTHONPATH": str(root)}
    told = subprocess.run([sys.executable, "-c", asked], cwd=root, env=env, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == digest_of(small)


@pytest.mark.slow
def test_the_whole_country_for_a_month_takes_a_minute_and_less_than_two_gigabytes() -> None:
    asked = (
        "from datetime import UTC, datetime; from resource import RUSAGE_SELF, getrusage;"
        "from eyre.sim.draw_world import draw_world;"
        "world = draw_world(5, begins=datetime(2026, 3, 1, tzinfo=UTC), days=30);"
        "used = getrusage(RUSAGE_SELF);"
        "print(len(world.stays.person), used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    stays, seconds, memory = (float(each) for each in told.stdout.split())
    assert stays > 1_400_000
    assert seconds < 60
    assert memory < 2e9
