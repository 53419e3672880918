"""Similarity kernels, against others' implementations and brute force."""

import jellyfish
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from eyre.resolve.kernel import kernel
from eyre.resolve.layout import Int64, UInt8
from eyre.resolve.similarity import WIDTH, digit_slips, is_prefix, jaro_winkler

Float64 = NDArray[np.float64]
WORDS = st.text(alphabet="abcdmnr", max_size=WIDTH)


@kernel
def _compare(words: UInt8, lengths: UInt8, likeness: Float64) -> int:
    likeness[0] = jaro_winkler(words, lengths, 0, 1)
    return int(is_prefix(words, lengths, 0, 1))


def _similarity(words: UInt8, lengths: UInt8) -> float:
    likeness = np.empty(1)
    _compare(words, lengths, likeness)
    return float(likeness[0])


def _prefix(words: UInt8, lengths: UInt8) -> bool:
    return bool(_compare(words, lengths, np.empty(1)))


@kernel
def _slips(left: Int64, right: Int64, out: UInt8) -> None:
    for at in range(len(left)):
        out[at] = digit_slips(left[at], right[at], 9)


def laid_out(*words: str) -> tuple[UInt8, UInt8]:
    matrix = np.zeros((len(words), WIDTH), dtype=np.uint8)
    for row, word in enumerate(words):
        matrix[row, : len(word)] = np.frombuffer(word.encode(), dtype=np.uint8)
    return matrix, np.array([len(word) for word in words], dtype=np.uint8)


@given(WORDS, WORDS)
def test_jaro_winkler_is_jellyfishs(left: str, right: str) -> None:
    expected = jellyfish.jaro_winkler_similarity(left, right) if left and right else 0.0
    assert abs(_similarity(*laid_out(left, right)) - expected) < 1e-12


@given(st.text(alphabet="ab", max_size=WIDTH), st.lists(st.tuples(st.integers(0, 23), st.sampled_from("abc"))))
def test_jaro_winkler_of_slips_is_jellyfishs(word: str, slips: list[tuple[int, str]]) -> None:
    letters = list(word)
    for at, letter in slips[:3]:
        if at < len(letters):
            letters[at] = letter
    other = "".join(letters)
    expected = jellyfish.jaro_winkler_similarity(word, other) if word else 0.0
    assert abs(_similarity(*laid_out(word, other)) - expected) < 1e-12


@given(WORDS, WORDS)
def test_jaro_winkler_is_symmetric(left: str, right: str) -> None:
    assert _similarity(*laid_out(left, right)) == _similarity(*laid_out(right, left))


@given(WORDS, WORDS)
def test_a_prefix_begins_the_other(left: str, right: str) -> None:
    assert _prefix(*laid_out(left, right)) == (left.startswith(right) or right.startswith(left))


def slips_by_brute_force(left: int, right: int) -> int:
    a, b = f"{left:09}", f"{right:09}"
    if a == b:
        return 0
    swapped = {a[:at] + a[at + 1] + a[at] + a[at + 2 :] for at in range(8)}
    one_digit = sum(x != y for x, y in zip(a, b, strict=True)) == 1
    return 1 if one_digit or b in swapped else 2


@given(st.lists(st.tuples(st.integers(0, 10**9 - 1), st.integers(0, 8), st.integers(0, 8)), min_size=1))
def test_digit_slips_are_those_of_brute_force(numbers: list[tuple[int, int, int]]) -> None:
    left, right = [], []
    for number, first, second in numbers:
        digits = list(f"{number:09}")
        one = digits[:]
        one[first] = str((int(one[first]) + 1) % 10)
        swapped = digits[:]
        swapped[first], swapped[second] = swapped[second], swapped[first]
        for other in (digits, one, swapped, one[::-1]):
            left.append(number)
            right.append(int("".join(other)))
    out = np.empty(len(left), dtype=np.uint8)
    _slips(np.array(left), np.array(right), out)
    assert out.tolist() == [slips_by_brute_force(a, b) for a, b in zip(left, right, strict=True)]
