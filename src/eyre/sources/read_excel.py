"""A sheet of a workbook."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, load_workbook

from eyre.sources.formats import ExcelFormat
from eyre.sources.guard_workbook import guard_workbook
from eyre.sources.opened_delivery import OpenedDelivery, require_columns
from eyre.sources.raw_row import RawRow
from eyre.sources.refusal import LAYOUT, WRONG_FORMAT, refusal


def read_excel(delivery: OpenedDelivery, form: ExcelFormat) -> Iterator[RawRow]:
    """Rows under the header of the sheet; cells as text, dates as ISO 8601. Raises `SourceError`."""
    guard_workbook(delivery.file, delivery.limits)
    header: list[str] | None = None
    for number, cells in enumerate(_cells(delivery, form), 1):
        texts = [_text(cell) for cell in cells]
        if header is None:
            header = [text.strip() for text in texts]
            while header and not header[-1]:
                header.pop()
            require_columns(delivery, header)
            continue
        yield _row(f"row {number}", texts, header)
    if header is None:
        raise refusal(LAYOUT, "there is no header row", "did the publisher's export fail?")


def _row(place: str, texts: list[str], header: list[str]) -> RawRow:
    if not any(text.strip() for text in texts):
        return RawRow(place, {}, skip="blank line")
    if any(text.strip() for text in texts[len(header) :]):
        return RawRow(place, {}, fault="a cell stands right of the header", text="\t".join(texts))
    padded = [*texts, *[""] * (len(header) - len(texts))]
    return RawRow(place, dict(zip(header, padded[: len(header)], strict=True)))


def _cells(delivery: OpenedDelivery, form: ExcelFormat) -> Iterator[list[Any]]:
    try:
        book: CalamineWorkbook = load_workbook(delivery.file)
        names = book.sheet_names
        if not names or (form.sheet and form.sheet not in names):
            raise refusal(LAYOUT, f"the workbook has no sheet `{form.sheet}`", "is it the right workbook?")
        yield from book.get_sheet_by_name(form.sheet or names[0]).iter_rows()
    except (CalamineError, ValueError, OSError) as error:
        raise refusal(WRONG_FORMAT, "the workbook cannot be read", "ask for it again") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what a panic of the reader's Rust looks like from here
            raise
        raise refusal(WRONG_FORMAT, "the workbook cannot be read", "ask for it again") from error


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell.total_seconds()) if isinstance(cell, timedelta) else str(cell)
