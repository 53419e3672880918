"""A component that grows too large is followed only along stronger links, as it is parted when it is seen whole."""

import numpy as np

from eyre.resolve.layout import SCALE
from eyre.resolve.raise_floors import JUDGED, LARGE, Links, raise_floors, strongest_first


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


def chosen(count: int, waiting: list[int], *each: tuple[int, int, int]) -> list[int]:
    """What is expanded next around slot 0, all floors being nought."""
    floor, are_waiting = np.zeros(count, dtype=np.int64), np.isin(np.arange(count), waiting)
    root = raise_floors(floor, links(*each), count)
    found: list[int] = strongest_first(root, floor, links(*each), np.arange(count) == 0, are_waiting).tolist()
    return found


def test_in_a_small_component_everything_is_expanded_at_once() -> None:
    assert chosen(3, [1, 2], (0, 1, 9 * SCALE), (1, 2, 1)) == [1, 2]


def test_in_a_large_one_the_strongest_links_are_followed_first() -> None:
    weak = [(0, slot, SCALE) for slot in range(3, LARGE + 3)]
    strong = [(0, 1, 9 * SCALE), (1, 2, 4 * SCALE)]
    everybody = list(range(1, LARGE + 3))
    assert chosen(LARGE + 3, everybody, *strong, *weak) == [1]
    assert chosen(LARGE + 3, everybody[1:], *strong, *weak) == [2]
    assert chosen(LARGE + 3, everybody[2:], *strong, *weak) == everybody[2:]
