"""Hashes of text: 64 bits that name a text the same way in every process, on every machine and in every version.

Blocking keys are made of them and are stored, so that a change here means to make the keys of every store anew. FNV-1a
over the UTF-8 bytes, with the finaliser of splitmix64 on top.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

import numpy as np
import pyarrow as pa

from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.layout import Int64, UInt8, UInt64, Units, word

START = 0xCBF29CE484222325
PRIME = 0x100000001B3

_FEW = 32
_64_BITS = (1 << 64) - 1


@lru_cache(maxsize=1 << 16)
def hash_text(text: str) -> int:
    """The hash of one text, without arrays."""
    mixed = START
    for byte in text.encode():
        mixed = (mixed ^ byte) * PRIME & _64_BITS
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9 & _64_BITS
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & _64_BITS
    return mixed ^ mixed >> 31


def hash_texts(texts: Sequence[str]) -> UInt64:
    """The hash of each text."""
    out = raw_hashes(texts)
    _finish(out)
    return out


def raw_hashes(texts: Sequence[str]) -> UInt64:
    """The hash of each text before it is finished: enough to find words in a table, not to be stored."""
    out = np.empty(len(texts), dtype=np.uint64)
    if len(texts):
        begin, body = _few_bytes(texts) if len(texts) <= _FEW else _bytes(texts)
        _hash(begin, body, out)
    return out


def _bytes(texts: Sequence[str]) -> tuple[Int64, UInt8]:
    """The bytes of texts end to end, and where each begins."""
    buffers: list[Any] = pa.array(texts, type=pa.large_string()).buffers()
    begin: Int64 = np.frombuffer(buffers[1], dtype=np.int64)[: len(texts) + 1]
    return begin, np.frombuffer(buffers[2] or b"", dtype=np.uint8)


def _few_bytes(texts: Sequence[str]) -> tuple[Int64, UInt8]:
    """As `_bytes`, without Arrow, whose setting up costs more than a few texts do."""
    said = [text.encode() for text in texts]
    begin = np.fromiter(accumulate(map(len, said), initial=0), dtype=np.int64, count=len(said) + 1)
    return begin, np.frombuffer(b"".join(said), dtype=np.uint8)


@inline_kernel
def fold_hash(value: int) -> Units:
    """Finaliser of splitmix64: every bit of the input moves every bit of the output."""
    mixed = word(value)
    mixed = (mixed ^ (mixed >> word(30))) * word(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> word(27))) * word(0x94D049BB133111EB)
    return mixed ^ (mixed >> word(31))


@kernel
def _hash(begin: Int64, body: UInt8, out: UInt64) -> None:
    for at in range(len(out)):
        state = word(START)
        for byte in range(begin[at], begin[at + 1]):
            state = (state ^ word(body[byte])) * word(PRIME)
        out[at] = state


@kernel
def _finish(out: UInt64) -> None:
    for at in range(len(out)):
        out[at] = fold_hash(out[at])
