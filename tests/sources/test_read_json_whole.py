"""A JSON document gives the same rows, notes and refusals whether it is parsed at once or event by event."""

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eyre.errors import SourceError
from eyre.sources import read_json as room
from eyre.sources.formats import JsonFormat
from eyre.sources.limits import Limits
from eyre.sources.opened_delivery import Notes, OpenedDelivery
from eyre.sources.raw_row import RawRow
from eyre.sources.read_json import read_json
from eyre.sources.read_json_whole import load_document

NAMES = st.sampled_from(["rows", "total", "a", "b", "name", "said"])
SCALARS = st.none() | st.booleans() | st.integers(-5, 500) | st.floats(-9, 9) | st.text(max_size=3)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=12
)
FORM = JsonFormat(type="json", rows="a.rows", total="total", envelope=("b",))


def outcome(text: bytes, form: JsonFormat) -> tuple[Any, ...]:
    notes = Notes()
    rows: list[RawRow] = []
    try:
        rows.extend(read_json(OpenedDelivery(BytesIO(text), Limits(), notes=notes), form))
    except SourceError as error:
        return rows, notes, str(error)
    return rows, notes, ""


@given(VALUES, st.sampled_from([FORM, JsonFormat(type="json"), JsonFormat(type="json", rows="rows", total="a.total")]))
def test_both_ways_agree(value: Any, form: JsonFormat) -> None:
    text = json.dumps({"a": {"rows": value}, "rows": value, "total": 3} if form.rows else value).encode()
    at_once = outcome(text, form)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "load_document", lambda _: None)
        assert outcome(text, form) == at_once


@pytest.mark.parametrize(
    "text",
    [b'{"rows": [{"a": 1}', b'{"rows": NaN}', b"[" * 40 + b"]" * 40, b"<html>", b"", '"ÿ"'.encode("latin-1")],
)
def test_what_is_unusual_is_left_to_the_stream(text: bytes) -> None:
    assert load_document(OpenedDelivery(BytesIO(text), Limits())) is None


def test_numbers_stand_as_written_and_a_field_told_twice_is_seen() -> None:
    rows, _, _ = outcome(b'[{"bond": 500.00, "at": 1e3}, {"a": 1, "a": 2}]', JsonFormat(type="json"))
    assert rows[0].values == {"bond": "500.00", "at": "1E+3"}
    assert rows[1].fault == "a field is told twice"
