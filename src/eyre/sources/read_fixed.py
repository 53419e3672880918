"""Fixed-width lines."""

from collections.abc import Iterator
from itertools import chain, islice

from eyre.sources.decode_text import read_lines
from eyre.sources.fixed_habits import LEARNED_FROM, FixedHabits
from eyre.sources.formats import FixedColumn, FixedFormat
from eyre.sources.opened_delivery import OpenedDelivery
from eyre.sources.raw_row import RawRow


def read_fixed(delivery: OpenedDelivery, form: FixedFormat) -> Iterator[RawRow]:
    """A row a line. A line may lack trailing blanks; text outside every column is a fault of the row."""
    gaps = _gaps(form.columns)
    least = max(column.start for column in form.columns)
    lines = read_lines(delivery)
    ahead = list(islice(lines, LEARNED_FROM))
    habits = _habits(form, ahead)
    for number, line in enumerate(chain(ahead, lines), 1):
        place = f"line {number}"
        text = line.rstrip("\r\n")
        skip = _skip(delivery, form, text)
        if skip:
            yield RawRow(place, {}, skip=skip)
            continue
        if form.trailer and not line.endswith("\n"):
            delivery.notes.truncated = "the file ends within a line, before its trailer"
            yield RawRow(place, {}, fault="the file ends within this line", text=text)
            continue
        if len(text) < least - 1:
            if not line.endswith("\n"):
                delivery.notes.truncated = "the last line is cut off"
            yield RawRow(
                place, {}, fault=f"the line has {len(text)} characters, its last column begins at {least}", text=text
            )
            continue
        if any(text[gap].strip() for gap in gaps):
            yield RawRow(place, {}, fault="text stands outside the declared columns", text=text)
            continue
        if fault := habits.fault(text):
            yield RawRow(place, {}, fault=fault, text=text)
            continue
        yield RawRow(place, {column.name: _cut(text, column) for column in form.columns})


def _habits(form: FixedFormat, lines: list[str]) -> FixedHabits:
    marks = (*form.skip, form.trailer) if form.trailer else form.skip
    texts = [line.rstrip("\r\n") for line in lines]
    return FixedHabits(form.columns, [text for text in texts if text.strip() and not text.startswith(tuple(marks))])


def _skip(delivery: OpenedDelivery, form: FixedFormat, text: str) -> str:
    if not text.strip():
        return "blank line"
    if form.trailer and text.startswith(form.trailer):
        if form.total is not None:
            told = _cut(text, form.total)
            delivery.notes.declared_total = int(told) if told.isascii() and told.isdigit() else None
        return "trailer"
    return "header" if any(text.startswith(mark) for mark in form.skip) else ""


def _cut(text: str, column: FixedColumn) -> str:
    return text[column.start - 1 : column.start - 1 + column.width].strip()


def _gaps(columns: tuple[FixedColumn, ...]) -> list[slice]:
    """What lies between the columns, and after the last."""
    gaps: list[slice] = []
    end = 0
    for column in sorted(columns, key=lambda each: each.start):
        gaps.append(slice(end, max(end, column.start - 1)))
        end = max(end, column.start - 1 + column.width)
    return [*gaps, slice(end, None)]
