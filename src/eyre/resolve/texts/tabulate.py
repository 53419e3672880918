"""What kernels read of words: hashes, and letters in a matrix of one width."""

import numpy as np

from eyre.resolve.kernel import kernel
from eyre.resolve.layout import UInt8, UInt64, units
from eyre.resolve.similarity import WIDTH
from eyre.resolve.text_hash import fold_hash, raw_hashes
from eyre.resolve.texts.buffers import Buffers, Texts, buffers_of
from eyre.resolve.texts.distinct import Values, in_column
from eyre.resolve.texts.word_table import empty_hash, with_byte

_COLON, _UNKNOWN = map(ord, ":?")
_ASCII, _LEADING = 128, 192


def hash_column(texts: Texts, before: str = "") -> UInt64:
    """`text_hash.hash_texts` of a column, with something `before` each text."""
    hashes = raw_hashes([before]) if before else np.zeros(0, dtype=np.uint64)
    out = np.empty(len(texts), dtype=np.uint64)
    _hash(buffers_of(texts), hashes, out)
    return out


def word_letters(words: Values, *, after_colon: bool = False) -> tuple[UInt8, UInt8]:
    """The first letters of each word, what is not ASCII as `?`, and how many they are; if `after_colon` only of what
    stands after the first colon."""
    letters = np.zeros((len(words), WIDTH), dtype=np.uint8)
    length = np.zeros(len(words), dtype=np.uint8)
    if len(words):
        _fill_letters(buffers_of(in_column(words)), int(after_colon), letters, length)
    return letters, length


@kernel
def _hash(said: Buffers, before: UInt64, out: UInt64) -> None:
    for i in range(len(out)):
        hashed = before[0] if len(before) else empty_hash()
        for at in range(said.begin[i], said.begin[i + 1]):
            hashed = with_byte(hashed, said.body[at])
        out[i] = fold_hash(hashed)


@kernel
def _fill_letters(said: Buffers, after_colon: int, letters: UInt8, length: UInt8) -> None:
    for i in range(len(length)):
        start, stop = units(said.begin[i]), units(said.begin[i + 1])
        while after_colon and start < stop:
            start += 1
            if said.body[start - 1] == _COLON:
                break
        end = 0
        for at in range(start, stop):
            letter = said.body[at]
            if end < WIDTH and (letter < _ASCII or letter >= _LEADING):
                letters[i, end] = letter if letter < _ASCII else _UNKNOWN
                end += 1
        length[i] = end
