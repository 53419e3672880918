"""Tables of people as what resolution reads: one order of records over all files, every field in long form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from eyre.resolve.in_threads import in_threads
from eyre.resolve.said import (
    AddressColumns,
    BirthColumns,
    IdentifierColumns,
    Int32,
    NameColumns,
    SaidColumns,
    TextColumn,
)
from eyre.service.coded_texts import (
    CodedTexts,
    chosen,
    coded_of,
    constant,
    count_matches,
    equals,
    holds_letter,
    is_said,
    joined,
    nothing,
    picked,
    replaced,
)
from eyre.service.link_births import births_of
from eyre.service.link_fields import FIELDS
from eyre.service.link_mapping import LinkMapping
from eyre.service.plan_columns import ColumnPlan
from eyre.service.tables import read_column

NUMBERS = frozenset(
    {"birth_date", "birth_year", "age", "ssn", "phone", "house_number", "unit", "postal_code", "po_box"}
)
"""Fields that hold digits where they hold anything."""

_QUICK = frozenset({"ssn", "phone", "email"})
"""Fields of which most values are distinct, and that are parsed sooner than equal ones are found."""

_RECORD_ID = "record_id"
_NAME_PARTS = ("given_name", "middle_name", "surname", "name_suffix")
_PLACE = ("city", "state", "postal_code")
_ADDRESS = ("street_address", "house_number", "street", "unit", *_PLACE)


ColumnReader = Callable[[Path, str], Any]
"""Reads a column of a file."""


@dataclass(frozen=True)
class FilePlan:
    """A file's table with what is taken from it. `name` is what records without an id are called after. Columns that
    the table does not hold are read from the file, by `read`, when they are wanted."""

    path: Path
    name: str
    table: pa.Table
    plan: ColumnPlan
    read: ColumnReader = read_column

    def column(self, name: str) -> Any:
        """A column by its own name."""
        return self.table[name] if name in self.table.column_names else self.read(self.path, name)

    def has(self, name: str) -> bool:
        """Whether the file has a column of that name that may be used."""
        return name in {*self.plan.rides_along, *(own for columns in self.plan.taken.values() for own in columns)}


@dataclass(frozen=True)
class Slots:
    """Texts of all records of all files in one order: a field has as many columns as a record has values at most."""

    count: int
    columns: Mapping[str, list[CodedTexts]]

    def of(self, field: str) -> Sequence[CodedTexts]:
        """The columns of a field; none if no file has it."""
        return self.columns.get(field, ())

    def one(self, field: str) -> CodedTexts:
        """The column of a field that holds one value, empty texts if no file has it."""
        columns = self.of(field)
        return columns[0] if columns else nothing(self.count)


def slots_of(files: Sequence[FilePlan], mapping: LinkMapping) -> Slots:
    """The texts of each field, in the order of files and rows. Raises `InputError` for a value that no person has."""
    wanted = [
        (field, at)
        for field in FIELDS
        if field != _RECORD_ID  # every one is distinct, and none is evidence
        for at in range(max(len(file.plan.taken.get(field, ())) for file in files))
    ]
    columns: dict[str, list[CodedTexts]] = {field: [] for field in FIELDS}
    made = in_threads(lambda each: joined([_column(file, *each) for file in files]), wanted)
    for (field, _), texts in zip(wanted, made, strict=True):
        columns[field].append(texts)
    columns["as_of"] = [_as_of(files, columns["as_of"], mapping)]
    return Slots(sum(file.table.num_rows for file in files), columns)


def _column(file: FilePlan, field: str, at: int) -> CodedTexts:
    theirs = file.plan.taken.get(field, ())
    if at >= len(theirs):
        return nothing(file.table.num_rows)
    texts = coded_of(file.column(theirs[at]), theirs[at], file.path, once=field not in _QUICK)
    if field in NUMBERS and holds_letter(texts, "."):
        texts = replaced(texts, r"^(\d+)\.0+$", r"\1")  # a whole number that went through a column of floats
    return with_leading_zeros(texts) if field == "postal_code" else texts


def with_leading_zeros(codes: CodedTexts) -> CodedTexts:
    """Postal codes with the zeros that a spreadsheet took: where most are five digits, `2119` is `02119`. Where
    most are four, as in Australia, they are what they are."""
    if count_matches(codes, r"^\d{5}(-?\d{4})?$") <= count_matches(codes, r"^\d{3,4}$"):
        return codes
    return replaced(replaced(codes, r"^(\d{4})$", r"0\1"), r"^(\d{3})$", r"00\1")


def _as_of(files: Sequence[FilePlan], said: Sequence[CodedTexts], mapping: LinkMapping) -> CodedTexts:
    """The day for which each record's age holds, as text: its own, else the mapping's."""
    days = joined([_day_of_rows(file, mapping) for file in files])
    return chosen(is_said(said[0]), said[0], days) if said else days


def _day_of_rows(file: FilePlan, mapping: LinkMapping) -> CodedTexts:
    day = mapping.day_of_file(file.path)
    texts = constant(day.isoformat() if day else "", file.table.num_rows)
    by_value = mapping.as_of_by_value
    if by_value and file.has(by_value.column):
        values = coded_of(file.column(by_value.column), by_value.column, file.path)
        for value, its_day in by_value.days.items():
            texts = chosen(equals(values, value), its_day.isoformat(), texts)
    return texts


def in_order(slots: Slots, order: Int32) -> Slots:
    """The records that `order` names, in that order."""
    each = [column for columns in slots.columns.values() for column in columns]
    moved = iter(in_threads(lambda column: picked(column, order), each))
    return Slots(len(order), {field: [next(moved) for _ in columns] for field, columns in slots.columns.items()})


def put_in_order(slots: Slots, order: Int32) -> None:
    """As `in_order`, of all records and in place: each column takes the memory of one that was moved before."""

    def move(place: tuple[list[CodedTexts], int]) -> None:
        columns, at = place
        columns[at] = picked(columns[at], order)

    in_threads(move, [(columns, at) for columns in slots.columns.values() for at in range(len(columns))])


def said_of(slots: Slots) -> SaidColumns:
    """The columns that resolution reads."""
    singles = (partial(_long_of, field) for field in ("ssn", "sex", "phone", "email"))
    parts: tuple[Callable[[Slots], Any], ...] = (_addresses, _births, _names, *singles)
    made = in_threads(lambda part: part(slots), parts)
    addresses, births, names, ssn, sexes, phones, emails = made
    many = len(ssn.row)
    return SaidColumns(
        count=slots.count,
        names=names,
        births=births,
        sexes=sexes,
        identifiers=IdentifierColumns(ssn.row, constant("ssn", many), nothing(many), ssn.text),
        addresses=addresses,
        phones=phones,
        emails=emails,
    )


def _births(slots: Slots) -> BirthColumns:
    return births_of(slots.of("birth_date"), slots.one("birth_year"), (slots.one("age"), slots.one("as_of")))


def _names(slots: Slots) -> NameColumns:
    """The name in parts, and each full name as one more."""
    empty = nothing(slots.count)
    parts = [slots.one(field) for field in _NAME_PARTS]
    row, columns = _stacked([[*parts, empty], *([empty] * 4 + [full] for full in slots.of("full_name"))])
    return NameColumns(row, *columns)


def _addresses(slots: Slots) -> AddressColumns:
    """The address, and a post-office box as one more: its number stands where a house's would."""
    address = [slots.one(field) for field in _ADDRESS]
    groups = [address]
    if slots.of("po_box"):
        box, empty = slots.one("po_box"), nothing(slots.count)
        boxed = is_said(box)
        only = boxed & ~is_said(slots.one("street_address")) & ~is_said(slots.one("street"))
        place = [chosen(boxed, slots.one(field), "") for field in _PLACE]
        number = replaced(box, r"(?i)^(p\.? ?o\.? ?)?box\W*", "")
        groups = [
            [chosen(only, "", column) for column in address],
            [empty, number, chosen(boxed, "po box", empty), empty, *place],
        ]
    row, columns = _stacked(groups)
    return AddressColumns(row, *columns)


