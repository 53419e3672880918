"""The persons of some records, as a count: what a circuit says of its changed records."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eyre.resolve.model import Model
from eyre.resolve.resolve_around import resolve_around
from eyre.service.open_view import open_view
from eyre.service.session_neighbourhood import SessionNeighbourhood
from eyre.store.open_store import Store


@dataclass(frozen=True, slots=True)
class Resolved:
    """Of so many records, how many are visible, and how many persons they are; `known` of these have other records
    too. It took so many `seconds`."""

    records: int
    visible: int
    persons: int
    known: int
    seconds: float = 0.0


def resolve_records(store: Store, model: Model, purpose: str, records: Sequence[int]) -> Resolved:
    """Resolves `records` and what is around them under the view of `purpose`; those that it does not show are left."""
    began = time.perf_counter()
    with open_view(store, purpose) as session:
        found = resolve_around(records, SessionNeighbourhood(session), model)
    there = np.isin(found.records, np.asarray(records, dtype=np.int64))
    of_these = np.unique(found.person[there])
    sizes = np.bincount(found.person)
    fresh = np.bincount(found.person[there], minlength=len(sizes))
    known = int((sizes[of_these] > fresh[of_these]).sum())
    return Resolved(len(records), int(there.sum()), len(of_these), known, time.perf_counter() - began)
