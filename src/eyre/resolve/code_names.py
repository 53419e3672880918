"""Names as numbers of words: each distinct text is parsed once."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from eyre.normalise.name import NOBODIES, generation_of, name_tokens, parse_full_name, strip_generation
from eyre.resolve.gather import gathered
from eyre.resolve.kernel import kernel
from eyre.resolve.layout import Int8, Int32
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
    middle_tokens = take(middle, middle_codes)
    parted = CodedNames(
        join(_held_open(take(first, first_codes), np.diff(middle_tokens.offset) > 0), middle_tokens),
        take(last, last_codes),
        gathered(_wholes(last, lexicon), last_codes),
        np.where(suffix > 0, suffix, before),
    )
    return _without_nobodies(_with_full_names(parted, said.full, lexicon), lexicon)


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


def _held_open(first: Ragged, needed: NDArray[np.bool_]) -> Ragged:
    """Where a middle name was said without a given name, -1 stands for the given name, so that the middle name does not
    pass for it."""
    missing = needed & (np.diff(first.offset) == 0)
    if not missing.any():
        return first
    offset = np.concatenate(([0], np.cumsum(missing))).astype(np.int32)
    return join(Ragged(offset, np.full(int(offset[-1]), _NONE, dtype=np.int32)), first)


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


def _with_full_names(names: CodedNames, full: Any, lexicon: Lexicon) -> CodedNames:
    """With the words of full names where there are none of parts."""
    codes, values = distinct_values(full)
    if isinstance(values, list) and not any(values):
        return names
    parted = (np.diff(names.given.offset) > 0) | (np.diff(names.surname.offset) > 0)
    needed = np.zeros(len(values), dtype=bool)
    needed[codes[~parted]] = True
    if not needed.any():
        return names
    given, surname, generation = _full(_only(values, needed), lexicon)
    rows = (np.cumsum(needed) - 1).astype(np.int32)[codes]  # among those that are needed
    rows[parted] = len(given.offset) - 2  # the last, an empty one
    return CodedNames(
        join(names.given, take(given, rows)),
        join(names.surname, take(surname, rows)),
        np.where(parted, names.whole_surname, _wholes(surname, lexicon)[rows]),
        np.where(names.generation > 0, names.generation, generation[rows]),
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


def _without_nobodies(names: CodedNames, lexicon: Lexicon) -> CodedNames:
    """`John Doe` and its like are no names: their tokens go."""
    given, surname = names.given, names.surname
    if not len(given.flat) or not len(surname.flat):
        return names
    pairs = np.array(lexicon.numbers([name for both in sorted(NOBODIES) for name in both]), dtype=np.int32).reshape(
        -1, 2
    )
    rows = np.arange(len(names.whole_surname), dtype=np.int32)
    if not _mark_nobodies(given, surname, pairs, rows):
        return names
    whole = np.where(rows < len(rows), names.whole_surname, _NONE).astype(np.int32)
    return names._replace(
        given=take(_one_more(given), rows), surname=take(_one_more(surname), rows), whole_surname=whole
    )


@kernel
def _mark_nobodies(given: Ragged, surname: Ragged, pairs: Int32, rows: Int32) -> int:
    """Points the rows of nobodies beyond the last row; returns how many there are."""
    many = 0
    for i in range(len(rows)):
        at, last = given.offset[i], surname.offset[i]
        if given.offset[i + 1] > at and surname.offset[i + 1] == last + 1:
            for k in range(len(pairs)):
                if given.flat[at] == pairs[k, 0] and surname.flat[last] == pairs[k, 1]:
                    rows[i] = len(rows)
                    many += 1
                    break
    return many
