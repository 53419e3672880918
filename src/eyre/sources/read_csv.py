"""Delimited text, row by row."""

import csv
import re
from collections.abc import Iterator

from eyre.sources.decode_text import read_lines
from eyre.sources.formats import CsvFormat
from eyre.sources.opened_delivery import OpenedDelivery, require_columns
from eyre.sources.raw_row import RawRow
from eyre.sources.refusal import LAYOUT, LIMIT, refusal


class _Lines:
    """Lines handed to the parser, counted, and bounded in the length of one row that spans several."""

    def __init__(self, lines: Iterator[str], most: int) -> None:
        self._lines = lines
        self._most = most
        self.number = 0
        self.in_row = 0
        self.last = ""

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        self.in_row += len(line)
        self.last = line
        if self.in_row > self._most:
            raise refusal(LIMIT, f"one row is longer than {self._most} characters", "is a quotation mark left open?")
        return line


def read_csv(delivery: OpenedDelivery, form: CsvFormat) -> Iterator[RawRow]:
    """Rows named by the header or by the declared columns. An open quotation at the end is a truncation."""
    lines = _Lines(read_lines(delivery), delivery.limits.max_line)
    csv.field_size_limit(max(csv.field_size_limit(), delivery.limits.max_line))
    reader = csv.reader(lines, delimiter=form.delimiter, quotechar=form.quote, strict=True)
    glued = _glued(form.quote)
    columns = list(form.columns)
    first = form.header
    while True:
        lines.in_row = 0
        place = f"line {lines.number + 1}"
        try:
            cells = next(reader)
        except StopIteration:
            if first and not delivery.notes.truncated:
                raise refusal(LAYOUT, "there is no header row", "did the publisher's export fail?") from None
            return
        except csv.Error as error:
            if "unexpected end of data" in str(error):
                delivery.notes.truncated = f"a quotation opened in {place} is never closed"
            if first:
                raise refusal(LAYOUT, "the header row cannot be read", "is it the declared format?") from error
            yield RawRow(place, {}, fault="quotation marks do not match")
            continue
        if first:
            columns = _header(delivery, cells, columns)
            first = False
            continue
        row = RawRow(place, {}, skip="blank line") if not lines.last.strip() else _row(place, cells, columns)
        if form.quote in lines.last and any(glued.match(cell) for cell in cells):
            row = RawRow(place, {}, fault="a quotation begins within a cell", text="\t".join(cells))
        yield row


def _header(delivery: OpenedDelivery, cells: list[str], declared: list[str]) -> list[str]:
    names = declared or [cell.strip() for cell in cells]
    require_columns(delivery, names)
    return names


def _glued(quote: str) -> re.Pattern[str]:
    """Text, and a quotation that ends the cell: what came before it stands outside (`ÿþ"91229"`). `5'11"` has one mark,
    and before the nickname in `WILLIAM "BILL"` there is a blank."""
    mark = re.escape(quote)
    return re.compile(f"[^{mark}]*[^{mark}\\s]{mark}[^{mark}]*{mark}\\Z")


def _row(place: str, cells: list[str], columns: list[str]) -> RawRow:
    if len(cells) == len(columns) and not any(cell.strip() for cell in cells):
        return RawRow(place, {}, skip="blank line")
    if len(cells) != len(columns):
        return RawRow(place, {}, fault=f"{len(cells)} cells where {len(columns)} are declared", text="\t".join(cells))
    return RawRow(place, dict(zip(columns, cells, strict=True)))
