"""Arguments of kernels as their machine code takes them: a slot for each array and each number, tuples laid flat.

An array's slot is the address of a capsule with NumPy's own description of it (`PyArrayInterface`, the array interface
for C), which costs a twentieth of what asking an array for its parts does.
"""

from functools import cached_property
from typing import Any

import numpy as np

Kind = tuple[str | int, ...]
"""What arguments are: an array its item's letter and its dimensions, a number `n`, a tuple what is in it."""


class LaidOnce:
    """What a tuple of many arrays is besides, that goes to one kernel after another: it is laid flat for the first."""

    @cached_property
    def flat(self) -> tuple[Kind, list[int], list[Any]]:
        """As `laid_flat` gives it. The arrays of the tuple stay where they are as long as it lives."""
        return laid_flat(tuple(self))  # type: ignore[arg-type]


def laid_flat(arguments: tuple[Any, ...]) -> tuple[Kind, list[int], list[Any]]:
    """Of what kinds arguments are, their slots, and what must live while the slots are used. Raises `TypeError` for
    what no kernel takes."""
    kinds: list[str | int] = []
    slots: list[int] = []
    held: list[Any] = []
    _lay(arguments, kinds, slots, held)
    return tuple(kinds), slots, held


def _lay(arguments: tuple[Any, ...], kinds: list[str | int], slots: list[int], held: list[Any]) -> None:
    for each in arguments:
        if type(each) is np.ndarray:
            if not each.flags.c_contiguous:
                raise TypeError("a kernel takes arrays whose items follow each other")
            described = each.__array_struct__
            held.append(described)
            kinds.append(each.dtype.char)
            kinds.append(each.ndim)
            slots.append(id(described))
        elif isinstance(each, LaidOnce):
            kind, flat, live = each.flat
            kinds += kind
            slots += flat
            held.append(live)
        elif isinstance(each, tuple):
            _lay(each, kinds, slots, held)
        elif isinstance(each, int | np.integer):
            kinds.append("n")
            slots.append(int(each))
        else:
            raise TypeError(f"a kernel takes no {type(each).__name__}")
