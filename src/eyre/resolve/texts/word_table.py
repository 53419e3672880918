"""Words that a kernel must know, found by their hashes."""

from collections.abc import Iterable

import numpy as np

from eyre.resolve.kernel import inline_kernel
from eyre.resolve.layout import UInt64, Units, units, word
from eyre.resolve.text_hash import PRIME, START, raw_hashes


def word_table(words: Iterable[str]) -> UInt64:
    """The hashes of `words` by their lowest bits, in a table that is mostly empty. To be asked by `is_listed`,
    which might take another word for one of these, but none of these for another."""
    hashes = raw_hashes(sorted(words))
    table = np.zeros(1 << int(4 * len(hashes)).bit_length(), dtype=np.uint64)
    for each in hashes:
        at = int(each) % len(table)
        while table[at]:
            at = (at + 1) % len(table)
        table[at] = each
    return table


@inline_kernel
def with_byte(state: int, byte: int) -> Units:
    """The hash of a word that is one byte longer; that of no byte is `START`."""
    return (word(state) ^ word(byte)) * word(PRIME)


@inline_kernel
def empty_hash() -> Units:
    """The hash of no byte."""
    return word(START)


@inline_kernel
def place_of(table: UInt64, state: int) -> Units:
    """Where in a table the hash of a word stands, -1 if it does not."""
    mask = units(len(table) - 1)
    at = units(word(state) & word(mask))
    while table[at] != 0:
        if table[at] == word(state):
            return at
        at = (at + 1) & mask
    return units(-1)


@inline_kernel
def is_listed(table: UInt64, state: int) -> bool:
    """Whether a word with that hash is in a table."""
    return bool(place_of(table, state) >= 0)