def _long_of(field: str, slots: Slots) -> TextColumn:
    columns = slots.of(field)
    if not columns:
        return TextColumn(np.zeros(0, dtype=np.int32), nothing(0))
    row, texts = _stacked([[column] for column in columns])
    return TextColumn(row, texts[0])


def _stacked(groups: Sequence[Sequence[CodedTexts]]) -> tuple[Int32, list[CodedTexts]]:
    """Groups of columns one below the other, by ascending row, without the rows in which a group says nothing."""
    kept = [rows_said(group) for group in groups]
    if len(groups) == 1:
        rows = kept[0]
        all_said = len(rows) == len(groups[0][0])
        return rows, [column if all_said else picked(column, rows) for column in groups[0]]
    rows = np.concatenate(kept)
    order = np.argsort(rows, kind="stable")
    columns = [
        joined([picked(group[at], said) for group, said in zip(groups, kept, strict=True)])
        for at in range(len(groups[0]))
    ]
    return rows[order], [picked(column, order) for column in columns]


def rows_said(columns: Sequence[CodedTexts]) -> Int32:
    """Rows in which one of `columns` says something, ascending."""
    said = np.zeros(len(columns[0]), dtype=bool)
    for column in columns:
        said |= is_said(column)
    return np.flatnonzero(said).astype(np.int32)
