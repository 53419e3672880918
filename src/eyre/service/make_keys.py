"""What the model makes of records: the blocking keys that resolution and search find them by, and the features that
resolution compares. Made in batches."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

import numpy as np

from eyre.model.person import Person
from eyre.resolve.features_of_few import features_of_persons
from eyre.resolve.keys import keys_of
from eyre.resolve.layout import Features
from eyre.resolve.model import Model
from eyre.resolve.pack_features import each_record, pack_features
from eyre.resolve.search_keys import search_keys_of
from eyre.store.delivery import KEY, Made

BATCH = 10_000
"""How many records are normalised at once: each distinct value of a batch is parsed once."""

_Item = TypeVar("_Item")


def made_of_persons(persons: Sequence[Person], model: Model) -> list[Made]:
    """For each of `persons` its keys for resolution and for search, and its features."""
    features = features_of_persons(persons, model.frequencies)
    return list(map(Made, _keys(features, model), each_record(pack_features(features))))


def in_batches(items: Iterable[_Item], size: int = BATCH) -> Iterator[list[_Item]]:
    """`items`, `size` at a time."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def _keys(features: Features, model: Model) -> list[bytes]:
    made = (keys_of(features, model), search_keys_of(features))
    row = np.concatenate([keys.row for keys in made])
    table = np.empty(len(row), dtype=KEY)
    table["key"] = np.concatenate([keys.key for keys in made])
    table["groups"] = np.concatenate([keys.groups for keys in made])
    body = table[np.argsort(row, kind="stable")].tobytes()
    ends = (np.cumsum(np.bincount(row, minlength=len(features.sex))) * KEY.itemsize).tolist()
    return [body[start:end] for start, end in zip([0, *ends], ends, strict=False)]
