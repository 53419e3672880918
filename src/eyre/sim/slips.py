"""How texts go wrong at a keyboard: a neighbouring key, two letters in the wrong order, one left out, one doubled.

Texts are fixed-width byte strings (NumPy's `S`), lower case; a slip is made in many at once.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Texts = NDArray[np.bytes_]
Int64 = NDArray[np.int64]
Rows = NDArray[np.bool_]

_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHORTEST = 3  # a slip in two letters leaves nothing to know them by
_NEIGHBOURS = 4
_SHARES = np.cumsum([0.40, 0.25, 0.22, 0.13])  # substituted, transposed, left out, doubled


class Slips(NamedTuple):
    """One slip a text: what kind (an index into the shares above) and at which letter."""

    kind: Int64
    at: Int64


def mistyped(texts: Texts, rows: Rows, random: np.random.Generator) -> Texts:
    """`texts` with one slip in each of `rows`; those of less than three letters stay as they are."""
    chosen = np.flatnonzero(rows)
    if not len(chosen):
        return texts
    letters = _letters(texts[chosen])
    length = (letters > 0).sum(axis=1)
    long = length >= _SHORTEST
    chosen, letters, length = chosen[long], letters[long], length[long]
    slips = Slips(
        np.searchsorted(_SHARES, random.random(len(chosen)) * _SHARES[-1], side="right"),
        (random.random(len(chosen)) * length).astype(np.int64),
    )
    _slip(letters, length, slips, random)
    width = letters.shape[1]
    changed = texts.astype(f"S{width}")
    changed[chosen] = np.ascontiguousarray(letters).view(f"S{width}").ravel()
    return changed


def _letters(texts: Texts) -> NDArray[np.uint8]:
    """One row of bytes a text, with room for a doubled letter."""
    width = texts.dtype.itemsize
    letters = np.zeros((len(texts), width + 1), dtype=np.uint8)
    letters[:, :width] = np.ascontiguousarray(texts).view(np.uint8).reshape(len(texts), width)
    return letters


def _slip(letters: NDArray[np.uint8], length: Int64, slips: Slips, random: np.random.Generator) -> None:
    (rows,) = np.nonzero(slips.kind == 0)
    picked = random.integers(0, _NEIGHBOURS, len(rows))
    letters[rows, slips.at[rows]] = _KEYS[letters[rows, slips.at[rows]], picked]

    (rows,) = np.nonzero(slips.kind == 1)
    at = np.minimum(slips.at[rows], length[rows] - 2)
    letters[rows, at], letters[rows, at + 1] = letters[rows, at + 1], letters[rows, at]

    column = np.arange(letters.shape[1])
    for kind, step in ((2, 1), (3, -1)):
        (rows,) = np.nonzero(slips.kind == kind)
        beyond = column[None, :] >= slips.at[rows][:, None] + (step < 0)
        source = np.where(beyond, column[None, :] + step, column[None, :])
        inside = source < letters.shape[1]
        moved = np.take_along_axis(letters[rows], np.where(inside, source, 0), axis=1)
        letters[rows] = np.where(inside, moved, 0)


def _keyboard() -> NDArray[np.uint8]:
    """For each byte the keys that it is mistaken for; a byte that is no key of these is mistaken for itself."""
    keys = np.repeat(np.arange(256, dtype=np.uint8)[:, None], _NEIGHBOURS, axis=1)
    for number, row in enumerate(_ROWS):
        for at, key in enumerate(row):
            near = [row[each] for each in (at - 1, at + 1) if 0 <= each < len(row)]
            if number:  # letters are not mistaken for digits, nor digits for letters
                others = [_ROWS[each] for each in (number - 1, number + 1) if 0 < each < len(_ROWS)]
                near += [other[min(at, len(other) - 1)] for other in others]
            keys[ord(key)] = [ord(near[each % len(near)]) for each in range(_NEIGHBOURS)]
    return keys


_KEYS = _keyboard()


def digits_text(numbers: NDArray[Any], width: int) -> Texts:
    """Whole numbers as texts of `width` digits, zeros first."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.int64)
    digits = (numbers.astype(np.int64)[:, None] // powers[None, :]) % 10
    return np.ascontiguousarray((digits + ord("0")).astype(np.uint8)).view(f"S{width}").ravel()
