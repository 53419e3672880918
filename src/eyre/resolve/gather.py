"""Values that stand at given rows, without the eight fresh bytes a row in which NumPy first writes numbers of rows."""

from typing import Any, TypeVar

import numpy as np

from eyre.resolve.kernel import kernel
from eyre.resolve.layout import Int8, Int32, Int64, UInt8, UInt64

_Values = TypeVar("_Values", Int8, Int32, Int64, UInt64)

_FEW = 1 << 12
"""Rows for which a kernel is not worth its call."""


def gathered(values: _Values, rows: Int32) -> _Values:
    """`values[rows]`; rows must be in bounds."""
    if len(rows) < _FEW:
        return values[rows]
    out = np.empty(len(rows), dtype=values.dtype)
    _gather(np.ascontiguousarray(values), np.ascontiguousarray(rows), out)
    return out


def spread_codes(codes: Int32, valid: UInt8 | None, offset: int, number: Int32, out: Int32) -> None:
    """Writes the number of each code, 0 where the bit of `valid`, the first of which is `offset`, is not set."""
    bits = np.zeros(0, dtype=np.uint8) if valid is None else valid
    _spread(np.ascontiguousarray(codes), (bits, number), offset, out)


@kernel
def _gather(values: Any, rows: Int32, out: Any) -> None:
    for i in range(len(rows)):
        out[i] = values[rows[i]]


@kernel
def _spread(codes: Int32, tables: tuple[UInt8, Int32], offset: int, out: Int32) -> None:
    valid, number = tables
    if len(valid) == 0:
        for i in range(len(out)):
            out[i] = number[codes[i]]
        return
    for i in range(len(out)):
        said = (valid[(offset + i) >> 3] >> ((offset + i) & 7)) & 1
        out[i] = number[codes[i]] if said else 0
