"""JSON documents: at once where they are of a usual size, else as a stream of events.

The pure Python back end of ijson is used: its compiled one crashed the process on malformed documents.
"""

import io
from collections.abc import Iterator
from typing import IO, Any, NoReturn

from ijson import JSONError
from ijson.backends import python as ijson

from eyre.errors import SourceError
from eyre.sources.decode_text import encoding_of
from eyre.sources.flatten import Members, flatten, scalar_text
from eyre.sources.formats import JsonFormat
from eyre.sources.opened_delivery import OpenedDelivery
from eyre.sources.raw_row import RawRow
from eyre.sources.read_json_whole import load_document, outside
from eyre.sources.refusal import LAYOUT, LIMIT, WRONG_FORMAT, refusal

_BUFFER = 1 << 18
Event = tuple[str, Any]


def read_json(delivery: OpenedDelivery, form: JsonFormat) -> Iterator[RawRow]:
    """The rows at `form.rows`. Raises `SourceError` when there is no such list, or the text is no JSON.

    A document that stops before its end is noted as truncated; the rows told whole so far are given.
    """
    document = load_document(delivery)
    yield from _streamed(delivery, form) if document is None else _whole(document, delivery, form)


def _whole(document: Any, delivery: OpenedDelivery, form: JsonFormat) -> Iterator[RawRow]:
    rows: list[Any] | None = None
    for here, value in outside(document, form.rows):
        if here == form.rows and isinstance(value, list) and not isinstance(value, Members) and rows is None:
            rows = value
        elif here == form.total and form.total and not isinstance(value, list):
            delivery.notes.declared_total = _total(value)
        else:
            _envelope(delivery, form, here)
    if rows is None:
        raise _no_rows(form)
    for number, told in enumerate(rows, 1):
        yield flatten(f"row {number}", told, pairs=form.pairs, most=delivery.limits.max_fields)


def _no_rows(form: JsonFormat) -> SourceError:
    return refusal(LAYOUT, f"there is no list of rows at `{form.rows or '(top)'}`", "the publisher answered otherwise")


def _streamed(delivery: OpenedDelivery, form: JsonFormat) -> Iterator[RawRow]:
    events = _events(delivery)
    path: list[str] = []
    found = False
    for event, value in events:
        here = ".".join(path)
        if event == "start_array" and here == form.rows and not found:
            found = True
            yield from _rows(events, delivery, form)
        elif event == "map_key":
            path[-1] = value
        elif event in ("start_map", "start_array"):
            _envelope(delivery, form, here)
            path.append("")
        elif event in ("end_map", "end_array"):
            path.pop()
        elif here == form.total and form.total:
            delivery.notes.declared_total = _total(value)
        else:
            _envelope(delivery, form, here)
    if not found:
        if delivery.notes.truncated:
            return
        raise _no_rows(form)


def _envelope(delivery: OpenedDelivery, form: JsonFormat, here: str) -> None:
    expected = (*form.envelope, form.rows, form.total)
    if here and here not in expected and not form.rows.startswith(f"{here}.") and len(delivery.notes.unknown) < 100:
        delivery.notes.unknown[here] = None


def _total(value: Any) -> int | None:
    text = scalar_text(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _rows(events: Iterator[Event], delivery: OpenedDelivery, form: JsonFormat) -> Iterator[RawRow]:
    for number, (event, value) in enumerate(events, 1):
        if event == "end_array":
            return
        try:
            told = _value(events, event, value)
        except StopIteration:  # the document ended inside this row
            yield RawRow(f"row {number}", {}, fault="the delivery ends inside this row")
            return
        yield flatten(f"row {number}", told, pairs=form.pairs, most=delivery.limits.max_fields)


def _value(events: Iterator[Event], event: str, value: Any) -> Any:
    if event == "start_map":
        members = Members()
        while (following := next(events))[0] != "end_map":
            members.append((following[1], _value(events, *next(events))))
        return members
    if event == "start_array":
        items = []
        while (following := next(events))[0] != "end_array":
            items.append(_value(events, *following))
        return items
    return value


def _events(delivery: OpenedDelivery) -> Iterator[Event]:
    depth = 0
    source = _utf8(delivery)
    try:
        for event, value in ijson.basic_parse(source, buf_size=_BUFFER):
            if event in ("start_map", "start_array"):
                depth += 1
                if depth > delivery.limits.max_depth:
                    raise refusal(
                        LIMIT, f"nested deeper than {delivery.limits.max_depth}", "is it the declared format?"
                    )
            elif event in ("end_map", "end_array"):
                depth -= 1
            yield event, value
    except JSONError as error:
        if not str(error).startswith("Incomplete"):
            _no_json(error)
        delivery.notes.truncated = "the JSON document ends early"
    except (ValueError, ArithmeticError) as error:
        _no_json(error)


def _no_json(error: Exception) -> NoReturn:
    """Without the parser's own words: they quote the text."""
    raise refusal(WRONG_FORMAT, "the delivery is not JSON", "look at its raw text") from error


def _utf8(delivery: OpenedDelivery) -> IO[bytes]:
    name = encoding_of(delivery)
    if name == "utf-8":
        return delivery.file
    if name == "utf-8-sig":
        delivery.file.seek(3)
        return delivery.file
    text = io.TextIOWrapper(delivery.file, encoding=name)
    recoded = io.BytesIO(text.read().encode())
    text.detach()
    return recoded
