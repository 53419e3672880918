"""The distinct texts of a column: what is parsed once."""

from collections.abc import Sequence
from typing import Any, TypeAlias, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from eyre.resolve.gather import gathered
from eyre.resolve.layout import Int32
from eyre.resolve.texts.buffers import Texts, kept_texts, texts_from

Values: TypeAlias = "list[str] | Texts"
"""Texts: a few in a list, to be parsed one by one; more in a column, to be parsed by kernels."""

_FEW = 32


def distinct(texts: Any) -> tuple[Int32, list[str]]:
    """Codes into the distinct texts of a column, null being the empty text. A column that is coded already (a
    dictionary array without nulls) is not read row by row: only entries that are used are looked at."""
    codes, values = distinct_values(texts)
    return codes, listed(values)


def distinct_values(texts: Any) -> tuple[Int32, Values]:
    """As `distinct`; more than a few stay in a column."""
    if isinstance(texts, pa.DictionaryArray):
        return _distinct_of_coded(np.asarray(texts.indices, dtype=np.int32), texts.dictionary)
    if len(texts) <= _FEW:
        return _distinct_of_few(texts.to_pylist())
    encoded: Any = said_of(texts).dictionary_encode()
    return np.asarray(encoded.indices, dtype=np.int32), _few_listed(encoded.dictionary)


def coded_values(texts: Any) -> tuple[Int32 | None, Values]:
    """As `distinct_values`, for whoever parses a text sooner than it is found to be there already: texts may be there
    twice, or be used by no row. No codes are given where each row has its own."""
    if isinstance(texts, pa.DictionaryArray):
        return np.asarray(texts.indices, dtype=np.int32), _few_listed(cast(Texts, texts.dictionary))
    if len(texts) <= _FEW:
        return None, [text or "" for text in texts.to_pylist()]
    return None, said_of(texts)


def listed(values: Values) -> list[str]:
    """The values as Python's texts."""
    return values if isinstance(values, list) else cast("list[str]", values.to_pylist())


def in_column(values: Values) -> Texts:
    """The values as a column."""
    return texts_from(values) if isinstance(values, list) else values


def said_of(texts: Any) -> Texts:
    """A column without nulls, in one piece."""
    filled: Any = pc.fill_null(texts.cast(pa.string()), "")
    if isinstance(filled, pa.ChunkedArray):
        filled = pa.concat_arrays(filled.chunks) if filled.num_chunks else pa.array([], type=pa.string())
    return cast(Texts, filled)


def _few_listed(values: Texts) -> Values:
    return cast("list[str]", values.to_pylist()) if len(values) <= _FEW else values


def _distinct_of_few(texts: Sequence[str | None]) -> tuple[Int32, list[str]]:
    """Without Arrow's kernels, whose setting up costs more than a few texts do: a record that arrives alone."""
    number_of: dict[str, int] = {}
    codes = [number_of.setdefault(text or "", len(number_of)) for text in texts]
    return np.array(codes, dtype=np.int32), list(number_of)


def _distinct_of_coded(codes: Int32, values: Any) -> tuple[Int32, Values]:
    used = np.zeros(len(values), dtype=bool)
    used[codes] = True
    encoded: Any = kept_texts(values, used)
    encoded = encoded.dictionary_encode()
    number = np.zeros(len(values), dtype=np.int32)
    number[used] = np.asarray(encoded.indices)
    return gathered(number, codes), _few_listed(encoded.dictionary)
