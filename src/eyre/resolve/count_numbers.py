"""How often numbers are there, counted in one pass without copies."""

import numpy as np

from eyre.resolve.kernel import inline_kernel, kernel
from eyre.resolve.layout import Int32, Units, units, word
from eyre.resolve.text_hash import fold_hash

_SLOTS_A_ROW = 2


def count_numbers(numbers: Int32, many: int) -> Int32:
    """How often each number below `many` is there; less than nought stands for none."""
    counts = np.zeros(many, dtype=np.int32)
    _count(numbers, counts)
    return counts


def order_of_numbers(numbers: Int32) -> Int32:
    """The rows by their numbers, none of them below nought and few of them large, equal ones as they stand."""
    order = np.empty(len(numbers), dtype=np.int32)
    starts = np.zeros(int(numbers.max(initial=0)) + 2, dtype=np.int32)
    _order(numbers, starts, order)
    return order


def rows_of_many(one: Int32, other: Int32, most: int) -> Int32:
    """The rows whose pair of numbers, neither of them less than nought, more than `most` rows have; and a few more, for
    pairs are counted in slots that several may share."""
    slots = np.zeros(1 << (_SLOTS_A_ROW * len(one) // most).bit_length(), dtype=np.int32)
    rows = np.empty(len(one), dtype=np.int32)
    return rows[: _rows_of_many(one, other, most, slots, rows)]


@kernel
def _count(numbers: Int32, counts: Int32) -> None:
    for i in range(len(numbers)):
        if numbers[i] >= 0:
            counts[numbers[i]] += 1


@kernel
def _order(numbers: Int32, starts: Int32, order: Int32) -> None:
    for i in range(len(numbers)):
        starts[numbers[i] + 1] += 1
    for k in range(1, len(starts)):
        starts[k] += starts[k - 1]
    for i in range(len(numbers)):
        order[starts[numbers[i]]] = i
        starts[numbers[i]] += 1


@inline_kernel
def _slot(one: int, other: int, mask: int) -> Units:
    return units(fold_hash(word(one) << word(32) | word(other))) & mask


@kernel
def _rows_of_many(one: Int32, other: Int32, most: int, slots: Int32, rows: Int32) -> int:
    mask = units(len(slots) - 1)
    for i in range(len(one)):
        if one[i] >= 0 and other[i] >= 0:
            slots[_slot(one[i], other[i], mask)] += 1
    many = 0
    for i in range(len(one)):
        if one[i] >= 0 and other[i] >= 0 and slots[_slot(one[i], other[i], mask)] > most:
            rows[many] = i
            many += 1
    return many
