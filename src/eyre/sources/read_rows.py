"""The reader of a format, and the bound on rows that holds for all of them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from eyre.sources.formats import (
    CsvFormat,
    ExcelFormat,
    FixedFormat,
    Format,
    HtmlFormat,
    JsonFormat,
    JsonLinesFormat,
    ParquetFormat,
    XmlFormat,
)
from eyre.sources.opened_delivery import OpenedDelivery, refuse_page
from eyre.sources.raw_row import RawRow
from eyre.sources.read_csv import read_csv
from eyre.sources.read_excel import read_excel
from eyre.sources.read_fixed import read_fixed
from eyre.sources.read_html import read_html
from eyre.sources.read_json import read_json
from eyre.sources.read_json_lines import read_json_lines
from eyre.sources.read_parquet import read_parquet
from eyre.sources.read_xml import read_xml
from eyre.sources.refusal import LIMIT, refusal


def read_rows(delivery: OpenedDelivery, form: Format) -> Iterator[RawRow]:
    """Rows in the order of the delivery. Raises `SourceError` for what cannot be read, at any point of the reading."""
    if not isinstance(form, HtmlFormat | ExcelFormat | ParquetFormat):
        refuse_page(delivery.file)
    for number, row in enumerate(_reader(delivery, form), 1):
        if number > delivery.limits.max_rows:
            raise refusal(LIMIT, f"more than {delivery.limits.max_rows} rows", "raise `limits.max_rows` if it is right")
        yield row


def _reader(delivery: OpenedDelivery, form: Format) -> Iterator[RawRow]:
    return _READERS[type(form)](delivery, form)


_READERS: Mapping[type, Callable[[OpenedDelivery, Any], Iterator[RawRow]]] = {
    CsvFormat: read_csv,
    ExcelFormat: read_excel,
    FixedFormat: read_fixed,
    HtmlFormat: read_html,
    JsonFormat: read_json,
    JsonLinesFormat: read_json_lines,
    ParquetFormat: read_parquet,
    XmlFormat: read_xml,
}
