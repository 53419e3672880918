"""Blocking keys of records: what resolution and search find them by, made in batches."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

import numpy as np

from eyre.model.field_group import FieldGroup
from eyre.model.person import Person
from eyre.resolve.features import code, features_of
from eyre.resolve.keys import Keys, keys_of
from eyre.resolve.model import Model
from eyre.resolve.said import said_by_persons
from eyre.resolve.search_keys import search_keys_of

BATCH = 10_000
"""How many records are normalised at once: each distinct value of a batch is parsed once."""

_Item = TypeVar("_Item")
_GROUP_OF = {mask: FieldGroup(mask) for mask in range(1024)}


def keys_of_persons(persons: Sequence[Person], model: Model) -> list[list[tuple[int, FieldGroup]]]:
    """For each of `persons` its keys for resolution and for search, each with the groups that it was built from."""
    features = features_of(code(said_by_persons(persons)), model.frequencies)
    found: list[list[tuple[int, FieldGroup]]] = [[] for _ in persons]
    for keys in (keys_of(features, model), search_keys_of(features)):
        for row, key, groups in _triples(keys):
            found[row].append((key, _GROUP_OF[groups]))
    return found


def in_batches(items: Iterable[_Item], size: int = BATCH) -> Iterator[list[_Item]]:
    """`items`, `size` at a time."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def _triples(keys: Keys) -> Iterator[tuple[int, int, int]]:
    columns = (keys.row, keys.key, keys.groups)
    return zip(*(np.asarray(column).tolist() for column in columns), strict=True)
