"""Similarity of short folded words, and of numbers written in digits.

Words are rows of a `uint8` matrix with a length beside; a word longer than the matrix is wide is cut, which is the same
for every word. Jaro-Winkler as in Winkler (1990), prefix weight 0.1 up to four letters, boosted only above 0.7.
"""

import numpy as np
from numpy.typing import NDArray

from eyre.resolve.kernel import called_kernel, inline_kernel
from eyre.resolve.layout import units

WIDTH = 24
_BOOST_FROM = 0.7
_PREFIX_WEIGHT = 0.1
_PREFIX_MOST = 4


@called_kernel
def jaro_winkler(words: NDArray[np.uint8], lengths: NDArray[np.uint8], left: int, right: int) -> float:
    """Similarity of two rows of `words`, 0 to 1."""
    la = units(lengths[left])
    lb = units(lengths[right])
    if la == 0 or lb == 0:
        return 0.0
    window = max(la, lb) // 2 - 1
    window = max(window, 0)
    used_a = units(0)
    used_b = units(0)
    matches = 0
    for i in range(la):
        letter = words[left, i]
        for j in range(max(0, i - window), min(lb, i + window + 1)):
            if words[right, j] == letter and not (used_b >> j) & 1:
                used_a |= units(1) << i
                used_b |= units(1) << j
                matches += 1
                break
    if matches == 0:
        return 0.0
    transposed = 0
    j = 0
    for i in range(la):
        if (used_a >> i) & 1:
            while not (used_b >> j) & 1:
                j += 1
            if words[left, i] != words[right, j]:
                transposed += 1
            j += 1
    jaro: float = (matches / la + matches / lb + (matches - transposed // 2) / matches) / 3.0
    if jaro <= _BOOST_FROM:
        return jaro
    prefix = 0
    while prefix < min(la, lb, _PREFIX_MOST) and words[left, prefix] == words[right, prefix]:
        prefix += 1
    return jaro + prefix * _PREFIX_WEIGHT * (1.0 - jaro)


@inline_kernel
def is_prefix(words: NDArray[np.uint8], lengths: NDArray[np.uint8], left: int, right: int) -> bool:
    """Whether the shorter of two words begins the longer."""
    shorter = min(lengths[left], lengths[right])
    at = 0
    while at < shorter and words[left, at] == words[right, at]:
        at += 1
    return bool(at == shorter)


@called_kernel
def digit_slips(left: int, right: int, places: int) -> int:
    """How far two numbers of `places` digits are apart: 0 equal, 1 one digit or one swap of neighbours, 2 more."""
    if left == right:
        return 0
    differing = 0
    first = -1
    second = -1
    a = left
    b = right
    for place in range(places):
        if a % 10 != b % 10:
            differing += 1
            if differing > 2:
                return 2
            if differing == 1:
                first = place
            else:
                second = place
        a //= 10
        b //= 10
    if differing == 1:
        return 1
    if second == first + 1:
        low_a = left // 10**first % 10
        high_a = left // 10**second % 10
        low_b = right // 10**first % 10
        high_b = right // 10**second % 10
        if low_a == high_b and high_a == low_b:
            return 1
    return 2
