"""Sorting words that begin with a hash: by its upper bits a digit at a time, and the few that these do not tell apart
one by one. It takes a quarter of the time of a sort that knows nothing of them.
"""

import numpy as np

from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.layout import Int32, UInt64, Units, units, word

_DIGIT_BITS = 11
_DIGITS = 1 << _DIGIT_BITS
_FEW = 1 << 12
_MOST_MOVED = 256
"""How many places a word may be moved by itself. Two hashes that many words bear and that begin alike would take for
ever; they are met once in a hundred million, or where somebody made them."""


def sort_hashes(words: UInt64, known: int) -> None:
    """Sort `words` in place, whose first `known` bits are the same or as good as that; the next ones are those of
    hashes."""
    if len(words) < _FEW:
        words.sort()
        return
    room, begin = np.empty_like(words), np.zeros(_DIGITS, dtype=np.int32)
    shift = 64 - known - 2 * _DIGIT_BITS
    _deal(words, shift, begin, room)
    _deal(room, shift + _DIGIT_BITS, begin, words)
    if not _mend(words):
        words.sort()


@inline_kernel
def _digit(each: int, shift: int) -> Units:
    return units(word(each) >> word(shift) & word(_DIGITS - 1))


@kernel
def _deal(words: UInt64, shift: int, begin: Int32, out: UInt64) -> None:
    """Write words to `out` by the digit at `shift`, equal ones as they stand."""
    for digit in range(_DIGITS):
        begin[digit] = 0
    for each in words:
        begin[_digit(each, shift)] += 1
    total = 0
    for digit in range(_DIGITS):
        many = begin[digit]
        begin[digit] = total
        total += many
    for each in words:
        digit = _digit(each, shift)
        out[begin[digit]] = each
        begin[digit] += 1


@kernel
def _mend(words: UInt64) -> int:
    """Put those into place that stand a little before it; returns whether that was all."""
    for at in range(1, len(words)):
        each = words[at]
        back = at
        while back > 0 and words[back - 1] > each:
            words[back] = words[back - 1]
            back -= 1
            if at - back > _MOST_MOVED:
                words[back] = each
                return 0
        words[back] = each
    return 1
