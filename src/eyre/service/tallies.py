"""What all processes did, added up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from eyre.store.open_store import Store
from eyre.store.tallies import begin_tally, fold_tallies, sum_tallies, write_tally
from eyre.store.writing import writing

_LIVES_WITHIN = timedelta(seconds=120)
"""A process writes down that it lives every 30 seconds; one that is not heard of for so long has lost its leases."""
_FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Totals:
    """Numbers by name since the store began, and how many processes live."""

    counts: Mapping[str, float]
    workers: int


def keep_counts(
    store: Store, worker: str, counts: Mapping[str, float], kept: Mapping[str, float] | None
) -> Mapping[str, float]:
    """Writes down what `worker` did, as totals; `kept` is what was written before. Gives what stands written now: that
    is less where its row was taken to be of one that had ended, and is counted already."""
    with writing(store) as writer:
        if kept is not None and write_tally(writer, worker, counts):
            return counts
        rest = {name: many - (kept or {}).get(name, 0.0) for name, many in counts.items()}
        begin_tally(writer, worker, rest)
        return rest


def totals(store: Store) -> Totals:
    """What all of them did."""
    with writing(store) as writer:
        return Totals(*sum_tallies(writer, _LIVES_WITHIN))


def forget_old_tallies(store: Store) -> None:
    """What processes did that ended a day ago is added up in one row."""
    with writing(store) as writer:
        fold_tallies(writer, _FORGOTTEN_AFTER)
