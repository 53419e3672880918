"""What resolution asks of a session under a view: records, what is compared of them, and who is near by keys.

A question is one statement, however much it brings. The database's policies decide what is seen; nothing here filters.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eyre.resolve.each_once import each_once
from eyre.resolve.layout import SightingFeatures
from eyre.resolve.model import MostInBlock
from eyre.resolve.neighbourhood import Asked, Near, Sighted, Told
from eyre.resolve.sightings import sightings_of_rows, state_number
from eyre.store.arrays import Int64, int8_columns
from eyre.store.reader import BATCH, ReaderSession
from eyre.store.sql_files import read_sql

_HEAD = np.dtype([("record", ">i8"), ("length", ">i4")])
_LINE = np.dtype(
    [
        ("record", ">i8"),
        ("state", "S2"),
        ("source", ">i4"),
        ("begun", ">i4"),
        ("since", ">i4"),
        ("until", ">i4"),
        ("over", ">i2"),
    ]
)
_SIGHTED = "select string_agg(line, ''::bytea) from eyre.sighted where record = any (%(records)b)"
_NONE = np.zeros(0, dtype=np.int64)


def ask_told(session: ReaderSession, records: Int64) -> Told:
    """What resolution compares of those of `records` that are visible."""
    query = read_sql("sql/told.sql")
    return _joined([_told(*session.ask(query, {"records": some})) for some in _batches(records)])


def ask_sightings(session: ReaderSession, records: Int64) -> SightingFeatures:
    """Where and when each of `records`, which ascend, was seen, as far as the view shows it."""
    seen, told = ask_sighted(session, records)
    return sightings_of_rows(len(records), np.searchsorted(records, seen), told)


def ask_sighted(session: ReaderSession, records: Int64) -> Sighted:
    """Where and when those of `records` were seen of which the view shows it."""
    lines = [session.ask(_SIGHTED, {"records": some})[0] or b"" for some in _batches(records)]
    table = np.frombuffer(b"".join(lines), dtype=_LINE)
    seen = table["record"].astype(np.int64)
    return Sighted(seen, sightings_of_rows(len(seen), np.arange(len(seen)), _columns(table)))


def ask_near(session: ReaderSession, asked: Asked) -> Near:
    """One step from records along keys."""
    found: list[list[Int64]] = [[_NONE, _NONE]]
    judged = not len(asked.keys)
    for some in _batches(asked.keys):
        most = {"most": asked.most.any, "most_in_loose": asked.most.loose}
        parameters = {"keys": some, "frontier": asked.frontier, **most}
        pairs, there = session.ask(read_sql("sql/near.sql"), parameters)
        found.append(int8_columns(pairs, 2))
        judged = judged or there
    key, record = (np.concatenate([each[column] for each in found]) for column in range(2))
    key, record, common = _parted(key, record, asked.most)
    judgements = session.judgements(asked.frontier) if judged else ()
    return Near(key, record, common, judgements)


def _parted(key: Int64, record: Int64, most: MostInBlock) -> tuple[Int64, Int64, Int64]:
    """The keys and records that are followed, and the keys that are too common."""
    order = np.argsort(key, kind="stable")  # they come in this order, so that it costs little
    key, record = key[order], record[order]
    distinct = each_once(key)
    many = np.diff(np.searchsorted(key, distinct), append=len(key))
    follows = most.follows(distinct, many)
    followed = np.repeat(follows, many)
    return key[followed], record[followed], distinct[~follows]


def _told(head: bytes | None, body: bytes | None) -> Told:
    table = np.frombuffer(head or b"", dtype=_HEAD)
    record, length = (table[name].astype(np.int64) for name in ("record", "length"))
    return Told(record, length, np.frombuffer(body or b"", dtype=np.uint8))


def _columns(table: NDArray[np.void]) -> list[NDArray[np.integer[Any]]]:
    """The columns of `SightingFeatures` as lines tell them."""
    codes, which = np.unique(table["state"], return_inverse=True)
    numbers = np.array([state_number(code.decode()) for code in codes.tolist()], dtype=np.int16)
    state = numbers[which] if len(codes) else np.zeros(0, dtype=np.int16)
    return [state, *(table[name] for name in ("source", "begun", "since", "until", "over"))]


def _joined(told: list[Told]) -> Told:
    if len(told) == 1:
        return told[0]
    if not told:
        return _told(None, None)
    return Told(*map(np.concatenate, zip(*told, strict=True)))


def _batches(ids: Int64) -> Iterator[Int64]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
