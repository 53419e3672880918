"""Slips of the keyboard are slips of one letter."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from eyre.sim.slips import digits_text, mistyped

WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyz", max_size=12), min_size=1, max_size=50)


def distance(one: str, other: str) -> int:
    """Optimal string alignment distance."""
    table = [[a + b if not a * b else 0 for b in range(len(other) + 1)] for a in range(len(one) + 1)]
    for a in range(1, len(one) + 1):
        for b in range(1, len(other) + 1):
            table[a][b] = min(
                table[a - 1][b] + 1, table[a][b - 1] + 1, table[a - 1][b - 1] + (one[a - 1] != other[b - 1])
            )
            if a > 1 and b > 1 and one[a - 1] == other[b - 2] and one[a - 2] == other[b - 1]:
                table[a][b] = min(table[a][b], table[a - 2][b - 2] + 1)
    return table[-1][-1]


@given(WORDS, st.integers(0, 2**32))
def test_a_slip_is_one_edit_and_the_rest_stays(words: list[str], seed: int) -> None:
    texts = np.array([word.encode() for word in words], dtype="S12")
    rows = np.arange(len(texts)) % 2 == 0
    said = [text.decode() for text in mistyped(texts, rows, np.random.default_rng(seed))]
    for word, text, chosen in zip(words, said, rows, strict=True):
        assert distance(word, text) <= (chosen and len(word) > 2)


def test_most_slips_change_something() -> None:
    texts = np.full(1_000, b"washington", dtype="S10")
    said = mistyped(texts, np.ones(1_000, dtype=bool), np.random.default_rng(1))
    assert (said != texts).mean() > 0.9
    assert {len(text) for text in said.tolist()} == {9, 10, 11}
    assert not any(b"0" <= bytes([letter]) <= b"9" for text in said.tolist() for letter in text)


def test_numbers_are_written_with_zeros_first() -> None:
    assert digits_text(np.array([7, 1234]), 4).tolist() == [b"0007", b"1234"]
