"""Tables of a few words, made word by word: what `lexicon.name_words` and `place_words` make of many in columns."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from eyre.normalise.nickname import nickname_families
from eyre.normalise.sound import sound_of
from eyre.resolve.frequency import MOST_GIVEN_BITS, MOST_SURNAME_BITS, Frequencies, bits_of
from eyre.resolve.layout import SCALE, UInt8, Words
from eyre.resolve.lexicon import rarity_of_role
from eyre.resolve.similarity import WIDTH
from eyre.resolve.text_hash import hash_text


class NameWord(NamedTuple):
    """A name token as `Words` holds it."""

    letters: bytes
    hash: int
    bits: int
    surname_bits: int
    sound: int
    sound_bits: int
    families: tuple[int, ...]

    @classmethod
    def of(cls, word: str, frequencies: Frequencies) -> "NameWord":
        """What is known of `word`."""
        sound = sound_of(word)
        return cls(
            _letters(word),
            hash_text(word),
            _bits(word, frequencies.given, MOST_GIVEN_BITS, MOST_GIVEN_BITS),
            _bits(word, frequencies.surname, MOST_SURNAME_BITS, MOST_SURNAME_BITS),
            hash_text(f"~{sound}"),
            _bits(sound, frequencies.sound, MOST_SURNAME_BITS, MOST_SURNAME_BITS),
            _families(word),
        )


class PlaceWord(NamedTuple):
    """A part of an address as `Words` holds it."""

    letters: bytes
    hash: int
    bits: int

    @classmethod
    def of(cls, word: str, frequencies: Frequencies) -> "PlaceWord":
        """What is known of `word`, its role, a colon and what it says."""
        role, _, said = word.partition(":")
        rarity = rarity_of_role(role, frequencies)
        return cls(_letters(said), hash_text(word), 0 if rarity is None else _bits(said, *rarity))


def table_of_names(words: Sequence[NameWord]) -> Words:
    """Numbered in their order."""
    return Words(
        letters=_matrix([word.letters for word in words]),
        length=np.array([len(word.letters) for word in words], dtype=np.uint8),
        hash=np.array([word.hash for word in words], dtype=np.uint64),
        bits=np.array([word.bits for word in words], dtype=np.int32),
        surname_bits=np.array([word.surname_bits for word in words], dtype=np.int32),
        sound=np.array([word.sound for word in words], dtype=np.uint64),
        sound_bits=np.array([word.sound_bits for word in words], dtype=np.int32),
        family_offset=np.array(list(accumulate([len(word.families) for word in words], initial=0)), dtype=np.int32),
        family=np.array([each for word in words for each in word.families], dtype=np.uint64),
    )


def table_of_places(words: Sequence[PlaceWord]) -> Words:
    """Numbered in their order."""
    bits = np.array([word.bits for word in words], dtype=np.int32)
    return Words(
        letters=_matrix([word.letters for word in words]),
        length=np.array([len(word.letters) for word in words], dtype=np.uint8),
        hash=np.array([word.hash for word in words], dtype=np.uint64),
        bits=bits,
        surname_bits=bits,
        sound=np.zeros(0, dtype=np.uint64),
        sound_bits=np.zeros(0, dtype=np.int32),
        family_offset=np.zeros(1, dtype=np.int32),
        family=np.zeros(0, dtype=np.uint64),
    )


def _letters(word: str) -> bytes:
    """The first letters; what is not ASCII is a question mark."""
    return word.encode("ascii", "replace")[:WIDTH]


def _matrix(letters: Sequence[bytes]) -> UInt8:
    body = b"".join([each.ljust(WIDTH, b"\0") for each in letters])
    return np.frombuffer(body, dtype=np.uint8).reshape(-1, WIDTH)


def _bits(value: str, shares: Mapping[str, float], unlisted: float, most: float) -> int:
    return round(bits_of((value,), shares, unlisted, most)[0] * SCALE)


@lru_cache(maxsize=1 << 14)
def _families(word: str) -> tuple[int, ...]:
    return tuple(sorted(map(hash_text, nickname_families(word))))
