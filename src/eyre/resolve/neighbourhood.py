"""What `resolve_around` asks of the records in a view: the one seam between resolution and where records are kept."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from eyre.model.judgement import Judgement
from eyre.resolve.layout import Int64, SightingFeatures, UInt8
from eyre.resolve.model import MostInBlock
from eyre.resolve.sightings import NO_SIGHTINGS

_NOBODY = np.zeros(0, dtype=np.int64)


class Told(NamedTuple):
    """Visible records in any order, with their visible features (`resolve.pack_features`): those of `records[k]` are
    the next `length[k]` bytes of `body`."""

    records: Int64
    length: Int64
    body: UInt8


class Sighted(NamedTuple):
    """Records in any order, each there once; `sightings` has a row for each."""

    records: Int64 = _NOBODY
    sightings: SightingFeatures = NO_SIGHTINGS


def told_of(features: Mapping[int, bytes]) -> Told:
    """Records by id, with their features, for whoever has them in memory."""
    records = np.array(list(features), dtype=np.int64)
    length = np.array(list(map(len, features.values())), dtype=np.int64)
    return Told(records, length, np.frombuffer(b"".join(features.values()), dtype=np.uint8))


class Asked(NamedTuple):
    """`keys` to follow, from the records of `frontier`. A key that more visible records have than `most` allows is not
    followed."""

    keys: Int64
    frontier: Int64
    most: MostInBlock


class Near(NamedTuple):
    """What is near the frontier: all visible pairs of `key` and `record`, in any order, of the keys that are followed;
    the keys that are too common; and every judgement on a record of the frontier."""

    key: Int64
    record: Int64
    capped: Int64
    judgements: Sequence[Judgement]


class Neighbourhood(Protocol):
    """The records that a view shows. An implementation filters nothing itself: what is hidden is not there."""

    def told(self, records: Int64) -> Told:
        """Those of `records` that are visible."""
        ...

    def sighted(self, records: Int64) -> Sighted:
        """Where and when those of `records` were seen of which the view shows that. It costs more than what is told of
        them, and is asked of few."""
        ...

    def near(self, asked: Asked) -> Near:
        """One step from the frontier along keys."""
        ...
