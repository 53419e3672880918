"""`normalise.text.fold` of many texts; only those with letters beyond ASCII are folded one by one."""

import numpy as np

from eyre.normalise.text import LONGEST, fold
from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.layout import Int32, UInt8, units
from eyre.resolve.texts.buffers import Bools, Buffers, Texts, buffers_of, mended, room_for, texts_of

SPACE = 32
DROPPED = 0
_ASCII = 128


def _folded_bytes() -> UInt8:
    table = np.full(_ASCII, SPACE, dtype=np.uint8)
    for byte in range(_ASCII):
        said = fold(f"a{chr(byte)}a")
        if len(said) == 2:
            table[byte] = DROPPED
        elif said[1] != " ":
            table[byte] = ord(said[1])
    return table


FOLDED = _folded_bytes()
"""What each byte of ASCII becomes: a letter or digit, `SPACE`, or `DROPPED`."""


def fold_texts(texts: Texts) -> Texts:
    """What `fold` makes of each."""
    said = buffers_of(texts)
    plain = np.empty(len(texts), dtype=np.bool_)
    begin, body = np.zeros(len(texts) + 1, dtype=np.int32), room_for(said)
    _fold(said, FOLDED, begin, body, plain)
    return mended(texts_of(begin, body), texts, plain, fold)


@inline_kernel
def is_ascii(said: Buffers, i: int) -> bool:
    """Whether text `i` has no letter beyond ASCII."""
    beyond = units(0)
    for at in range(said.begin[i], said.begin[i + 1]):
        beyond |= units(said.body[at])
    return bool(beyond < _ASCII)


@kernel
def _fold(said: Buffers, folded: UInt8, begin: Int32, body: UInt8, plain: Bools) -> None:
    end = 0
    for i in range(len(plain)):
        plain[i] = is_ascii(said, i)
        start = end
        space = False
        for at in range(said.begin[i], min(said.begin[i + 1], said.begin[i] + LONGEST) if plain[i] else 0):
            letter = folded[said.body[at]]
            if letter == SPACE:
                space = end > start
            elif letter != DROPPED:
                if space:
                    body[end] = SPACE
                    end += 1
                    space = False
                body[end] = letter
                end += 1
        begin[i + 1] = end
