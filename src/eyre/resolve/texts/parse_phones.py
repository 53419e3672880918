"""`normalise.phone` of many texts: plain are digits with the marks that stand between: the ten of North America, with
or without a 1 before them, and what has too few or too many."""

import numpy as np

from eyre.normalise.phone import LONGEST, PUNCTUATION, parse_phone
from eyre.resolve.kernel import kernel
from eyre.resolve.layout import Int64, units
from eyre.resolve.texts.buffers import Bools, Buffers, Texts, buffers_of, not_plain

_NOUGHT, _NINE = ord("0"), ord("9")
_COUNTRY = 10_000_000_000
"""What +1 adds to a number of ten digits."""
_MOST_DIGITS = 11
_LEAST = 2_000_000_000  # no area code begins with 0 or 1

_SKIPPED = np.zeros(256, dtype=np.bool_)
_SKIPPED[[ord(mark) for mark in PUNCTUATION]] = True


def parse_phones(texts: Texts) -> Int64:
    """What `parse_phone` makes of each."""
    number = np.zeros(len(texts), dtype=np.int64)
    plain = np.empty(len(texts), dtype=np.bool_)
    _parse(buffers_of(texts), _SKIPPED, number, plain)
    rows, at, parsed = not_plain(texts, plain, parse_phone)
    number[rows] = np.array(parsed, dtype=np.int64)[at]
    return number


@kernel
def _parse(said: Buffers, skipped: Bools, number: Int64, plain: Bools) -> None:
    for i in range(len(number)):
        digits = units(0)
        first = units(0)
        value = units(0)
        last = units(-1)
        alike = units(0)
        known = True
        for at in range(said.begin[i], said.begin[i + 1]):
            letter = units(said.body[at])
            if _NOUGHT <= letter <= _NINE:
                first = letter - _NOUGHT if digits == 0 else first
                alike = alike + 1 if letter == last else units(1)
                last = letter
                value = value * 10 + (letter - _NOUGHT) if digits < _MOST_DIGITS else value
                digits += 1
            else:
                known &= skipped[letter]
        wrong = known and digits != 10 and first > 1 and said.begin[i + 1] - said.begin[i] <= LONGEST
        if digits == _MOST_DIGITS:
            known &= first == 1
            value -= _COUNTRY
        known &= 10 <= digits <= _MOST_DIGITS and value >= _LEAST
        plain[i] = known or wrong or said.begin[i] == said.begin[i + 1]
        number[i] = value + _COUNTRY if known and alike < 7 else 0
