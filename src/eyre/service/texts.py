"""Columns of texts without nulls, empty where nothing was said: how they are made of a file's columns, and picked."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from eyre.errors import InputError
from eyre.resolve.in_threads import in_threads
from eyre.resolve.layout import Int32
from eyre.resolve.texts.buffers import picked_texts
from eyre.resolve.texts.edges import trimmed

LONGEST_VALUE = 10_000
"""Bytes of one value: nobody has a longer name or address, and the time to compare grows with its square."""

_ROWS_AT_ONCE = 1 << 18

Texts = pa.StringArray
_TEXT = pa.string()


def text_of(column: Any, name: str, path: Path) -> Texts:
    """A file's column as trimmed texts: whole floats without a point, days in ISO 8601. Raises `InputError` for a kind
    that is no text, and for a value that is too long to be about a person."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return text_of(column.cast(kind.value_type), name, path)
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        raise InputError(
            f"the column `{name}` of `{path}` holds {kind}, no text", remedy=f"leave it out: `--map {name}=ignored`"
        )
    if pa.types.is_floating(kind):
        column = _whole(column)
    if pa.types.is_timestamp(kind):
        column = pc.strftime(column, format="%Y-%m-%d")
    texts = joined(pc.fill_null(column.cast(_TEXT), "").chunks)
    length = cast(Any, pc.binary_length(texts))
    longest = pc.max(length).as_py() or 0
    if longest > LONGEST_VALUE:
        raise too_long(pc.index(length, longest).as_py() + 1, path, longest, name)
    return trimmed(texts)


def too_long(row: int, path: Path, length: int, name: str) -> InputError:
    """The error of a value that is too long to be about a person."""
    return InputError(
        f"row {row} of `{path}` has {length} bytes in `{name}`",
        remedy=f"at most {LONGEST_VALUE} can be evidence; look for a quotation mark left open",
    )


def _whole(column: Any) -> Any:
    finite = pc.if_else(pc.is_finite(column), column, None)
    try:
        return finite.cast(pa.int64())
    except pa.ArrowInvalid:  # not whole, or beyond 64 bits
        return finite


def joined(parts: Sequence[Any]) -> Texts:
    """One column after the other."""
    if not parts:
        return pa.array([], type=_TEXT)
    try:
        return cast(Texts, pa.concat_arrays([part.cast(_TEXT) for part in parts]))
    except pa.ArrowInvalid as error:  # beyond the 2 GiB of a string array
        raise InputError("a column holds more than 2 GiB of text", remedy="link the files in parts") from error


def picked(column: Texts, rows: NDArray[np.integer[Any]]) -> Texts:
    """The texts that stand at `rows`, in that order."""
    return picked_texts(column, rows.astype(np.int32, copy=False))


def picked_in_lots(column: Texts, rows: Int32) -> Any:
    """As `picked`, of many rows: a column in several pieces, which are made side by side."""
    starts = range(0, max(len(rows), 1), _ROWS_AT_ONCE)
    return pa.chunked_array(in_threads(lambda start: picked(column, rows[start : start + _ROWS_AT_ONCE]), starts))


def equals(column: Texts, text: str) -> NDArray[np.bool_]:
    """Where `column` is `text`."""
    equal = cast(Any, pc.equal(column, pa.scalar(text, _TEXT)))
    return cast(NDArray[np.bool_], equal.to_numpy(zero_copy_only=False))


def replaced(column: Texts, pattern: str, by: str) -> Texts:
    """Each text with what an RE2 `pattern` matches replaced."""
    return pc.replace_substring_regex(column, pattern, by)


def matches(column: Texts, pattern: str) -> NDArray[np.bool_]:
    """Where an RE2 `pattern` is found."""
    found = cast(Any, pc.match_substring_regex(column, pattern))
    return cast(NDArray[np.bool_], found.to_numpy(zero_copy_only=False))
