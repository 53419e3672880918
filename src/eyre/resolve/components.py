"""Connected components: records tied, directly or through others, by pairs that reach the floor."""

import numpy as np

from eyre.resolve.kernel import kernel
from eyre.resolve.layout import Int32


def components_of(count: int, left: Int32, right: Int32) -> Int32:
    """For each of `count` rows the least row of its component (union-find with path halving)."""
    parent = np.arange(count, dtype=np.int32)
    _tie(parent, left, right)
    return parent


@kernel
def _tie(parent: Int32, left: Int32, right: Int32) -> None:
    for at in range(len(left)):
        a = left[at]
        b = right[at]
        while parent[a] != a:
            parent[a] = parent[parent[a]]
            a = parent[a]
        while parent[b] != b:
            parent[b] = parent[parent[b]]
            b = parent[b]
        if a < b:
            parent[b] = a
        elif b < a:
            parent[a] = b
    for row in range(len(parent)):
        root = row
        while parent[root] != root:
            root = parent[root]
        parent[row] = root
