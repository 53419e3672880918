"""The words of many texts, folded; which texts have words that mean more than themselves."""

from typing import NamedTuple

import numpy as np

from eyre.normalise.text import LONGEST
from eyre.resolve.kernel import kernel
from eyre.resolve.layout import Int32, UInt8, UInt64, units
from eyre.resolve.texts.buffers import Bools, Buffers, Texts, buffers_of, room_for, texts_of
from eyre.resolve.texts.fold_texts import DROPPED, FOLDED, SPACE, is_ascii
from eyre.resolve.texts.word_table import empty_hash, is_listed, with_byte

_COMMA, _POINT, _LETTER_A, _LETTER_N = map(ord, ",.an")


class FoundWords(NamedTuple):
    """`words` of all plain texts end to end: text `i` has `many[i]`, of which `before[i]` stand before its first comma;
    -1 without a comma. Plain are texts of ASCII without digits, special words and `N/A`. `pointed` are those with a
    point within a word, or a special word that an apostrophe joins to more; `particle` those that have one."""

    plain: Bools
    many: Int32
    before: Int32
    pointed: Bools
    particle: Bools
    words: Texts


class _Room(NamedTuple):
    plain: Bools
    many: Int32
    before: Int32
    pointed: Bools
    particle: Bools
    begin: Int32
    body: UInt8


def find_words(texts: Texts, special: UInt64, particles: UInt64) -> FoundWords:
    """The words of each text that has none of the table `special`."""
    said = buffers_of(texts)
    body = room_for(said)
    count = len(texts)
    room = _Room(
        plain=np.empty(count, dtype=np.bool_),
        many=np.zeros(count, dtype=np.int32),
        before=np.full(count, -1, dtype=np.int32),
        pointed=np.zeros(count, dtype=np.bool_),
        particle=np.zeros(count, dtype=np.bool_),
        begin=np.zeros((len(body) + count) // 2 + 1, dtype=np.int32),  # a word takes two bytes but at the end
        body=body,
    )
    words = _find(said, FOLDED, (special, particles), room)
    return FoundWords(*room[:5], texts_of(room.begin[: words + 1], body))


@kernel
def _find(said: Buffers, folded: UInt8, tables: tuple[UInt64, UInt64], room: _Room) -> int:
    """Returns how many words there are."""
    words = 0
    for i in range(len(room.plain)):
        start, stop = said.begin[i], said.begin[i + 1]
        plain = is_ascii(said, i) and stop - start <= LONGEST
        end = room.begin[words]
        many = 0
        length = 0
        after_n = False
        joined = False
        hashed = piece = empty_hash()  # of a word, and of what stands in it between apostrophes
        for at in range(start, stop + 1 if plain else start):
            raw = said.body[at] if at < stop else np.uint8(SPACE)
            letter = folded[raw]
            if letter != SPACE:
                if letter == DROPPED:
                    room.pointed[i] |= is_listed(tables[0], piece)
                    joined, piece = True, empty_hash()
                    continue
                room.body[end] = letter
                end += 1
                length += 1
                hashed, piece = with_byte(hashed, letter), with_byte(piece, letter)
                plain &= letter >= _LETTER_A
                continue
            room.pointed[i] |= joined and is_listed(tables[0], piece)
            joined, piece = False, empty_hash()
            if length:
                plain &= not is_listed(tables[0], hashed) and not (
                    after_n and length == 1 and room.body[end - 1] == _LETTER_A
                )
                room.particle[i] |= is_listed(tables[1], hashed)
                after_n = length == 1 and room.body[end - 1] == _LETTER_N
                many += 1
                room.begin[words + many] = end
                length = 0
                hashed = empty_hash()
            if raw == _COMMA and room.before[i] < 0:
                room.before[i] = many
            elif raw == _POINT and at + 1 < stop:
                room.pointed[i] |= folded[said.body[at + 1]] != SPACE
        room.plain[i] = plain
        room.many[i] = many if plain else 0
        words += units(room.many[i])
    return words
