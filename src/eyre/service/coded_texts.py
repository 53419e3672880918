"""Columns of texts of which each distinct one is kept, and worked on, once: dictionary arrays without nulls.

A million rows have some ten thousand surnames. Trimming, patterns and comparisons are done to the distinct texts; rows
are numbers into them, and to put rows in another order moves numbers only. Two entries of a dictionary may be the same
text; `resolve.ragged.distinct` is what makes one of them.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from eyre.errors import InputError
from eyre.resolve.count_numbers import count_numbers
from eyre.resolve.gather import gathered, spread_codes
from eyre.resolve.layout import Int32
from eyre.resolve.texts.buffers import buffers_of, numbers_in_arrow, picked_texts
from eyre.resolve.texts.edges import holds, trimmed
from eyre.resolve.texts.number_texts import number_texts
from eyre.service import texts as plain

CodedTexts: TypeAlias = "pa.DictionaryArray[Any, Any]"
_TEXT = pa.string()
_NOTHING: Any = pa.array([""], type=_TEXT)


def coded_of(column: Any, name: str, path: Path, *, once: bool = True) -> CodedTexts:
    """As `texts.text_of`, coded: equal texts by one number if `once`, which is for texts that are dear to parse. Raises
    `InputError` as that does."""
    if not (pa.types.is_dictionary(column.type) and pa.types.is_string(column.type.value_type)):
        if not (once and pa.types.is_string(column.type)):
            texts = plain.text_of(column, name, path)
            return _encoded(texts) if once else _made(np.arange(len(texts), dtype=np.int32), texts)
        column = column.dictionary_encode()
    parts: list[Any] = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    dictionaries = [part.dictionary for part in parts]
    values: Any = pc.fill_null(pa.concat_arrays([_NOTHING, *(each.cast(_TEXT) for each in dictionaries)]), "")
    number = np.arange(len(values), dtype=np.int32)
    if once:
        number, first = number_texts(values)
        values = picked_texts(values, first)
    codes = _said_codes(parts, number)
    if longest := _longest(values):
        raise plain.too_long(int(np.flatnonzero(codes == longest[0])[0]) + 1, path, longest[1], name)
    return _made(codes, trimmed(values))


def _said_codes(parts: Sequence[Any], number: Int32) -> Int32:
    """The codes of all parts, by the `number` of each entry of their dictionaries, the first of which comes after the
    empty text; 0, the number of that, where nothing is said."""
    codes = np.empty(sum(map(len, parts)), dtype=np.int32)
    at, start = 0, 1
    for part in parts:
        indices = part.indices.cast(pa.int32())
        bits, body = indices.buffers()
        own = np.frombuffer(body or b"", dtype=np.int32)[indices.offset : indices.offset + len(part)]
        valid = np.frombuffer(bits, dtype=np.uint8) if indices.null_count else None
        spread_codes(own, valid, indices.offset, number[start:], codes[at : at + len(part)])
        at += len(part)
        start += len(part.dictionary)
    return codes


def _longest(values: Any) -> tuple[int, int] | None:
    """Which of the values is longer than any about a person, and how long it is."""
    length: Any = pc.binary_length(values)
    most = pc.max(length).as_py() or 0
    return (pc.index(length, most).as_py(), most) if most > plain.LONGEST_VALUE else None


def _encoded(texts: Any) -> CodedTexts:
    return cast(CodedTexts, texts.dictionary_encode())


def _made(codes: Int32, values: Any) -> CodedTexts:
    return pa.DictionaryArray.from_arrays(numbers_in_arrow(codes), values)


def _codes(column: CodedTexts) -> Int32:
    return np.asarray(column.indices, dtype=np.int32)


def _values(column: CodedTexts) -> Any:
    return column.dictionary


def constant(text: str, count: int) -> CodedTexts:
    """`text`, `count` times."""
    return _made(np.zeros(count, dtype=np.int32), pa.array([text], type=_TEXT))


def nothing(count: int) -> CodedTexts:
    """`count` empty texts."""
    return constant("", count)


def joined(parts: Sequence[CodedTexts]) -> CodedTexts:
    """One column after the other."""
    if len(parts) == 1:
        return parts[0]
    starts = np.cumsum([0, *(len(part.dictionary) for part in parts)])
    codes = [_codes(part) + np.int32(start) for part, start in zip(parts, starts, strict=False)]
    try:
        values = pa.concat_arrays([part.dictionary.cast(_TEXT) for part in parts] or [pa.array([], type=_TEXT)])
    except pa.ArrowInvalid as error:  # beyond the 2 GiB of a string array
        raise InputError("a column holds more than 2 GiB of distinct text", remedy="link the files in parts") from error
    return _made(np.concatenate(codes or [np.zeros(0, dtype=np.int32)]), values)


def picked(column: CodedTexts, rows: NDArray[np.integer[Any]]) -> CodedTexts:
    """The texts that stand at `rows`, in that order."""
    return _made(gathered(_codes(column), rows.astype(np.int32, copy=False)), column.dictionary)


def equals(column: CodedTexts, text: str) -> NDArray[np.bool_]:
    """Where `column` is `text`."""
    return plain.equals(_values(column), text)[_codes(column)]


def says_nothing(column: CodedTexts) -> bool:
    """Whether all that `column` could say is empty."""
    return not np.any(np.diff(buffers_of(_values(column)).begin))


def is_said(column: CodedTexts) -> NDArray[np.bool_]:
    """Where `column` is not empty."""
    return ~equals(column, "")


def chosen(where: NDArray[np.bool_], column: "CodedTexts | str", other: "CodedTexts | str") -> CodedTexts:
    """`column` where `where` holds, else `other`; a single text stands for a column of it."""
    one = constant(column, len(where)) if isinstance(column, str) else column
    two = constant(other, len(where)) if isinstance(other, str) else other
    both = joined([one, two])
    codes = _codes(both)
    return _made(np.where(where, codes[: len(where)], codes[len(where) :]), both.dictionary)


def replaced(column: CodedTexts, pattern: str, by: str) -> CodedTexts:
    """Each text with what an RE2 `pattern` matches replaced."""
    return _made(_codes(column), plain.replaced(_values(column), pattern, by))


def holds_letter(column: CodedTexts, letter: str) -> bool:
    """Whether a letter of ASCII is anywhere in the texts."""
    return holds(_values(column), letter)


def count_matches(column: CodedTexts, pattern: str) -> int:
    """In how many rows an RE2 `pattern` is found."""
    values = _values(column)
    return int(count_numbers(_codes(column), len(values))[plain.matches(values, pattern)].sum())
