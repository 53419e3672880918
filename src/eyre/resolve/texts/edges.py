"""What a look at the bytes of many texts spares: trimming what has no spaces around it, a pattern where its letter is
nowhere."""

import numpy as np
import pyarrow.compute as pc

from eyre.resolve.kernel import kernel
from eyre.resolve.texts.buffers import Buffers, Texts, buffers_of

_SPACE, _DELETE = 32, 127


def trimmed(texts: Texts) -> Texts:
    """Each without white space around it."""
    if _are_bare(buffers_of(texts)):
        return texts
    return pc.utf8_trim_whitespace(texts)


def holds(texts: Texts, letter: str) -> bool:
    """Whether a letter of ASCII is anywhere in them."""
    said = buffers_of(texts)
    return bool(np.any(said.body[said.begin[0] : said.begin[-1]] == ord(letter)))


@kernel
def _are_bare(said: Buffers) -> int:
    """1 if each begins and ends with a letter of ASCII that is no space; others may be white space too. Else 0."""
    for i in range(len(said.begin) - 1):
        start, stop = said.begin[i], said.begin[i + 1]
        if start < stop:
            first, last = said.body[start], said.body[stop - 1]
            if first <= _SPACE or first >= _DELETE or last <= _SPACE or last >= _DELETE:
                return 0
    return 1
