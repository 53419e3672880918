"""Which records belong to one component as far as it is known, when components that grow implausibly large have their
floor raised while they are followed.

`resolve_all` sees a component whole and raises its floor bit by bit until the parts are plausible. A part at a higher
floor lies within the part at a lower one; so to know that a component is too large it is enough to have met more of its
records than a plausible one has, and what is tied to it only weakly need never be followed.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from eyre.resolve.components import components_of
from eyre.resolve.layout import SCALE, Int32, Int64

Flags = NDArray[np.bool_]

JUDGED = 1 << 40
"""The weight of a link that somebody judged: no floor breaks it."""

LARGE = 32
"""Records of a component from which on its strongest links are followed first: few persons have so many, so it may
well turn out to be implausible, and its weak links may then never have to be followed."""

_STRONGEST = 10  # bits above a floor


class Links(NamedTuple):
    """Pairs of slots, and the weight of each in 1/1024 bit."""

    left: Int64
    right: Int64
    weight: Int64


def join(some: Links, more: Links) -> Links:
    """Both."""
    return Links(*(np.concatenate(columns) for columns in zip(some, more, strict=True)))


def raise_floors(floor: Int64, links: Links, most: int) -> Int32:
    """The least slot of each slot's component. `floor`, of each slot in 1/1024 bit, is raised in place where a
    component is of more than `most` records and any link of it can still be broken."""
    while True:
        low = np.minimum(floor[links.left], floor[links.right])
        high = np.maximum(floor[links.left], floor[links.right])
        held = links.weight >= high
        root = components_of(len(floor), links.left[held].astype(np.int32), links.right[held].astype(np.int32))
        highest = floor.copy()
        np.maximum.at(highest, root, floor)
        lowest = floor.copy()
        np.minimum.at(lowest, root, floor)
        # what hangs together with a higher floor is too large at its own; at one in between it may come off
        behind = (floor == lowest[root]) & (floor < highest[root])
        if behind.any():
            floor[behind] += SCALE
            continue
        raised = np.bincount(root, minlength=len(floor)) > most
        can_break = np.zeros(len(floor), dtype=bool)
        can_break[root[links.left[held & (links.weight < JUDGED)]]] = True
        raised &= can_break
        # at its own floor a component reaches one whose floor is higher: together they are too large
        reaches = (low < high) & (links.weight >= low)
        lower = np.where(floor[links.left] < floor[links.right], links.left, links.right)
        raised[root[lower[reaches]]] = True
        if not raised.any():
            return root
        floor[raised[root]] += SCALE


def strongest_first(root: Int32, floor: Int64, links: Links, seed: Flags, waiting: Flags) -> Int64:
    """The slots that are to be expanded next, of those that are `waiting`: in a large component only those that hang
    together with a `seed` by the strongest links."""
    if not waiting.any():
        return np.zeros(0, dtype=np.int64)
    large = np.bincount(root, minlength=len(root))[root] >= LARGE
    chosen = waiting & ~large
    left = waiting & large
    for bits in range(_STRONGEST, -1, -1):
        if not left.any():
            break
        held = links.weight >= np.maximum(floor[links.left], floor[links.right]) + bits * SCALE
        inner = components_of(len(root), links.left[held].astype(np.int32), links.right[held].astype(np.int32))
        near = left & of_one_with(seed, inner)
        chosen |= near
        left &= ~of_one_with(near, root)
    return np.flatnonzero(chosen)


def of_one_with(some: Flags, root: Int32) -> Flags:
    """The slots whose component, of least slot `root`, has any of `some`."""
    has = np.zeros(len(root), dtype=bool)
    has[root[some]] = True
    return np.asarray(has[root])
