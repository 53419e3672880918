"""`link`: which rows of closed files are about one person. Needs no store, no training and no truth."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from eyre.resolve.kernel import kernel
from eyre.resolve.layout import Int32
from eyre.resolve.model import Model
from eyre.resolve.resolve_all import Resolution, resolve_file
from eyre.resolve.said import SaidColumns
from eyre.service import coded_texts
from eyre.service.arrange_files import UTF_8, Arranged, Phase, Reading, arrange_files
from eyre.service.link_columns import FilePlan, Slots, rows_said, said_of
from eyre.service.link_mapping import LinkMapping
from eyre.service.texts import Texts, picked_in_lots

PERSON_ID = "person_id"


@dataclass(frozen=True)
class Linked:
    """`record_id` and `person_id` (a column in pieces) of each row, in the order of files and rows. The rest tells how:
    `order` and `rank` are those of `Arranged`, and `resolution` counts in that order. `unused` are values that could
    not be read, by field."""

    files: tuple[FilePlan, ...]
    record_id: Texts
    person_id: Any
    persons: int
    order: Int32
    rank: Int32
    resolution: Resolution
    model: Model
    unused: dict[str, int]


def link_files(
    paths: Sequence[Path],
    mapping: LinkMapping,
    model: Model,
    *,
    reading: Reading = UTF_8,
    phase: Phase = lambda _: None,
) -> Linked:
    """The persons of all rows of all files together. `model` is what is known beforehand; frequencies, prior and shares
    of levels are fitted to the files. The order of files and rows makes no difference to who is whom, if rows bear
    record ids.

    Raises `InputError` for a file, a mapping or a record id that cannot be used.
    """
    arranged, said, unused = _said(arrange_files(paths, mapping, reading=reading, phase=phase))
    files, record_id, order = arranged.files, arranged.record_id, arranged.order
    phase("resolve")
    resolution, fitted = resolve_file(said.pop(), model)
    phase("answer")
    return Linked(
        files=files,
        record_id=record_id,
        person_id=picked_in_lots(record_id, _first_of_each(resolution.person, arranged)),
        persons=resolution.persons,
        order=order,
        rank=arranged.rank,
        resolution=resolution,
        model=fitted,
        unused=unused,
    )


def _said(arranged: Arranged) -> tuple[Arranged, list[SaidColumns], dict[str, int]]:
    """What is said, in a list that can be emptied, for whoever codes it need not keep it; and what of it could not be
    read."""
    said = said_of(arranged.slots)
    return replace(arranged, slots=Slots(arranged.slots.count, {})), [said], _unused(arranged.slots, said.births.row)


def _first_of_each(person: Int32, arranged: Arranged) -> Int32:
    """For each row, in the order of files, the row of its person that has the least record id."""
    rank, order = arranged.rank, arranged.order
    first = np.empty(len(person), dtype=np.int32)
    _fill_first(person, rank, order, np.full(len(person), -1, dtype=np.int32), first)
    return first


@kernel
def _fill_first(person: Int32, rank: Int32, order: Int32, least: Int32, first: Int32) -> None:
    """`least` comes to hold the place of each person's record that is first by record id."""
    for i in range(len(person)):
        known = least[person[i]]
        if known < 0 or rank[i] < rank[known]:
            least[person[i]] = i
    for i in range(len(person)):
        first[order[i]] = order[least[person[i]]]


def _unused(slots: Slots, born: Int32) -> dict[str, int]:
    """How many records say when somebody was born in a way that could not be read, by field."""
    without = np.ones(slots.count, dtype=bool)
    without[born] = False
    unborn = np.flatnonzero(without).astype(np.int32)
    unread = {
        field: len(rows_said([coded_texts.picked(column, unborn) for column in slots.of(field)]))
        for field in ("birth_date", "birth_year", "age")
        if slots.of(field)
    }
    return {field: count for field, count in unread.items() if count}
