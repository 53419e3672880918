"""A component that grows too large is followed only along stronger links, as it is parted when it is seen whole."""

import numpy as np

from eyre.resolve.layout import SCALE
from eyre.resolve.raise_floors import JUDGED, Links, raise_floors


def links(*each: tuple[int, int, int]) -> Links:
    columns = np.array(each, dtype=np.int64).reshape(-1, 3)
    return Links(columns[:, 0].copy(), columns[:, 1].copy(), columns[:, 2].copy())


def parts(count: int, most: int, *each: tuple[int, int, int]) -> tuple[list[int], list[int]]:
    """Components and, in bits, floors."""
    floor = np.zeros(count, dtype=np.int64)
    root = raise_floors(floor, links(*each), most)
    return root.tolist(), (floor // SCALE).tolist()


def test_a_plausible_component_keeps_its_floor() -> None:
    assert parts(4, 3, (0, 1, 5), (1, 2, 5)) == ([0, 0, 0, 3], [0, 0, 0, 0])


def test_a_larger_one_breaks_at_its_weakest_link() -> None:
    strong, weak = 9 * SCALE, SCALE
    assert parts(4, 3, (0, 1, strong), (1, 2, weak), (2, 3, strong)) == ([0, 0, 2, 2], [2, 2, 2, 2])


def test_what_reaches_a_component_whose_floor_was_raised_is_raised_too() -> None:
    floor = np.array([0, 0, 3 * SCALE, 3 * SCALE], dtype=np.int64)
    root = raise_floors(floor, links((0, 1, 2 * SCALE), (1, 2, SCALE), (2, 3, 9 * SCALE)), 3)
    assert root.tolist() == [0, 0, 2, 2]
    assert floor.tolist() == [2 * SCALE, 2 * SCALE, 3 * SCALE, 3 * SCALE]


def test_no_floor_breaks_what_somebody_judged() -> None:
    assert parts(3, 1, (0, 1, JUDGED), (1, 2, SCALE))[0] == [0, 0, 2]


def test_a_judged_link_ends_where_a_weaker_one_would_be_broken() -> None:
    floor = np.array([0, 0, 5 * SCALE], dtype=np.int64)
    assert raise_floors(floor, links((0, 1, SCALE), (1, 2, JUDGED)), 3).tolist() == [0, 1, 1]
