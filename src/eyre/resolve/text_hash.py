"""Hashes of text: 64 bits that name a text the same way in every process, on every machine and in every version.

Blocking keys are made of them and are stored, so that a change here means to make the keys of every store anew. FNV-1a
over the UTF-8 bytes, with the finaliser of splitmix64 on top.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.layout import Int64, UInt64, Units, word

START = 0xCBF29CE484222325
PRIME = 0x100000001B3


def hash_texts(texts: "Sequence[str] | pa.StringArray") -> UInt64:
    """The hash of each text."""
    out = raw_hashes(texts)
    _finish(out)
    return out


def raw_hashes(texts: "Sequence[str] | pa.StringArray") -> UInt64:
    """The hash of each text before it is finished: enough to find words in a table, not to be stored."""
    made: Any = texts.cast(pa.large_string()) if isinstance(texts, pa.Array) else None
    array = pa.array(texts, type=pa.large_string()) if made is None else made
    out = np.empty(len(array), dtype=np.uint64)
    if len(array):
        buffers: list[Any] = array.buffers()
        _, offsets, body = buffers
        begin = np.frombuffer(offsets, dtype=np.int64)[array.offset : array.offset + len(array) + 1]
        _hash(begin, np.frombuffer(body, dtype=np.uint8) if body else np.zeros(0, dtype=np.uint8), out)
    return out


@inline_kernel
def fold_hash(value: int) -> Units:
    """Finaliser of splitmix64: every bit of the input moves every bit of the output."""
    mixed = word(value)
    mixed = (mixed ^ (mixed >> word(30))) * word(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> word(27))) * word(0x94D049BB133111EB)
    return mixed ^ (mixed >> word(31))


@kernel
def _hash(begin: Int64, body: NDArray[np.uint8], out: UInt64) -> None:
    for at in range(len(out)):
        state = word(START)
        for byte in range(begin[at], begin[at + 1]):
            state = (state ^ word(body[byte])) * word(PRIME)
        out[at] = state


@kernel
def _finish(out: UInt64) -> None:
    for at in range(len(out)):
        out[at] = fold_hash(out[at])
