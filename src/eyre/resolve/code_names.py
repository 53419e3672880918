"""Names as numbers of words: each distinct text is parsed once."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from eyre.normalise.name import NOBODIES, generation_of, name_tokens, parse_full_name, strip_generation
from eyre.resolve.gather import gathered
from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.layout import Int8, Int32, Units, units
from eyre.resolve.lexicon import Lexicon
from eyre.resolve.ragged import Ragged, join, offsets_of, take
from eyre.resolve.said import NameColumns
from eyre.resolve.texts.buffers import kept_texts
from eyre.resolve.texts.distinct import Values, distinct, distinct_values
from eyre.resolve.texts.name_words import WordLists, field_words, full_names

_NONE = -1


class CodedNames(NamedTuple):
    """Of each name its given tokens and its surname's, the surname written in one (`van der berg` and `vanderberg` are
    then the same word; -1 without one), and its generation."""

    given: Ragged
    surname: Ragged
    whole_surname: Int32
    generation: Int8


def code_names(said: NameColumns, lexicon: Lexicon) -> CodedNames:
    """What names say. A full name counts only where no part was said."""
    first_codes, first, first_generation = _field(said.given, lexicon)
    middle_codes, middle, _ = _field(said.middle, lexicon)
    last_codes, last, last_generation = _field(said.surname, lexicon)
    suffix_codes, suffixes = distinct(said.suffix)
    suffix = gathered(np.array([generation_of(text) for text in suffixes] or [0], dtype=np.int8), suffix_codes)
    before = gathered(last_generation, last_codes)
    before = np.where(before > 0, before, gathered(first_generation, first_codes))
    fields = _Fields(_Field(first_codes, first), _Field(middle_codes, middle), _Field(last_codes, last))
    generation = np.where(suffix > 0, suffix, before)
    return _with_full_names(fields, _parted(fields, generation, lexicon), said.full, lexicon)


class _Field(NamedTuple):
    """Of each name the number of its text, and the words of that."""

    codes: Int32
    words: Ragged


class _Fields(NamedTuple):
    """The fields of names that are said in parts."""

    given: _Field
    middle: _Field
    surname: _Field


def _parted(fields: _Fields, generation: Int8, lexicon: Lexicon) -> CodedNames:
    """The names of parts, row by row. Where a middle name was said without a given name, -1 stands for the given name,
    so that the middle name does not pass for it. `John Doe` and its like are no names: their tokens go."""
    given_offset, surname_offset = np.empty((2, len(generation) + 1), dtype=np.int32)
    _measure_names(fields, _nobodies(fields.given.words, fields.surname.words, lexicon), given_offset, surname_offset)
    given, surname = (np.empty(int(offset[-1]), dtype=np.int32) for offset in (given_offset, surname_offset))
    names = CodedNames(
        Ragged(given_offset, given),
        Ragged(surname_offset, surname),
        np.empty(len(generation), dtype=np.int32),
        generation,
    )
    _fill_names(fields, _wholes(fields.surname.words, lexicon), names)
    return names


def _field(texts: Any, lexicon: Lexicon) -> tuple[Int32, Ragged, Int8]:
    """Codes into distinct texts, and the tokens and the generation of each of those; of one at least, so that codes are
    in bounds."""
    codes, values = distinct_values(texts)
    if not isinstance(values, list):
        lists, generation = field_words(values)
        return codes, _numbered(lists, lexicon), generation
    parsed = [strip_generation(name_tokens(value)) for value in values]
    return (
        codes,
        _listed(lexicon, [words for words, _ in parsed]),
        np.array([generation for _, generation in parsed], dtype=np.int8),
    )


def _listed(lexicon: Lexicon, rows: Sequence[Sequence[str]]) -> Ragged:
    """The numbers of the words of a few rows."""
    flat = np.array(lexicon.numbers([word for row in rows for word in row]), dtype=np.int32)
    return Ragged(offsets_of([len(row) for row in rows]), flat)


def _numbered(lists: WordLists, lexicon: Lexicon) -> Ragged:
    return Ragged(lists.offset, lexicon.numbers_of(lists.words))


def _wholes(surname: Ragged, lexicon: Lexicon) -> Int32:
    """Surnames written in one."""
    lengths = np.diff(surname.offset)
    whole = np.full(len(lengths), _NONE, dtype=np.int32)
    whole[lengths == 1] = surname.flat[surname.offset[:-1][lengths == 1]]
    names = np.flatnonzero(lengths > 1)
    if len(names):
        parts = lexicon.said(surname.flat[np.repeat(lengths > 1, lengths)])
        ends = np.cumsum(lengths[names]).tolist()
        whole[names] = lexicon.numbers(["".join(parts[at:end]) for at, end in pairwise([0, *ends])])
    return whole


def _with_full_names(fields: _Fields, names: CodedNames, full: Any, lexicon: Lexicon) -> CodedNames:
    """With the words of full names where there are none of parts."""
    codes, values = distinct_values(full)
    if isinstance(values, list) and not any(values):
        return names
    parted = np.zeros(len(codes), dtype=bool)
    for own, words in fields:
        parted |= (np.diff(words.offset) > 0)[own]
    needed = np.zeros(len(values), dtype=bool)
    needed[codes[~parted]] = True
    if not needed.any():
        return names
    given, surname, generation = _full(_only(values, needed), lexicon)
    row = np.arange(len(generation), dtype=np.int32)
    whole = _Field(row, given), _Field(row, surname)
    nothing = _Field(np.zeros_like(row), Ragged(np.zeros(2, dtype=np.int32), np.zeros(0, dtype=np.int32)))
    others = _parted(_Fields(whole[0], nothing, whole[1]), generation, lexicon)
    rows = (np.cumsum(needed) - 1).astype(np.int32)[codes]  # among those that are needed
    rows[parted] = len(generation) - 1  # the last, an empty one
    return CodedNames(
        join(names.given, take(others.given, rows)),
        join(names.surname, take(others.surname, rows)),
        np.where(parted, names.whole_surname, others.whole_surname[rows]),
        np.where(names.generation > 0, names.generation, others.generation[rows]),
    )


def _only(values: Values, needed: NDArray[np.bool_]) -> Values:
    if isinstance(values, list):
        return [value for value, wanted in zip(values, needed.tolist(), strict=True) if wanted]
    return kept_texts(values, needed)


def _full(values: Values, lexicon: Lexicon) -> tuple[Ragged, Ragged, Int8]:
    """The tokens and generations of full names, and those of one more that is empty."""
    if isinstance(values, list):
        parsed = [*map(parse_full_name, values), parse_full_name("")]
        given = _listed(lexicon, [name.given for name in parsed])
        surname = _listed(lexicon, [name.surname for name in parsed])
        return given, surname, np.array([name.generation for name in parsed], dtype=np.int8)
    names = full_names(values)
    return (
        _one_more(_numbered(names.given, lexicon)),
        _one_more(_numbered(names.surname, lexicon)),
        np.append(names.generation, np.int8(0)),
    )


def _one_more(rows: Ragged) -> Ragged:
    return Ragged(np.append(rows.offset, rows.offset[-1]), rows.flat)


def _nobodies(given: Ragged, surname: Ragged, lexicon: Lexicon) -> Int32:
    """The words of `John Doe` and its like, a row each."""
    said = sorted(NOBODIES) if len(given.flat) and len(surname.flat) else []
    return np.array(lexicon.numbers([name for both in said for name in both]), dtype=np.int32).reshape(-1, 2)


@inline_kernel
def _many(field: _Field, i: int) -> Units:
    """How many words a row has."""
    code = field.codes[i]
    return units(field.words.offset[code + 1] - field.words.offset[code])


@inline_kernel
def _first(field: _Field, i: int) -> Units:
    """The first of a row's words."""
    return units(field.words.flat[field.words.offset[field.codes[i]]])


