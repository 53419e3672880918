"""The parts of packed features, taken apart and put together as `resolve.pack_features` says that they lie."""

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from eyre.resolve.pack_features import HEAD, PART_GROUPS

_NUMBERS = tuple(map(int, PART_GROUPS))


def parts_of(record: bytes) -> dict[int, bytes]:
    """The parts of a record that say something, by field group as a number."""
    ends = [HEAD, *(HEAD + np.cumsum(np.frombuffer(record, dtype="<i4", count=len(_NUMBERS)))).tolist()]
    parts = zip(_NUMBERS, pairwise(ends), strict=True)
    return {group: record[start:stop] for group, (start, stop) in parts if start < stop}


def of_parts(parts: Mapping[int, bytes]) -> bytes:
    """The bytes of a record that has these parts."""
    every = [parts.get(group, b"") for group in _NUMBERS]
    return np.array(list(map(len, every)), dtype="<i4").tobytes() + b"".join(every)
