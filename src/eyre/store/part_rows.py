"""Columns of the tables of parts and keys, made of many records at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from eyre.model.field_group import FieldGroup
from eyre.store.arrays import ArrayBytes, Int64, bytes_array, number_array, text_array
from eyre.store.delivery import KEY, NOTHING_MADE, Made
from eyre.store.pack_records import PackedRow

GROUPS = 1 << len(FieldGroup)
"""A part in one number is its row times this and its group."""


@dataclass(frozen=True, slots=True)
class KeyColumns:
    """The keys of rows: `row` says whose each is, ascending."""

    row: Int64
    key: Int64
    groups: Int64

    def as_arrays(self, rows: Sequence[PackedRow]) -> dict[str, ArrayBytes]:
        """The columns of `eyre.record_key`, in the order of its index: pages of it are then met one after another."""
        records = np.array([row.record for row in rows], dtype=np.int64)
        classes = np.array([row.terms_class for row in rows], dtype=np.int16)
        order = np.argsort(self.key, kind="stable")
        row = self.row[order]
        return {
            "keys": number_array(self.key[order]),
            "records": number_array(records[row]),
            "classes": number_array(classes[row]),
            "groups": number_array(self.groups[order].astype(np.int32)),
        }


def key_columns(rows: Sequence[PackedRow]) -> KeyColumns:
    """The keys of all of `rows`. A record that says nothing has none."""
    return columns_of_keys([row.made if row.bodies else NOTHING_MADE for row in rows])


def columns_of_keys(made: Sequence[Made]) -> KeyColumns:
    """The keys of records 0, 1, ..."""
    table = np.frombuffer(b"".join([each.keys for each in made]), dtype=KEY)
    many = np.array([len(each.keys) // KEY.itemsize for each in made], dtype=np.int64)
    owner = np.repeat(np.arange(len(made), dtype=np.int64), many)
    return KeyColumns(owner, table["key"].astype(np.int64), table["groups"].astype(np.int64))


def part_columns(rows: Sequence[PackedRow], keys: KeyColumns) -> dict[str, ArrayBytes]:
    """The columns of `eyre.record_part`."""
    row = np.repeat(np.arange(len(rows)), [len(each.bodies) for each in rows])
    groups = np.array([group for each in rows for group, _ in each.bodies], dtype=np.int64)
    records = np.array([each.record for each in rows], dtype=np.int64)
    classes = np.array([each.terms_class for each in rows], dtype=np.int16)
    return {
        "part_records": number_array(records[row]),
        "part_groups": number_array(groups.astype(np.int32)),
        "part_classes": number_array(classes[row]),
        "bodies": text_array([body for each in rows for _, body in each.bodies]),
        "features": bytes_array([each.made.features.get(group, b"") for each in rows for group, _ in each.bodies]),
        "part_keys": bytes_array(keys_of_parts(row * GROUPS + groups, keys)),
    }


def keys_of_parts(part: Int64, keys: KeyColumns) -> list[bytes]:
    """For each of the parts (row and group in one number, ascending) its own keys, in PostgreSQL's order of bytes.

    Every key is kept with exactly one part of its record, the first of the groups that it was built from; or, where
    that group says nothing, with the first part that there is.
    """
    wanted = keys.row * GROUPS + (keys.groups & -keys.groups)
    at = np.searchsorted(part, wanted)
    elsewhere = part[np.minimum(at, len(part) - 1)] != wanted if len(part) else np.zeros(len(at), dtype=bool)
    at[elsewhere] = np.searchsorted(part, keys.row[elsewhere] * GROUPS)
    order = np.argsort(at, kind="stable")
    body = keys.key[order].astype(">i8").tobytes()
    bounds: list[Any] = (np.searchsorted(at[order], np.arange(len(part) + 1)) * 8).tolist()
    return [body[first:last] for first, last in pairwise(bounds)]
