"""A whole delivery of few records taken in one question, which is its own transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import psycopg

from eyre.model.issue import Issue
from eyre.model.record import RecordClass
from eyre.store.arrays import ArrayBytes, bytes_array, moment_array, number_array, text_array
from eyre.store.at_once import at_once
from eyre.store.delivery import Delivery, KeyedRecord, Outcome
from eyre.store.merge_records import rows_told
from eyre.store.one_row import one_row
from eyre.store.pack_records import Packer, one_chunk
from eyre.store.record_rows import key_columns, made_columns
from eyre.store.sql_files import read_sql

_CLASSES = tuple(RecordClass)
_MAY_NOT_BE_TAKEN = "EY001"


@dataclass(frozen=True, slots=True)
class Few:
    """All that a small delivery says: its records, its issues, and how many rows were ignored. No row was set aside."""

    records: Sequence[KeyedRecord]
    issues: Sequence[Issue]
    ignored: int


def take_few(connection: psycopg.Connection, delivery: Delivery, few: Few, *, record_key: bytes) -> Outcome | None:
    """Stores the whole of a delivery; `connection`, a writer's, must be in no transaction.

    Nothing is done and nothing given where anything is to be told or decided first: the source is not registered by
    this manifest or has no such class, the delivery came before, records are of several classes, a row may not be
    taken.
    """
    packer = Packer(record_key, delivery.source, {each: number for number, each in enumerate(_CLASSES)})
    chunk = one_chunk(packer, few.records)
    classes = {row.terms_class for row in chunk.rows}
    if len(classes) != 1 or chunk.collided:
        return None
    accepted = sum(row.count for row in chunk.rows)
    keys = key_columns(chunk.rows)
    order = np.argsort(keys.key, kind="stable")  # pages of the index are then met one after another
    told = (
        rows_told(delivery, chunk.rows)
        | made_columns(chunk.rows, keys)
        | _told_of(delivery, (accepted + few.ignored, accepted, few.ignored))
        | _told_of_issues(few.issues)
        | {
            "class": _CLASSES[classes.pop()].value,
            "keys": number_array(keys.key[order]),
            "key_groups": number_array(keys.groups[order].astype(np.int32)),
            "key_rows": number_array(keys.row[order] + 1),
        }
    )
    try:
        with at_once(connection):
            taken, changed = one_row(
                connection.execute(read_sql("sql/take_delivery.sql"), told, prepare=True, binary=True)
            )
    except psycopg.Error as error:
        if error.sqlstate == _MAY_NOT_BE_TAKEN:
            return None
        raise
    if not taken:
        return None
    kept = bool(delivery.blobs)
    return Outcome(delivery.id, False, accepted + few.ignored, accepted, 0, few.ignored, tuple(changed), kept)


def _told_of(delivery: Delivery, outcomes: tuple[int, int, int]) -> dict[str, object]:
    return {
        "declared": delivery.declared,
        "content": delivery.content_hash,
        "instants": moment_array([delivery.as_of, delivery.received_at]),
        "length": delivery.length,
        "parser": delivery.parser_version,
        "outcomes": number_array(np.array(outcomes, dtype=np.int32)),
        "blobs": bytes_array([blob.sha256 for blob in delivery.blobs]),
        "lengths": number_array(np.array([blob.length for blob in delivery.blobs], dtype=np.int64)),
    }


def _told_of_issues(issues: Sequence[Issue]) -> dict[str, ArrayBytes]:
    return {
        "codes": text_array([issue.code.value.encode() for issue in issues]),
        "severities": text_array([issue.severity.value.encode() for issue in issues]),
        "issue_places": text_array([issue.place.encode() for issue in issues]),
        "fields": text_array([issue.field.encode() for issue in issues]),
        "reasons": text_array([issue.reason.encode() for issue in issues]),
    }
