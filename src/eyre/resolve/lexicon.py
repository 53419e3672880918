"""Distinct words with numbers, and the table that kernels read of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from eyre.normalise.nickname import names_with_family, nickname_families
from eyre.normalise.sound import sound_of
from eyre.resolve.frequency import (
    MOST_CITY_BITS,
    MOST_GIVEN_BITS,
    MOST_POSTAL_BITS,
    MOST_STREET_BITS,
    MOST_SURNAME_BITS,
    Frequencies,
    bits_of,
    bits_of_column,
)
from eyre.resolve.layout import SCALE, Int32, Int64, UInt64, Words
from eyre.resolve.text_hash import hash_texts
from eyre.resolve.texts.buffers import Texts, picked_texts, texts_from
from eyre.resolve.texts.distinct import Values, in_column
from eyre.resolve.texts.number_texts import number_texts, places_among
from eyre.resolve.texts.sounds import sounds_of
from eyre.resolve.texts.tabulate import hash_column, word_letters

STREET = "street"
CITY = "city"
POSTAL = "postal"
OTHER = "other"


class Lexicon:
    """Gives each distinct word a number, in the order of first sight: of a few words one by one, of many in columns."""

    def __init__(self) -> None:
        self._few: dict[str, int] = {}
        self._many: Texts | None = None

    @property
    def words(self) -> Values:
        """All words, by their numbers: a list, or a column once there have been many."""
        return list(self._few) if self._many is None else self._many

    def numbers(self, words: Sequence[str]) -> list[int]:
        """The numbers of a few words, new ones if they are new."""
        if self._many is not None:
            return cast("list[int]", self.numbers_of(texts_from(words)).tolist()) if words else []
        return [self._few.setdefault(word, len(self._few)) for word in words]

    def numbers_of(self, words: Texts) -> Int32:
        """The numbers of a column of words."""
        known = in_column(self.words)
        both: Any = pa.concat_arrays([known, words])
        number, first = number_texts(both)
        self._many = picked_texts(both, first) if len(first) > len(known) else known
        return number[len(known) :]

    def said(self, numbers: Int32) -> list[str]:
        """The words that have these numbers."""
        if self._many is not None:
            return cast("list[str]", picked_texts(self._many, numbers).to_pylist())
        words = list(self._few)
        return [words[number] for number in numbers.tolist()]


def name_words(words: Values, frequencies: Frequencies) -> Words:
    """The table of name tokens."""
    hashes, sounds, sound_hashes = _hashed_sounds(words)
    offset, family = _families(words)
    return Words(
        *word_letters(words),
        hash=hashes,
        bits=_bits(words, frequencies.given, MOST_GIVEN_BITS, MOST_GIVEN_BITS),
        surname_bits=_bits(words, frequencies.surname, MOST_SURNAME_BITS, MOST_SURNAME_BITS),
        sound=sound_hashes,
        sound_bits=_bits(sounds, frequencies.sound, MOST_SURNAME_BITS, MOST_SURNAME_BITS),
        family_offset=offset,
        family=family,
    )


def _hashed_sounds(words: Values) -> tuple[UInt64, Values, UInt64]:
    """Hashes of words, their sounds, and hashes of those."""
    if isinstance(words, list):
        sounds = [sound_of(word) for word in words]
        return hash_texts(words), sounds, hash_texts([f"~{sound}" for sound in sounds])
    codes = sounds_of(words)
    return hash_column(words), codes, hash_column(codes, "~")


def _families(words: Values) -> tuple[Int32, UInt64]:
    """The hashes of each word's nickname families, ascending, end to end."""
    families = [(at, family) for at, word in _with_family(words) if (family := nickname_families(word))]
    many = np.zeros(len(words), dtype=np.int32)
    many[[at for at, _ in families]] = [len(family) for _, family in families]
    offset = np.zeros(len(words) + 1, dtype=np.int32)
    np.cumsum(many, out=offset[1:])
    hashes = hash_texts([each for _, family in families for each in family])
    owner = np.repeat(np.arange(len(words)), many)
    return offset, hashes[np.lexsort((hashes, owner))]


def _with_family(words: Values) -> Iterable[tuple[int, str]]:
    """The words that may be in a family, and where they stand."""
    if isinstance(words, list):
        return enumerate(words)
    place = places_among(words, texts_from(names := names_with_family()))
    rows = np.flatnonzero(place >= 0)
    return zip(rows.tolist(), [names[at] for at in place[rows].tolist()], strict=True)


def place_words(words: Values, frequencies: Frequencies) -> Words:
    """The table of address parts: each word is its role, a colon and the folded part (`street:n main st`)."""
    bits = _place_bits(words, frequencies)
    return Words(
        *word_letters(words, after_colon=True),
        hash=hash_texts(words) if isinstance(words, list) else hash_column(words),
        bits=bits,
        surname_bits=bits,
        sound=np.zeros(0, dtype=np.uint64),
        sound_bits=np.zeros(0, dtype=np.int32),
        family_offset=np.zeros(1, dtype=np.int32),
        family=np.zeros(0, dtype=np.uint64),
    )


def words_of_role(words: Values, role: str) -> tuple[Int64, Values]:
    """Where the words of a role stand, and what they say after it."""
    mark = f"{role}:"
    if isinstance(words, list):
        rows = [at for at, word in enumerate(words) if word.startswith(mark)]
        return np.array(rows, dtype=np.int64), [words[at].removeprefix(mark) for at in rows]
    own: Any = pc.starts_with(words, mark)
    said: Texts = pc.utf8_slice_codeunits(words.filter(own), len(mark))
    return np.flatnonzero(own.to_numpy(zero_copy_only=False)), said


def rarity_of_role(role: str, frequencies: Frequencies) -> tuple[Mapping[str, float], float, float] | None:
    """Of words that say where somebody lives: their shares, the bits of one that is not listed, and the most bits of
    any; of others nothing."""
    if role == STREET:
        return frequencies.street, frequencies.unlisted_street_bits, MOST_STREET_BITS
    if role == POSTAL:
        return frequencies.postal, frequencies.unlisted_postal_bits, MOST_POSTAL_BITS
    if role == CITY:
        return frequencies.city, frequencies.unlisted_city_bits, MOST_CITY_BITS
    return None


def _place_bits(words: Values, frequencies: Frequencies) -> Int32:
    """Of words that say where somebody lives; 0 of the others."""
    bits = np.zeros(len(words), dtype=np.int32)
    for role in (STREET, POSTAL, CITY):
        rarity = rarity_of_role(role, frequencies)
        if rarity is not None:
            rows, said = words_of_role(words, role)
            bits[rows] = _bits(said, *rarity)
    return bits


def _bits(words: Values, shares: Mapping[str, float], unlisted: float, most: float) -> Int32:
    if isinstance(words, list):
        bits = np.array(bits_of(words, shares, unlisted, most), dtype=np.float64)
    else:
        bits = bits_of_column(words, shares, unlisted, most)
    return np.rint(bits * SCALE).astype(np.int32)
