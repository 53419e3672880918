"""Connected components, against a search that follows every tie."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from eyre.resolve.components import components_of

MOST = 12
TIES = st.lists(st.tuples(st.integers(0, MOST - 1), st.integers(0, MOST - 1)))


def by_search(count: int, ties: list[tuple[int, int]]) -> list[int]:
    root = list(range(count))
    for start in range(count):
        reached, frontier = {start}, [start]
        while frontier:
            here = frontier.pop()
            near = {b for a, b in ties if a == here} | {a for a, b in ties if b == here}
            frontier += near - reached
            reached |= near
        root[start] = min(reached)
    return root


@given(TIES)
def test_every_row_is_led_to_the_least_of_its_component(ties: list[tuple[int, int]]) -> None:
    left = np.array([a for a, _ in ties], dtype=np.int32)
    right = np.array([b for _, b in ties], dtype=np.int32)
    assert components_of(MOST, left, right).tolist() == by_search(MOST, ties)


def test_no_rows_have_no_components() -> None:
    none = np.zeros(0, dtype=np.int32)
    assert components_of(0, none, none).tolist() == []
    assert components_of(2, none, none).tolist() == [0, 1]
