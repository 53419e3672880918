"""Columns of the tables of what is said, features and keys, made of many records at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from eyre.store.arrays import ArrayBytes, Int64, bytes_array, number_array, text_array
from eyre.store.delivery import KEY, NOTHING_MADE, Made
from eyre.store.pack_records import PackedRow


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
            "key_records": number_array(records[row]),
            "key_classes": number_array(classes[row]),
            "key_groups": number_array(self.groups[order].astype(np.int32)),
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


def record_columns(rows: Sequence[PackedRow], keys: KeyColumns) -> dict[str, ArrayBytes]:
    """The columns of `eyre.record_said` and `eyre.record_features`, and those of the keys."""
    return (
        keys.as_arrays(rows)
        | made_columns(rows, keys)
        | {
            "records": number_array(np.array([row.record for row in rows], dtype=np.int64)),
            "classes": number_array(np.array([row.terms_class for row in rows], dtype=np.int16)),
        }
    )


def made_columns(rows: Sequence[PackedRow], keys: KeyColumns) -> dict[str, ArrayBytes]:
    """What rows say and what is made of it."""
    return {
        "parts": text_array([_parts(row) for row in rows]),
        "features": bytes_array([row.made.features for row in rows]),
        "packed_keys": bytes_array(keys_of_rows(keys, len(rows))),
    }


def keys_of_rows(keys: KeyColumns, rows: int) -> list[bytes]:
    """The keys of each of so many rows, in PostgreSQL's order of bytes."""
    body = keys.key.astype(">i8").tobytes()
    bounds: list[int] = (np.searchsorted(keys.row, np.arange(rows + 1)) * 8).tolist()
    return [body[first:last] for first, last in pairwise(bounds)]


def _parts(row: PackedRow) -> bytes:
    return b"{" + b",".join([b'"%d":%b' % part for part in row.bodies]) + b"}"
