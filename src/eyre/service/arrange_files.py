"""Files of people as one table: read, their columns coded, in an order in which records of one person stand near each
other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from eyre.errors import InputError
from eyre.resolve.count_numbers import order_of_numbers
from eyre.resolve.gather import gathered
from eyre.resolve.in_threads import in_threads
from eyre.resolve.layout import Int32
from eyre.resolve.texts.distinct import distinct
from eyre.service.columns_ahead import ColumnsAhead
from eyre.service.link_columns import ColumnReader, FilePlan, Slots, put_in_order, slots_of
from eyre.service.link_mapping import LinkMapping
from eyre.service.plan_columns import check_mapping_is_used, plan_columns
from eyre.service.tables import is_parquet, read_column, read_outline, read_table
from eyre.service.texts import Texts, equals, joined, picked, text_of

RECORD_ID = "record_id"
_MOST_RECORDS = 2**31 - 2

Phase = Callable[[str], None]
"""Is told the name of each phase as it begins: `read`, `arrange`, `resolve`, `answer`."""


@dataclass(frozen=True)
class Reading:
    """How files are read: `encoding` of CSV files; `sparing` gives up the files' columns as soon as they are coded, so
    that `Arranged.files` hold none of them; `ahead` has begun to read them, and is stopped when all are read."""

    encoding: str = "utf-8"
    sparing: bool = False
    ahead: ColumnsAhead | None = None


UTF_8 = Reading()


@dataclass(frozen=True)
class Arranged:
    """`record_id` of each row, in the order of files and rows; `order[k]` is the row that stands `k`th in `slots`, by
    birth and then by record id, and `rank[k]` the place of that row by record id alone. Records of one person stand
    near each other then, which is half of the speed of weighing them."""

    files: tuple[FilePlan, ...]
    record_id: Texts
    order: Int32
    rank: Int32
    slots: Slots


def arrange_files(
    paths: Sequence[Path], mapping: LinkMapping, *, reading: Reading = UTF_8, phase: Phase = lambda _: None
) -> Arranged:
    """What files say, read and put in order, before anything is compared. Raises `InputError`."""
    phase("read")
    files = _planned(paths, mapping, reading)
    phase("arrange")
    parts: tuple[Callable[[], Any], ...] = (lambda: slots_of(files, mapping), lambda: _record_ids(files))
    slots, record_id = in_threads(lambda part: part(), parts)
    if reading.ahead is not None:
        reading.ahead.stop()
    by_id = _order_of(record_id, files)
    births = _births_in_order(slots)
    rank = order_of_numbers(births if by_id is None else births[by_id])
    order = rank if by_id is None else by_id[rank]
    if reading.sparing:
        files = tuple(replace(file, table=file.table.select([])) for file in files)
    put_in_order(slots, order)
    return Arranged(files, record_id, order, rank, slots)


def _order_of(ids: Texts, files: Sequence[FilePlan]) -> Int32 | None:
    """The rows by record id, of which no two may be the same; nothing where they stand in that order, as in most files
    they do, which is seen sooner than it is made."""
    if pc.all(pc.less(ids[:-1], ids[1:])).as_py():
        return None
    order = np.asarray(pc.sort_indices(ids), dtype=np.int32)
    _check_unique(picked(ids, order), order, files)
    return order


def _births_in_order(slots: Slots) -> Int32:
    """A number for each row that stands for what is said of its birth, in some order of these."""
    said = next((slots.of(field)[0] for field in ("birth_date", "birth_year", "age") if slots.of(field)), None)
    if said is None:
        return np.zeros(slots.count, dtype=np.int32)
    codes, texts = distinct(said)
    place = np.empty(len(texts), dtype=np.int32)
    place[sorted(range(len(texts)), key=texts.__getitem__)] = np.arange(len(place), dtype=np.int32)
    return gathered(place, codes)


def _planned(paths: Sequence[Path], mapping: LinkMapping, reading: Reading) -> tuple[FilePlan, ...]:
    if repeated := [path for at, path in enumerate(paths) if path in paths[:at]]:
        raise InputError(f"`{repeated[0]}` is named twice", remedy="name each file once")
    read = [_read(path, reading) for path in paths]
    if sum(table.num_rows for _, table in read) > _MOST_RECORDS:
        raise InputError(f"the files hold more than {_MOST_RECORDS} records", remedy="link them in parts")
    by_value = [mapping.as_of_by_value.column] if mapping.as_of_by_value else []
    check_mapping_is_used([*mapping.columns, *by_value], [names for names, _ in read])
    return tuple(
        FilePlan(path, name, table, plan_columns(names, mapping.columns, path), _columns_of(reading))
        for path, name, (names, table) in zip(paths, _names(paths), read, strict=True)
    )


def _read(path: Path, reading: Reading) -> tuple[list[str], pa.Table]:
    """The names of a file's columns, and its table: of Parquet that need not be kept, one without them."""
    if reading.sparing and is_parquet(path):
        return read_outline(path)
    table = read_table(path, encoding=reading.encoding)
    return table.column_names, table


def _columns_of(reading: Reading) -> ColumnReader:
    return reading.ahead.column if reading.ahead is not None else read_column


def _names(paths: Sequence[Path]) -> list[str]:
    """What a record without an id is called after: the file's stem, with its folder where two stems are the same."""
    stems = [path.name.partition(".")[0] or path.name for path in paths]
    if len(set(stems)) == len(stems):
        return stems
    longer = [f"{path.resolve().parent.name}/{stem}" for path, stem in zip(paths, stems, strict=True)]
    return longer if len(set(longer)) == len(longer) else [path.as_posix() for path in paths]


def _record_ids(files: Sequence[FilePlan]) -> Texts:
    """Each row's record id as said, else its file's name and its number in it."""
    parts: list[Texts] = []
    for file in files:
        many = file.table.num_rows
        if RECORD_ID not in file.plan.taken:
            parts.append(pa.array([f"{file.name}:{row}" for row in range(1, many + 1)], type=pa.string()))
            continue
        column = file.plan.taken[RECORD_ID][0]
        ids = text_of(file.column(column), column, file.path)
        if (gaps := np.flatnonzero(equals(ids, ""))).size:
            raise InputError(
                f"row {gaps[0] + 1} of `{file.path}` has no record id in `{column}`",
                remedy=f"fill it, or have ids made: `--map {column}=ignored`",
            )
        parts.append(ids)
    return joined(parts)


def _check_unique(ids: Texts, order: Int32, files: Sequence[FilePlan]) -> None:
    same = cast(Any, pc.equal(ids[1:], ids[:-1])).to_numpy(zero_copy_only=False)
    if not (repeated := np.flatnonzero(same)).size:
        return
    first, second = sorted(order[repeated[0] : repeated[0] + 2].tolist())
    raise InputError(
        f"{_place(files, first)} and {_place(files, second)} have the same record id",
        remedy="make them unique over all files, or have ids made: `--map <column>=ignored`",
    )


def _place(files: Sequence[FilePlan], row: int) -> str:
    for file in files:
        if row < file.table.num_rows:
            return f"row {row + 1} of `{file.path}`"
        row -= file.table.num_rows
    raise IndexError("no such row")
