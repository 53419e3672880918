"""How well groups of records agree with the truth: pairwise, whole-cluster and B-cubed precision and recall.

Pairwise figures count pairs of records: of those put together, how many belong together, and of those that belong
together, how many were put together. B-cubed (Bagga and Baldwin, 1998) asks the same of each record's group and takes
the mean over records, so that a group of twenty does not count as 190 pairs. A cluster counts as right if it is the
same records, no more and no fewer; a record alone is a cluster too.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[Any]
_Int64 = NDArray[np.int64]


@dataclass(frozen=True)
class Agreement:
    """Shares from 0 to 1. Precision is 1 where nothing was put together, recall where nothing belongs together. `right`
    are those of the `said_pairs` that are among the `true_pairs`, `exact` the clusters that are both said and true."""

    precision: float
    recall: float
    f1: float
    bcubed_precision: float
    bcubed_recall: float
    bcubed_f1: float
    largest: int
    cluster_precision: float
    cluster_recall: float
    cluster_f1: float
    right: int
    said_pairs: int
    true_pairs: int
    exact: int
    said_clusters: int
    true_clusters: int


def agreement(truth: Labels, said: Labels) -> Agreement:
    """How `said`, a label for each record, agrees with `truth`. Raises `ValueError` if they differ in length or are
    empty."""
    if len(truth) != len(said) or not len(truth):
        raise ValueError(f"{len(truth)} true labels and {len(said)} said ones do not describe the same records")
    true_of, true_sizes = _groups(truth)
    said_of, said_sizes = _groups(said)
    both_of, both_sizes = _groups(true_of * len(said_sizes) + said_of)
    right, together, belonging = _pairs(both_sizes), _pairs(said_sizes), _pairs(true_sizes)
    precision = right / together if together else 1.0
    recall = right / belonging if belonging else 1.0
    exact = _exact(both_of, both_sizes, true_sizes[true_of], said_sizes[said_of])
    shared = both_sizes[both_of]
    bcubed_precision = float((shared / said_sizes[said_of]).mean())
    bcubed_recall = float((shared / true_sizes[true_of]).mean())
    return Agreement(
        precision=precision,
        recall=recall,
        f1=_harmonic(precision, recall),
        bcubed_precision=bcubed_precision,
        bcubed_recall=bcubed_recall,
        bcubed_f1=_harmonic(bcubed_precision, bcubed_recall),
        largest=int(said_sizes.max()),
        cluster_precision=exact / len(said_sizes),
        cluster_recall=exact / len(true_sizes),
        cluster_f1=_harmonic(exact / len(said_sizes), exact / len(true_sizes)),
        right=right,
        said_pairs=together,
        true_pairs=belonging,
        exact=exact,
        said_clusters=len(said_sizes),
        true_clusters=len(true_sizes),
    )


def _exact(both_of: _Int64, both_sizes: _Int64, true_size: _Int64, said_size: _Int64) -> int:
    """How many groups are whole in the truth and in what was said; sizes are those of each record's group."""
    whole = (true_size == said_size) & (both_sizes[both_of] == said_size)
    return len(np.unique(both_of[whole]))


def _groups(labels: Labels) -> tuple[_Int64, _Int64]:
    _, group, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    return group.astype(np.int64), sizes.astype(np.int64)


def _pairs(sizes: _Int64) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0
