"""The names in many texts: what `normalise.name` makes of name fields and of full names.

Plain is a text of ASCII words of letters, none of which may be a title, a generation or a filler; of a full name
besides: no point or special piece within a word, and without a comma no particle.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from eyre.normalise.name import (
    PARTICLES,
    SPECIAL_IN_FIELD,
    SPECIAL_IN_FULL,
    name_tokens,
    parse_full_name,
    strip_generation,
)
from eyre.resolve.layout import Int8, Int32, Int64
from eyre.resolve.texts.buffers import Bools, Texts, not_plain, picked_texts, texts_from
from eyre.resolve.texts.find_words import FoundWords, find_words
from eyre.resolve.texts.word_table import word_table

_IN_FIELD = word_table(SPECIAL_IN_FIELD)
_IN_FULL = word_table(SPECIAL_IN_FULL)
_PARTICLES = word_table(PARTICLES)


class WordLists(NamedTuple):
    """The words of text `i` are `words[offset[i]:offset[i + 1]]`."""

    offset: Int32
    words: Texts


class FullNames(NamedTuple):
    """Of many texts the words of given names, those of surnames, and the generation that they say."""

    given: WordLists
    surname: WordLists
    generation: Int8


def field_words(texts: Texts) -> tuple[WordLists, Int8]:
    """The words of each name field, without a generation at their end, and that generation."""
    found = find_words(texts, _IN_FIELD, _PARTICLES)
    rows, number, parsed = not_plain(texts, found.plain, lambda text: strip_generation(name_tokens(text)))
    generations = [generation for _, generation in parsed]
    plain = _lists(found, np.zeros_like(found.many), found.many)
    return (
        _woven(plain, found.plain, [parsed[at][0] for at in number]),
        _spread(generations, rows, number, len(texts)),
    )


def full_names(texts: Texts) -> FullNames:
    """What `parse_full_name` makes of each."""
    found = find_words(texts, _IN_FULL, _PARTICLES)
    parted = found.before >= 0
    plain = found.plain & ~found.pointed & (parted | ~found.particle)
    rows, number, parsed = not_plain(texts, plain, parse_full_name)
    many = np.where(plain, found.many, 0)
    given = np.where(parted & plain, many - found.before, np.minimum(many, np.maximum(many - 1, 1)))
    names = [parsed[at] for at in number]
    return FullNames(
        _woven(_lists(found, np.where(parted, found.before, 0), given), plain, [name.given for name in names]),
        _woven(_lists(found, np.where(parted, 0, given), many - given), plain, [name.surname for name in names]),
        _spread([name.generation for name in parsed], rows, number, len(texts)),
    )


def _lists(found: FoundWords, first: Int32, many: Int32) -> WordLists:
    """Of each text the `many` words from its `first` on."""
    words = found.words
    offset = _offset(many)
    if offset[-1] < len(words):
        start = (_offset(found.many)[:-1] + first).astype(np.int32)
        at = np.repeat(start - offset[:-1], many) + np.arange(offset[-1], dtype=np.int32)
        words = picked_texts(words, at)
    return WordLists(offset, words)


def _woven(plain: WordLists, is_plain: Bools, others: Sequence[Sequence[str]]) -> WordLists:
    """With the words of `others`, in their order, for the texts that are not plain and have no words yet."""
    if not others:
        return plain
    many = np.diff(plain.offset)
    many[~is_plain] = [len(words) for words in others]
    said = texts_from([word for words in others for word in words])
    of_plain = np.repeat(is_plain, many)
    at = np.empty(len(of_plain), dtype=np.int32)
    at[of_plain] = np.arange(len(plain.words), dtype=np.int32)
    at[~of_plain] = np.arange(len(said), dtype=np.int32) + np.int32(len(plain.words))
    both: Any = pa.concat_arrays([plain.words, said])
    return WordLists(_offset(many), picked_texts(both, at))


def _offset(many: Int32) -> Int32:
    offset = np.zeros(len(many) + 1, dtype=np.int32)
    np.cumsum(many, out=offset[1:])
    return offset


def _spread(parsed: Sequence[int], rows: Int64, number: Int32, count: int) -> Int8:
    """What was parsed, at the rows that it was parsed for; 0 elsewhere."""
    spread = np.zeros(count, dtype=np.int8)
    spread[rows] = np.array(parsed, dtype=np.int8)[number]
    return spread
