"""`normalise.sound` of many texts: plain are those of small letters of ASCII alone, and what has none."""

import numpy as np

from eyre.normalise.sound import LONGEST_SOUND, sound_of
from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.layout import UInt8, Units, units
from eyre.resolve.texts.buffers import Bools, Buffers, Texts, buffers_of, mended, texts_of

_A, _C, _D, _E, _F, _G, _H, _I, _K, _M, _N, _P, _Q, _R, _S, _T, _V, _W, _Y, _Z = map(ord, "acdefghikmnpqrstvwyz")
_ASCII = 128
_VOWEL = np.zeros(256, dtype=np.bool_)
_VOWEL[[ord(letter) for letter in "aeiou"]] = True
_BECOMES = np.arange(256, dtype=np.uint8)
_BECOMES[[ord(letter) for letter in "aeiouqzm"]] = [ord(letter) for letter in "aaaaagsn"]


def sounds_of(texts: Texts) -> Texts:
    """What `sound_of` makes of each."""
    said = buffers_of(texts)
    longest = int(np.diff(said.begin).max(initial=0))
    word, key = np.empty(longest + 2, dtype=np.uint8), np.empty(2 * longest + 2, dtype=np.uint8)
    begin = np.zeros(len(texts) + 1, dtype=np.int32)
    body = np.empty(LONGEST_SOUND * len(texts), dtype=np.uint8)
    plain = np.empty(len(texts), dtype=np.bool_)
    _sound(said, (_VOWEL, _BECOMES), (word, key), Buffers(begin, body), plain)
    return mended(texts_of(begin, body), texts, plain, sound_of)


@kernel
def _sound(said: Buffers, tables: tuple[Bools, UInt8], room: tuple[UInt8, UInt8], out: Buffers, plain: Bools) -> None:
    word, key = room
    begin, body = out
    end = 0
    for i in range(len(plain)):
        start, length = units(said.begin[i]), units(said.begin[i + 1] - said.begin[i])
        letters = length > 0
        beyond = units(0)
        for at in range(length):
            word[at] = said.body[start + at]
            letters &= _is_small(word[at])
            beyond |= units(word[at])
        plain[i] = letters or (beyond < _ASCII and not _may_be_letters(word, length))
        many = _key(word, length, tables, key) if letters else units(0)
        for at in range(min(many, LONGEST_SOUND)):
            body[end] = key[at]
            end += 1
        begin[i + 1] = end


@inline_kernel
def _is_small(letter: int) -> bool:
    return bool(units(letter) - 97 >= 0 and units(letter) - 97 < 26)


@inline_kernel
def _may_be_letters(word: UInt8, length: int) -> bool:
    """Whether it may be of letters, though not of small ones alone."""
    letters = length > 0
    for at in range(length):
        letters &= _is_small(word[at] | 32)
    return bool(letters)


@inline_kernel
def _key(word: UInt8, length: int, tables: tuple[Bools, UInt8], key: UInt8) -> Units:
    """Writes the code of a word, which is changed in passing; returns the code's length."""
    start = _begun_well(word, length)
    length = _ended_well(word, start, units(length))
    vowel, becomes = tables
    key[0] = word[start]
    end = units(1)
    at = units(start + 1)
    while at < length:
        letter = word[at]
        after = units(word[at + 1]) if at + 1 < length else units(0)
        before = word[at - 1]
        first, second = becomes[letter], units(0)
        if letter == _E and after == _V:
            first, second = np.uint8(_A), units(_F)
            at += 1
        elif letter == _K:
            first = np.uint8(_N) if after == _N else np.uint8(_C)
        elif letter == _S and after == _C and at + 2 < length and word[at + 2] == _H:
            second = units(_S)
            at += 2
        elif letter == _P and after == _H:
            first = np.uint8(_F)
            at += 1
        elif letter == _H and not (vowel[before] and vowel[after]):
            first = np.uint8(_A) if vowel[before] else before
        elif letter == _W and vowel[before]:
            first = before
        last = second if second else units(first)
        if last != key[end - 1]:
            key[end] = first
            end += 1
            if second:
                key[end] = second
                end += 1
        at += 1
    return _cut(key, end)


@inline_kernel
def _begun_well(word: UInt8, length: int) -> Units:
    """Changes how a word begins; returns where it does."""
    one = word[0]
    two = word[1] if length > 1 else np.uint8(0)
    three = word[2] if length > 2 else np.uint8(0)
    if one == _M and two == _A and three == _C:
        word[1] = _C
    elif one == _K and two == _N:
        return units(1)
    elif one == _K:
        word[0] = _C
    elif one == _P and two in (_H, _F):
        word[0] = word[1] = _F
    elif one == _S and two == _C and three == _H:
        word[1] = word[2] = _S
    return units(0)


@inline_kernel
def _ended_well(word: UInt8, start: int, length: int) -> Units:
    """Changes how a word ends; returns where it does."""
    if length - start < 2:
        return units(length)
    one, two = word[length - 2], word[length - 1]
    if two == _E and one in (_I, _E):
        word[length - 2] = _Y
        return units(length - 1)
    if (two == _T and one in (_D, _R, _N)) or (two == _D and one in (_R, _N)):
        word[length - 2] = _D
        return units(length - 1)
    return units(length)


@inline_kernel
def _cut(key: UInt8, length: int) -> Units:
    """Changes how a code ends; returns its length."""
    end = units(length)
    if end > 1 and key[end - 1] == _S:
        end -= 1
    if end > 1 and key[end - 2] == _A and key[end - 1] == _Y:
        key[end - 2] = _Y
        end -= 1
    if end > 1 and key[end - 1] == _A:
        end -= 1
    return end
