"""Clustering inside a component: merge greedily by average evidence over all pairs.

Every pair of a component is weighed, also those that share no key. Two groups are merged when the average of the weights
between them, each capped in its say, is the highest of all and reaches the bar; a pair that a person judged *different*
is never merged across, one judged *same* always. Weights are whole numbers, ties are broken by the records' order, so the
outcome is the same whatever the order in which records or pairs were seen.
"""

from typing import NamedTuple

import numpy as np

from eyre.resolve.kernel import kernel
from eyre.resolve.layout import Features, Int8, Int32, Int64
from eyre.resolve.level import PARTS
from eyre.resolve.weigh import weigh_pair

SAME = 1
DIFFERENT = -1


class Merge(NamedTuple):
    """One step of a merge tree: the groups that begin with rows `left` and `right`, their average weight in 1/1024 bit,
    and how many records each had."""

    left: int
    right: int
    average: int
    left_size: int
    right_size: int


@kernel
def weigh_all(f: Features, w: Int32, rows: Int32, silence: int) -> tuple[Int32, Int32]:
    """The symmetric matrices of weights and of votes between `rows`; zero on the diagonal.

    A pair's vote is its weight, but silence is no conflict: a pair that lacks evidence (nothing to compare, so that
    little more than the prior is left) votes no lower than `-silence` and the weights of what does differ.
    """
    many = len(rows)
    weights = np.zeros((many, many), dtype=np.int32)
    votes = np.zeros((many, many), dtype=np.int32)
    part = np.empty(PARTS, dtype=np.int32)
    level = np.empty(PARTS, dtype=np.int8)
    kin = np.empty(3, dtype=np.int64)
    for a in range(many):
        for b in range(a + 1, many):
            total = weigh_pair(f, w, rows[a], rows[b], part, level, kin)
            conflict = np.int64(0)
            for at in range(1, PARTS):
                conflict += min(part[at], 0)
            weights[a, b] = weights[b, a] = total
            votes[a, b] = votes[b, a] = max(total, conflict - silence)
    return weights, votes


@kernel
def merge_groups(votes: Int32, judged: Int8, settings: Int64, merges: Int64) -> int:
    """Cluster one component of which `votes` is the matrix; `judged` holds `SAME`, `DIFFERENT` or 0 for each pair;
    `settings` the bar and the clip. Fills rows of `merges` (see `Merge`) and returns how many steps there were."""
    bar = settings[0]
    clip = settings[1]
    many = len(votes)
    total = np.zeros((many, many), dtype=np.int64)
    same = np.zeros((many, many), dtype=np.bool_)
    apart = np.zeros((many, many), dtype=np.bool_)
    for a in range(many):
        for b in range(many):
            total[a, b] = min(max(np.int64(votes[a, b]), -clip), clip)
            same[a, b] = judged[a, b] == 1
            apart[a, b] = judged[a, b] == -1
    size = np.ones(many, dtype=np.int64)
    alive = np.ones(many, dtype=np.bool_)
    steps = 0
    while True:
        best_a, best_b = -1, -1
        best_sum, best_count = np.int64(0), np.int64(1)
        best_same = False
        for a in range(many):
            if not alive[a]:
                continue
            for b in range(a + 1, many):
                if not alive[b] or apart[a, b]:
                    continue
                count = size[a] * size[b]
                if not same[a, b] and total[a, b] < bar * count:
                    continue
                better = total[a, b] * best_count > best_sum * count
                if best_a < 0 or (same[a, b] and not best_same) or (same[a, b] == best_same and better):
                    best_a, best_b, best_sum, best_count, best_same = a, b, total[a, b], count, same[a, b]
        if best_a < 0:
            return steps
        merges[steps, 0] = best_a
        merges[steps, 1] = best_b
        merges[steps, 2] = best_sum // best_count
        merges[steps, 3] = size[best_a]
        merges[steps, 4] = size[best_b]
        steps += 1
        alive[best_b] = False
        size[best_a] += size[best_b]
        for c in range(many):
            if alive[c] and c != best_a:
                total[best_a, c] += total[best_b, c]
                total[c, best_a] = total[best_a, c]
                same[best_a, c] = same[best_a, c] or same[best_b, c]
                same[c, best_a] = same[best_a, c]
                apart[best_a, c] = apart[best_a, c] or apart[best_b, c]
                apart[c, best_a] = apart[best_a, c]
