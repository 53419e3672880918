"""The wire formats that a manifest can declare, with the options of each."""

from typing import Annotated, Literal

from pydantic import Field

from eyre.sources.declared import Declared

Place = Annotated[int, Field(ge=1, le=100_000)]


class CsvFormat(Declared):
    """Delimited text (RFC 4180 with another delimiter or quote). Without a header, `columns` names the columns."""

    type: Literal["csv"]
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    quote: Annotated[str, Field(min_length=1, max_length=1)] = '"'
    header: bool = True
    columns: tuple[str, ...] = ()


class JsonFormat(Declared):
    """One JSON document. `rows` is the dotted path to the list of rows, empty when the document is the list.

    `total` is the path to the number of rows that the publisher declares. `envelope` names the other members that may
    stand around the rows; any further one is reported. `pairs` names lists of label and value objects inside a row
    (`{"Field": "Height:", "Value": "…"}`), which become fields `list.label`.
    """

    type: Literal["json"]
    rows: str = ""
    total: str = ""
    envelope: tuple[str, ...] = ()
    pairs: dict[str, tuple[str, str]] = Field(default_factory=dict)


class JsonLinesFormat(Declared):
    """One JSON object a line."""

    type: Literal["jsonl"]


class XmlFormat(Declared):
    """XML whose rows are the elements `row`, written with a prefix of `namespaces` (prefix to URI)."""

    type: Literal["xml"]
    row: str
    namespaces: dict[str, str] = Field(default_factory=dict)


class FixedColumn(Declared):
    """A column that starts at character `start` (counted from 1) and is `width` characters wide."""

    name: str
    start: Place
    width: Place


class FixedFormat(Declared):
    """Fixed width. Lines that begin with one of `skip` are headers or trailers, not rows.

    `total` is the column of the trailer (a line that begins with `trailer`) that tells the number of rows.
    """

    type: Literal["fixed"]
    columns: tuple[FixedColumn, ...]
    skip: tuple[str, ...] = ()
    trailer: str = ""
    total: FixedColumn | None = None


class HtmlList(Declared):
    """A table inside a row: CSS selector of its rows, and the names of its cells in order."""

    rows: str
    columns: tuple[str, ...]


class HtmlFormat(Declared):
    """HTML. `rows` selects an element per row.

    With `label` and `value` (selectors inside the row, in step) fields are named by the page; otherwise a row's cells
    are named by `columns` or, when that is empty, by the `th` cells of the row's table.
    """

    type: Literal["html"]
    rows: str
    columns: tuple[str, ...] = ()
    label: str = ""
    value: str = ""
    lists: dict[str, HtmlList] = Field(default_factory=dict)


class ExcelFormat(Declared):
    """A sheet of an .xlsx workbook whose first row is the header. `sheet` empty means the first."""

    type: Literal["excel"]
    sheet: str = ""


class ParquetFormat(Declared):
    """Apache Parquet; nested columns are refused."""

    type: Literal["parquet"]


Format = Annotated[
    CsvFormat | JsonFormat | JsonLinesFormat | XmlFormat | FixedFormat | HtmlFormat | ExcelFormat | ParquetFormat,
    Field(discriminator="type"),
]
