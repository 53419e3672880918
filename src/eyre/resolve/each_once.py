"""Distinct numbers by sorting, which is much the fastest way to them when they are as many as pairs of records."""

from typing import TypeVar

import numpy as np

from eyre.resolve.layout import Int64, UInt64

_Numbers = TypeVar("_Numbers", Int64, UInt64)


def each_once(ascending: _Numbers) -> _Numbers:
    """Numbers that ascend, each once, in memory of their own."""
    new = np.ones(len(ascending), dtype=bool)
    np.not_equal(ascending[1:], ascending[:-1], out=new[1:])
    return ascending[new]
