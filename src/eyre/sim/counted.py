"""Counting within groups, and numbers as texts, for whole columns."""

import numpy as np
from numpy.typing import NDArray

from eyre.sim.name_pool import as_texts
from eyre.sim.slips import digits_text
from eyre.sim.streams import Int64
from eyre.sim.world import Texts


def rank_in(group: Int64) -> Int64:
    """The number of each row among those of its group, from 0; rows of a group need not follow each other."""
    order = np.argsort(group, kind="stable")
    ordered = group[order]
    first = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])) if len(group) else order
    rank = np.empty(len(group), dtype=np.int64)
    rank[order] = np.arange(len(group)) - np.repeat(first, np.diff(np.append(first, len(group))))
    return rank


def number_texts(number: Int64, width: int, dashes: tuple[int, ...] = (), before: str = "") -> Texts:
    """Each number in `width` digits, with a dash before the digits at `dashes`, and `before` in front of it all."""
    digits = digits_text(number, width).view(np.uint8).reshape(len(number), width)
    digits = np.insert(digits, dashes, ord("-"), axis=1) if dashes else digits
    front = np.broadcast_to(np.frombuffer(before.encode(), dtype=np.uint8), (len(number), len(before)))
    letters: NDArray[np.uint8] = np.ascontiguousarray(np.concatenate([front, digits], axis=1))
    return as_texts(letters.view(f"S{letters.shape[1]}").ravel())


def plain_texts(number: Int64) -> Texts:
    """Each number without leading zeros."""
    return as_texts(number.astype(np.bytes_))
