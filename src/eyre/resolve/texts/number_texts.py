"""Equal texts by one number: what Arrow's dictionaries do, several columns through the same one."""

from typing import Any, NamedTuple, cast

import numpy as np
import pyarrow as pa

from eyre.resolve.kernel import kernel
from eyre.resolve.layout import Int32, UInt64, units
from eyre.resolve.texts.buffers import Buffers, Texts, buffers_of
from eyre.resolve.texts.word_table import empty_hash, with_byte


class Numbered(NamedTuple):
    """The number of each text, and the row in which each number is first seen; numbers count up as they are."""

    number: Int32
    first: Int32


def number_texts(texts: Texts) -> Numbered:
    """Equal texts have one number."""
    many = len(texts)
    number, first = np.empty(many, dtype=np.int32), np.empty(many, dtype=np.int32)
    hashes = np.empty(many, dtype=np.uint64)
    slots = np.zeros(1 << (2 * many).bit_length(), dtype=np.int32)
    used = _number(buffers_of(texts), slots, hashes, number, first) if many else 0
    return Numbered(number, first[:used])


def places_among(texts: Texts, others: Texts) -> Int32:
    """For each of `texts` the row in which it stands in `others`, where each is there once; -1 where it is not."""
    both: Any = pa.concat_arrays([others, texts])
    number = number_texts(cast(Texts, both)).number[len(others) :]
    return np.where(number < len(others), number, np.int32(-1))


@kernel
def _number(said: Buffers, slots: Int32, hashes: UInt64, number: Int32, first: Int32) -> int:
    """A slot holds one more than a number, 0 for none. Returns how many numbers there are."""
    mask = units(len(slots) - 1)
    used = 0
    for i in range(len(number)):
        start, length = units(said.begin[i]), units(said.begin[i + 1] - said.begin[i])
        hashed = empty_hash()
        for at in range(start, start + length):
            hashed = with_byte(hashed, said.body[at])
        slot = units(hashed) & mask
        found = units(slots[slot]) - 1
        while found >= 0:
            other = units(said.begin[first[found]])
            same = hashes[found] == hashed and said.begin[first[found] + 1] - other == length
            for at in range(length if same else 0):
                same &= said.body[start + at] == said.body[other + at]
            if same:
                break
            slot = (slot + 1) & mask
            found = units(slots[slot]) - 1
        if found < 0:
            found = units(used)
            slots[slot] = used + 1
            hashes[used] = hashed
            first[used] = i
            used += 1
        number[i] = found
    return used
