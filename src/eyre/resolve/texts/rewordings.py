"""Words that are written in another way: `avenue` as `ave`."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from eyre.resolve.kernel import inline_kernel
from eyre.resolve.layout import UInt8, UInt64, Units, units
from eyre.resolve.text_hash import raw_hashes
from eyre.resolve.texts.word_table import place_of, word_table

MOST_GROWTH = 2
"""How many times as long as it was a word may become."""
_LONGEST = 16


class Rewordings(NamedTuple):
    """Word `k`, `said[k, : said_length[k]]`, becomes `told[k, : told_length[k]]`; `number` is its `k` where its hash
    stands in `hash`."""

    hash: UInt64
    number: UInt8
    said: UInt8
    said_length: UInt8
    told: UInt8
    told_length: UInt8


def rewordings(words: Mapping[str, str]) -> Rewordings:
    """The table of at most 255 short words, none of which may become more than `MOST_GROWTH` times as long."""
    said = sorted(words)
    table = word_table(said)
    number = np.zeros(len(table), dtype=np.uint8)
    place = {int(each): at for at, each in enumerate(table)}
    for k, each in enumerate(raw_hashes(said)):
        number[place[int(each)]] = k
    return Rewordings(table, number, *_letters(said), *_letters([words[each] for each in said]))


def _letters(words: Sequence[str]) -> tuple[UInt8, UInt8]:
    matrix = np.zeros((len(words), _LONGEST), dtype=np.uint8)
    for at, each in enumerate(words):
        matrix[at, : len(each)] = np.frombuffer(each.encode("ascii"), dtype=np.uint8)
    return matrix, np.array([len(each) for each in words], dtype=np.uint8)


@inline_kernel
def reworded(words: Rewordings, hashed: int, body: UInt8, first: int, end: int) -> Units:
    """Writes the word `body[first:end]`, of that hash, as it is to be written; returns its length."""
    length = units(end - first)
    place = place_of(words.hash, hashed)
    if place < 0:
        return length
    k = words.number[place]
    same = words.said_length[k] == length
    for at in range(length if same else 0):
        same &= words.said[k, at] == body[first + at]
    if not same:
        return length
    for at in range(words.told_length[k]):
        body[first + at] = words.told[k, at]
    return units(words.told_length[k])