@inline_kernel
def _is_nobody(fields: _Fields, i: int, nobodies: Int32) -> bool:
    if _many(fields.given, i) > 0 and _many(fields.surname, i) == 1:
        for k in range(len(nobodies)):
            if nobodies[k, 0] == _first(fields.given, i) and nobodies[k, 1] == _first(fields.surname, i):
                return True
    return False


@kernel
def _measure_names(fields: _Fields, nobodies: Int32, given: Int32, surname: Int32) -> None:
    """Fill in where each row's tokens begin."""
    given[0] = surname[0] = 0
    for i in range(len(given) - 1):
        many, last = units(0), units(0)
        if not _is_nobody(fields, i, nobodies):
            middle = _many(fields.middle, i)
            many, last = max(_many(fields.given, i), min(middle, 1)) + middle, _many(fields.surname, i)
        given[i + 1] = given[i] + many
        surname[i + 1] = surname[i] + last


@inline_kernel
def _copy(field: _Field, i: int, out: Int32, at: int) -> Units:
    """Write a row's words from `at` on; returns where they end."""
    begin = field.words.offset[field.codes[i]]
    many = _many(field, i)
    for k in range(many):
        out[at + k] = field.words.flat[begin + k]
    return units(at) + many


@kernel
def _fill_names(fields: _Fields, wholes: Int32, names: CodedNames) -> None:
    given, surname = names.given, names.surname
    for i in range(len(names.whole_surname)):
        if given.offset[i + 1] == given.offset[i] and _many(fields.given, i) > 0:  # a nobody
            names.whole_surname[i] = _NONE
            continue
        names.whole_surname[i] = wholes[fields.surname.codes[i]]
        _copy(fields.surname, i, surname.flat, surname.offset[i])
        at = _copy(fields.given, i, given.flat, given.offset[i])
        if at == given.offset[i] and _many(fields.middle, i) > 0:
            given.flat[at] = _NONE
            at += 1
        _copy(fields.middle, i, given.flat, at)
