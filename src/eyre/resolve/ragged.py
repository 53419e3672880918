"""Ragged arrays: several values a row, as one flat array and where each row's begin."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eyre.resolve.kernel import kernel

Int32 = NDArray[np.int32]


class Ragged(NamedTuple):
    """Row `i` has `flat[offset[i]:offset[i + 1]]`."""

    offset: Int32
    flat: Int32


def offsets_of(lengths: Sequence[int] | Int32) -> Int32:
    """Where each row begins, of how many values each has."""
    offset = np.zeros(len(lengths) + 1, dtype=np.int32)
    np.cumsum(lengths, out=offset[1:])
    return offset


def offsets_of_rows(row: Int32, count: int) -> Int32:
    """Where each of `count` rows begins in a long column whose ascending row numbers are `row`."""
    offset = np.empty(count + 1, dtype=np.int32)
    _fill_offsets(row, offset)
    return offset


@kernel
def _fill_offsets(row: Int32, offset: Int32) -> None:
    at = 0
    for i in range(len(offset) - 1):
        offset[i] = at
        while at < len(row) and row[at] == i:
            at += 1
    offset[len(offset) - 1] = at


def take(source: Ragged, rows: Int32) -> Ragged:
    """The rows of `source` that `rows` names, in that order."""
    offset = np.zeros(len(rows) + 1, dtype=np.int32)
    np.cumsum((source.offset[1:] - source.offset[:-1])[rows], out=offset[1:])
    flat = np.empty(int(offset[-1]), dtype=np.int32)
    _fill(source.offset, source.flat, rows, offset, flat)
    return Ragged(offset, flat)


def join(left: Ragged, right: Ragged) -> Ragged:
    """Row by row, the values of `left` and then those of `right`."""
    lengths = (left.offset[1:] - left.offset[:-1]) + (right.offset[1:] - right.offset[:-1])
    offset = np.zeros(len(lengths) + 1, dtype=np.int32)
    np.cumsum(lengths, out=offset[1:])
    flat = np.empty(int(offset[-1]), dtype=np.int32)
    _join(left, right, offset, flat)
    return Ragged(offset, flat)


@kernel
def _fill(offset: Int32, flat: Int32, rows: Int32, out_offset: Int32, out: Int32) -> None:
    for i in range(len(rows)):
        start = offset[rows[i]]
        for k in range(out_offset[i + 1] - out_offset[i]):
            out[out_offset[i] + k] = flat[start + k]


@kernel
def _join(left: Ragged, right: Ragged, offset: Int32, out: Int32) -> None:
    for i in range(len(offset) - 1):
        at = offset[i]
        for k in range(left.offset[i], left.offset[i + 1]):
            out[at] = left.flat[k]
            at += 1
        for k in range(right.offset[i], right.offset[i + 1]):
            out[at] = right.flat[k]
            at += 1
