"""What lengths, letters and beginnings of two words allow is never less than how alike they are."""

from itertools import zip_longest
from typing import Any

import jellyfish
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eyre.resolve.compare_names import CLOSE_FROM, TYPO_FROM
from eyre.resolve.compare_places import PLACE_TYPO_FROM
from eyre.resolve.kernel import kernel
from eyre.resolve.layout import UInt8, Words, units, word
from eyre.resolve.likeness import (
    CLOSE,
    SLIP,
    UNLIKE,
    differing_letters,
    first_letters_of,
    head_of,
    letters_of,
    names_alike,
    places_alike,
)
from tests.resolve.test_similarity import laid_out

WORD = st.text(alphabet="abcdmnr7 ", min_size=1, max_size=12)
SLIPS = st.lists(st.tuples(st.integers(0, 12), st.sampled_from(("cut", "swap", "a", "m", "7"))), max_size=3)


@kernel
def _alike(words: Words, found: UInt8) -> None:
    first, second = letters_of(words, 0), letters_of(words, 1)
    masks = (first | first >> word(32)) & word(0xFFFFFFFF), (second | second >> word(32)) & word(0xFFFFFFFF)
    found[0] = names_alike(units(masks[0]), head_of(words, 0), units(masks[1]), head_of(words, 1))
    heads = first_letters_of(words, 0), first_letters_of(words, 1)
    found[1] = places_alike((first, second), heads, (words.length[0], words.length[1]))
    found[2] = differing_letters(heads[0], heads[1])


def alike(left: str, right: str) -> list[Any]:
    """What two words of names may be, whether two of places may be alike, and in how many first letters they differ."""
    found = np.zeros(3, dtype=np.uint8)
    unasked = (np.zeros(0, dtype=dtype) for dtype in ("u8", "i4", "i4", "u8", "i4", "i4", "u8"))
    _alike(Words(*laid_out(left, right), *unasked), found)
    return [int(each) for each in found]


def slipped(text: str, slips: list[tuple[int, str]]) -> str:
    """`text` with a letter lost, changed, or changed places with the next, here and there."""
    for at, how in slips:
        if how == "cut":
            text = text[:at] + text[at + 1 :] or text
        elif how == "swap":
            text = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
        else:
            text = text[:at] + how + text[at + 1 :]
    return text


@example("7 ", [(1, "cut")])
@given(WORD, SLIPS)
def test_no_likeness_is_missed(text: str, slips: list[tuple[int, str]]) -> None:
    other = slipped(text, slips)
    similarity = jellyfish.jaro_winkler_similarity(text, other)
    names, places, differing = alike(text, other)
    assert names >= (SLIP if similarity >= TYPO_FROM else CLOSE if similarity >= CLOSE_FROM else UNLIKE)
    assert places >= (similarity >= PLACE_TYPO_FROM)
    assert differing == sum(a != b for a, b in zip_longest(text[:8], other[:8]))


@pytest.mark.parametrize(
    ("left", "right", "most"),
    [
        ("robert", "roberta", SLIP),
        ("miller", "miler", SLIP),
        ("harris", "harper", CLOSE),
        ("miller", "wilson", UNLIKE),
        ("johnson", "jackson", UNLIKE),
        ("ann", "lee", UNLIKE),
    ],
)
def test_words_are_told_apart_as_far_as_letters_go(left: str, right: str, most: int) -> None:
    assert alike(left, right)[0] == most
