"""Weak ties hold between two records that are each other's best weak neighbour, and strong ones always."""

from dataclasses import replace
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from eyre.resolve.layout import SCALE
from eyre.resolve.model import default_model
from eyre.resolve.mutual import held_ties
from eyre.resolve.tie import Ties

WEAK = 6
MODEL = replace(default_model(), weak=float(WEAK))
ROWS = 7
PAIRS = [(a, b) for b in range(ROWS) for a in range(b)]
TIES = st.dictionaries(st.sampled_from(PAIRS), st.integers(0, 9), max_size=len(PAIRS))


def told(bits: dict[tuple[int, int], int]) -> Ties:
    columns = np.array([(*pair, weight * SCALE) for pair, weight in bits.items()], dtype=np.int32).reshape(-1, 3)
    return Ties(*columns.T.copy())


def held(bits: dict[tuple[int, int], int]) -> set[tuple[int, int]]:
    ties = held_ties(told(bits), ROWS, MODEL)
    return set(zip(ties.left.tolist(), ties.right.tolist(), strict=True))


def best(row: int, bits: dict[tuple[int, int], int]) -> int | None:
    near = [(-weight, a + b - row) for (a, b), weight in bits.items() if row in (a, b) and weight < WEAK]
    return min(near)[1] if near else None


@given(TIES)
def test_a_weak_tie_holds_where_each_is_the_others_best(bits: dict[tuple[int, int], int]) -> None:
    wanted = {(a, b) for (a, b), each in bits.items() if each >= WEAK or (best(a, bits) == b and best(b, bits) == a)}
    assert held(bits) == wanted


@given(TIES, st.randoms(use_true_random=False))
def test_the_order_of_ties_does_not_matter(bits: dict[tuple[int, int], int], random: Random) -> None:
    shuffled = list(bits.items())
    random.shuffle(shuffled)
    assert held(dict(shuffled)) == held(bits)


def test_a_chain_of_strangers_falls_apart() -> None:
    chain = {(row, row + 1): 2 + row % 2 for row in range(ROWS - 1)}
    assert held(chain) == {(1, 2), (3, 4), (5, 6)}
    assert held_ties(told(chain), ROWS, replace(MODEL, weak=0.0)).left.tolist() == list(range(ROWS - 1))
