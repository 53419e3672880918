"""Distinct words with numbers, and the table that kernels read of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import numpy as np

from eyre.normalise.nickname import nickname_families
from eyre.normalise.sound import sound_of
from eyre.resolve.frequency import (
    MOST_CITY_BITS,
    MOST_GIVEN_BITS,
    MOST_POSTAL_BITS,
    MOST_STREET_BITS,
    MOST_SURNAME_BITS,
    Frequencies,
    bits_of,
)
from eyre.resolve.layout import SCALE, Int32, UInt64, Words
from eyre.resolve.similarity import WIDTH
from eyre.resolve.text_hash import hash_texts
from eyre.resolve.texts.buffers import Texts

STREET = "street"
CITY = "city"
POSTAL = "postal"
OTHER = "other"


class Lexicon:
    """Gives each distinct word a number, in the order of first sight."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, word: str) -> int:
        """The number of `word`, a new one if it is new."""
        found = self._numbers.setdefault(word, len(self.words))
        if found == len(self.words):
            self.words.append(word)
        return found

    def numbers(self, words: Iterable[str]) -> list[int]:
        """The numbers of several words."""
        return [self.number(word) for word in words]

    def numbers_of(self, words: Texts) -> Int32:
        """The numbers of a column of words, each distinct one asked for once."""
        coded = cast(Any, words).dictionary_encode()
        numbers: Int32 = np.array(self.numbers(coded.dictionary.to_pylist()), dtype=np.int32)
        codes: Int32 = np.asarray(coded.indices)
        return numbers[codes]


def name_words(words: Sequence[str], frequencies: Frequencies) -> Words:
    """The table of name tokens."""
    sounds = [sound_of(word) for word in words]
    offset, family = _families(words)
    return Words(
        *_letters(words),
        hash=hash_texts(words),
        bits=_bits(words, frequencies.given, MOST_GIVEN_BITS, MOST_GIVEN_BITS),
        surname_bits=_bits(words, frequencies.surname, MOST_SURNAME_BITS, MOST_SURNAME_BITS),
        sound=hash_texts([f"~{sound}" for sound in sounds]),
        sound_bits=_bits(sounds, frequencies.sound, MOST_SURNAME_BITS, MOST_SURNAME_BITS),
        family_offset=offset,
        family=family,
    )


def _families(words: Sequence[str]) -> tuple[Int32, UInt64]:
    """The hashes of each word's nickname families, ascending, end to end."""
    families = [(at, family) for at, word in enumerate(words) if (family := nickname_families(word))]
    many = np.zeros(len(words), dtype=np.int32)
    many[[at for at, _ in families]] = [len(family) for _, family in families]
    offset = np.zeros(len(words) + 1, dtype=np.int32)
    np.cumsum(many, out=offset[1:])
    hashes = hash_texts([each for _, family in families for each in family])
    owner = np.repeat(np.arange(len(words)), many)
    return offset, hashes[np.lexsort((hashes, owner))]


def place_words(words: Sequence[str], frequencies: Frequencies) -> Words:
    """The table of address parts: each word is its role, a colon and the folded part (`street:n main st`)."""
    roles = [word.partition(":") for word in words]
    bits = _place_bits(roles, frequencies)
    return Words(
        *_letters([role[2] for role in roles]),
        hash=hash_texts(words),
        bits=bits,
        surname_bits=bits,
        sound=np.zeros(0, dtype=np.uint64),
        sound_bits=np.zeros(0, dtype=np.int32),
        family_offset=np.zeros(1, dtype=np.int32),
        family=np.zeros(0, dtype=np.uint64),
    )


def _place_bits(roles: Sequence[tuple[str, str, str]], frequencies: Frequencies) -> Int32:
    """Of words that say where somebody lives; 0 of the others."""
    tables = {
        STREET: (frequencies.street, frequencies.unlisted_street_bits, MOST_STREET_BITS),
        POSTAL: (frequencies.postal, frequencies.unlisted_postal_bits, MOST_POSTAL_BITS),
        CITY: (frequencies.city, frequencies.unlisted_city_bits, MOST_CITY_BITS),
    }
    bits = np.zeros(len(roles), dtype=np.int32)
    for name, (shares, unlisted, most) in tables.items():
        own = [at for at, (role, _, _) in enumerate(roles) if role == name]
        bits[own] = _bits([roles[at][2] for at in own], shares, unlisted, most)
    return bits


def _bits(words: Sequence[str], shares: Mapping[str, float], unlisted: float, most: float) -> Int32:
    bits = np.array(bits_of(words, shares, unlisted, most), dtype=np.float64)
    return np.rint(bits * SCALE).astype(np.int32)


def _letters(words: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    cut = [word.encode("ascii", "replace")[:WIDTH] for word in words]
    matrix = np.zeros((len(cut), WIDTH), dtype=np.uint8)
    if cut:
        packed = np.array(cut, dtype=f"S{WIDTH}")
        matrix = packed.view(np.uint8).reshape(len(cut), WIDTH).copy()
    return matrix, np.array([len(word) for word in cut], dtype=np.uint8)
