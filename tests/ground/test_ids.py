"""A record's id is the same whenever it is computed, and says nothing of what it was computed from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eyre.ids import format_record_id, parse_record_id, record_id

record_ids = st.integers(min_value=0, max_value=(1 << 63) - 1)
store_keys = st.binary(min_size=16, max_size=64)


@given(record_ids)
def test_a_written_id_is_read_back(record: int) -> None:
    assert parse_record_id(format_record_id(record)) == record


@given(record_ids)
def test_an_id_is_r_and_thirteen_letters_that_nobody_mixes_up(record: int) -> None:
    text = format_record_id(record)
    assert text[0] == "r"
    assert len(text) == 14
    assert not set(text[1:]) & set("ilou")


@given(record_ids)
def test_case_and_look_alike_letters_are_forgiven(record: int) -> None:
    text = format_record_id(record)
    body = text[1:].replace("0", "O").replace("1", "I")
    assert parse_record_id(f" R{body.upper()} ") == record
    assert parse_record_id(body) == record


@given(record_ids, record_ids)
def test_written_ids_sort_like_their_numbers(one: int, other: int) -> None:
    assert (one < other) == (format_record_id(one) < format_record_id(other))


@pytest.mark.parametrize(
    "text", ["", "r", "r000000000000", "r00000000000000", "r000000000000u", "r-00000000000", "rzzzzzzzzzzzzz"]
)
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="thirteen"):
        parse_record_id(text)


@pytest.mark.parametrize("number", [-1, 1 << 63])
def test_a_number_outside_63_bits_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="63-bit"):
        format_record_id(number)


@given(store_keys, st.text(), st.text())
def test_the_same_source_and_key_give_the_same_id(store_key: bytes, source: str, key: str) -> None:
    first = record_id(store_key, source, key)
    assert record_id(store_key, source, key) == first
    assert 0 <= first < 1 << 63


@given(store_keys, st.text(min_size=1), st.text())
def test_where_the_source_ends_and_the_key_begins_matters(store_key: bytes, source: str, key: str) -> None:
    assert record_id(store_key, source, key) != record_id(store_key, source[:-1], source[-1] + key)


@given(st.lists(store_keys, min_size=2, max_size=2, unique=True), st.text(), st.text())
def test_another_store_gives_another_id(keys: list[bytes], source: str, key: str) -> None:
    assert record_id(keys[0], source, key) != record_id(keys[1], source, key)


def test_an_id_never_changes_between_versions() -> None:
    assert format_record_id(record_id(b"0123456789abcdef", "oz-rill-jail", "2026-000417")) == "r6ynbjsm05wakc"
