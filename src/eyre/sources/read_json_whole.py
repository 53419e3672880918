"""JSON documents of a usual size, parsed at once: many times quicker than event by event, and of the same rows.

Whatever is unusual (a syntax error, deep nesting, a large document) is not for here: `load_document` gives nothing, and
the document is read event by event (`read_json`), which says what is wrong.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NoReturn

import numpy as np

from eyre.sources.decode_text import encoding_of
from eyre.sources.flatten import Members
from eyre.sources.opened_delivery import OpenedDelivery

MOST_BYTES = 16 << 20
"""Parsed at once a document takes some eight times its size in memory."""
_STEPS = np.zeros(256, dtype=np.int8)
_STEPS[[ord("{"), ord("[")]] = 1
_STEPS[[ord("}"), ord("]")]] = -1


def load_document(delivery: OpenedDelivery) -> Any:
    """The value of the whole document, objects as `Members`, numbers as written; `None` for what is not for here."""
    text = delivery.file.read(MOST_BYTES + 1)
    delivery.file.seek(0)
    name = encoding_of(delivery)
    delivery.file.seek(0)
    if len(text) > MOST_BYTES or name not in ("utf-8", "utf-8-sig"):
        return None
    steps = _STEPS[np.frombuffer(text, dtype=np.uint8)]
    if len(steps) and int(np.cumsum(steps, dtype=np.int32).max()) > delivery.limits.max_depth:
        return None
    try:
        return json.loads(
            text.decode("utf-8-sig"), object_pairs_hook=Members, parse_float=Decimal, parse_constant=_no_number
        )
    except (ValueError, ArithmeticError, RecursionError):
        return None


def _no_number(_: str) -> NoReturn:
    raise ValueError("a word that JSON does not have")


def outside(value: Any, rows: str, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """The dotted path and the value of everything that is not below `rows`, in order; an object or a list before what
    it holds. The list at `rows` itself comes as it is."""
    here = ".".join(path)
    yield here, value
    if isinstance(value, Members):
        for key, member in value:
            yield from outside(member, rows, (*path, key))
    elif isinstance(value, list) and here != rows:
        for item in value:
            yield from outside(item, rows, (*path, ""))
