"""Arrow's columns of texts as kernels read them: the bytes end to end, and where each text begins."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar, cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from eyre.resolve.layout import Int32, Int64, UInt8

Bools = NDArray[np.bool_]
Texts = pa.StringArray
"""A column without nulls."""

_Parsed = TypeVar("_Parsed")


class Buffers(NamedTuple):
    """Text `i` is the UTF-8 of `body[begin[i]:begin[i + 1]]`."""

    begin: Int32
    body: UInt8


def buffers_of(texts: Texts) -> Buffers:
    """What a column holds, not copied."""
    _, begin, body = cast("list[Any]", texts.buffers())
    many = len(texts)
    if not many:
        return Buffers(np.zeros(1, dtype=np.int32), np.zeros(0, dtype=np.uint8))
    begins = np.frombuffer(begin, dtype=np.int32)[texts.offset : texts.offset + many + 1]
    return Buffers(begins, np.frombuffer(body, dtype=np.uint8) if body else np.zeros(0, dtype=np.uint8))


def texts_of(begin: Int32, body: UInt8) -> Texts:
    """The column that a kernel has written; `body` may be longer than what is used of it."""
    used = np.ascontiguousarray(body[: begin[-1]])
    buffers: list[Any] = [None, pa.py_buffer(cast(Any, begin)), pa.py_buffer(cast(Any, used))]
    return cast(Texts, pa.Array.from_buffers(pa.string(), len(begin) - 1, buffers))


def numbers_in_arrow(numbers: Int32) -> Any:
    """As Arrow's column, not copied, and without what NumPy loads where Arrow asks whether it is masked."""
    numbers = np.ascontiguousarray(numbers, dtype=np.int32)
    return pa.Array.from_buffers(pa.int32(), len(numbers), [None, pa.py_buffer(cast(Any, numbers))])


def picked_texts(texts: Texts, rows: Int32) -> Texts:
    """The texts that stand at `rows`, in that order."""
    return texts.take(numbers_in_arrow(rows))


def kept_texts(texts: Texts, kept: Bools) -> Texts:
    """The texts where `kept` holds."""
    return texts if kept.all() else picked_texts(texts, np.flatnonzero(kept).astype(np.int32))


def room_for(texts: Buffers) -> UInt8:
    """Bytes to write what is not longer than the texts."""
    return np.empty(int(texts.begin[-1] - texts.begin[0]), dtype=np.uint8)


def texts_from(texts: Sequence[str]) -> Texts:
    """A column of Python's texts."""
    return pa.array(texts, type=pa.string())


def not_plain(texts: Texts, plain: Bools, parse: Callable[[str], _Parsed]) -> tuple[Int64, Int32, list[_Parsed]]:
    """Which texts are not plain, for each the number of what `parse` makes of it, and that: each distinct text is
    parsed once."""
    rows = np.flatnonzero(~plain)
    if not len(rows):
        return rows, np.zeros(0, dtype=np.int32), []
    said = cast(Any, picked_texts(texts, rows.astype(np.int32))).dictionary_encode()
    return rows, np.asarray(said.indices, dtype=np.int32), [parse(text) for text in said.dictionary.to_pylist()]


def mended(made: Texts, texts: Texts, plain: Bools, parse: Callable[[str], str]) -> Texts:
    """`made`, with what `parse` gives where a text was not plain."""
    rows, number, parsed = not_plain(texts, plain, parse)
    if not len(rows):
        return made
    at = np.arange(len(made), dtype=np.int32)
    at[rows] = number + np.int32(len(made))
    both: Any = pa.concat_arrays([made, texts_from(parsed)])
    return picked_texts(both, at)
