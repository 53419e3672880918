"""JSON lines."""

import json
from collections.abc import Iterator

from eyre.sources.decode_text import read_lines
from eyre.sources.flatten import Members, flatten
from eyre.sources.formats import JsonLinesFormat
from eyre.sources.opened_delivery import OpenedDelivery
from eyre.sources.raw_row import RawRow
from eyre.sources.refusal import LIMIT, refusal


def read_json_lines(delivery: OpenedDelivery, _form: JsonLinesFormat) -> Iterator[RawRow]:
    """A row a line; a line that is no JSON object is quarantined, and a last one without its end is a truncation."""
    for number, line in enumerate(read_lines(delivery), 1):
        place = f"line {number}"
        if not line.strip():
            yield RawRow(place, {}, skip="blank line")
            continue
        if _deep(line, delivery.limits.max_depth):
            raise refusal(LIMIT, f"{place} is nested deeper than {delivery.limits.max_depth}", "is it hostile?")
        try:
            told = _DECODER.decode(line)
        except (ValueError, RecursionError):
            if not line.endswith("\n"):
                delivery.notes.truncated = "the last line is cut off"
            yield RawRow(place, {}, fault="the line is not JSON", text=line)
            continue
        yield flatten(place, told, pairs={}, most=delivery.limits.max_fields)


def _deep(line: str, most: int) -> bool:
    """Whether the line could nest deeper than `most`; brackets inside texts count, which only errs to refusal."""
    depth = 0
    if line.count("[") + line.count("{") <= most:
        return False
    for letter in line:
        if letter in "[{":
            depth += 1
            if depth > most:
                return True
        elif letter in "]}":
            depth -= 1
    return False


def _constant(word: str) -> str:
    raise ValueError(f"`{word}` is not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=Members, parse_float=str, parse_int=str, parse_constant=_constant)
