"""Addresses as sources write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eyre.normalise.address import (
    NOWHERE,
    parse_full_address,
    parse_house_number,
    parse_postal_code,
    parse_street,
)
from eyre.normalise.us_state import state_code

FULL = {
    "12 N Main St Apt 4B, Salem, OR 97301": ("12", "n main st", "4b", "salem", "or", "97301"),
    "0012 NORTH MAIN STREET #4B SALEM OREGON 97301-1234": ("12", "n main st", "4b", "salem", "or", "97301"),
    "P.O. BOX 0012 SALEM OR 97301-1234": ("12", "po box", "", "salem", "or", "97301"),
    "PO Box 12, Salem, OR 97301": ("12", "po box", "", "salem", "or", "97301"),
    "12 NORTH MAIN STREET NORTHWEST": ("12", "n main st nw", "", "", "", ""),
    "4417 Quarry Ridge Road": ("4417", "quarry ridge rd", "", "", "", ""),
    "123 Elm Avenue, Unit #7, New York, New York 10001": ("123", "elm ave", "7", "new york", "ny", "10001"),
    "General Delivery, Salem OR 97301": ("", "", "", "salem", "or", "97301"),
    "Salem, OR": ("", "", "", "salem", "or", ""),
    "97301": ("", "", "", "", "", "97301"),
    "": ("", "", "", "", "", ""),
}


@pytest.mark.parametrize("full", FULL)
def test_an_address_in_one_field(full: str) -> None:
    assert parse_full_address(full) == FULL[full]


@pytest.mark.parametrize("full", ["HOMELESS", "transient", "N/A", "No Fixed Address", "unknown", "General Delivery"])
def test_nowhere_is_no_address(full: str) -> None:
    assert parse_full_address(full) == NOWHERE
    assert parse_street(full) == ""


@pytest.mark.parametrize(
    ("text", "street"),
    [
        ("North Main Street", "n main st"),
        ("Saint Marks Pl", "st marks pl"),
        ("St. Mark's Place", "st marks pl"),
        ("Fifth Avenue", "5th ave"),
        ("MAIN ST.", "main st"),
        ("", ""),
    ],
)
def test_a_street(text: str, street: str) -> None:
    assert parse_street(text) == street


@pytest.mark.parametrize(("text", "house"), [("0012 B", "12b"), ("12-B", "12b"), ("000", ""), ("", "")])
def test_a_house_number(text: str, house: str) -> None:
    assert parse_house_number(text) == house


@pytest.mark.parametrize(
    ("text", "code"),
    [("97301", "97301"), ("97301-1234", "97301"), ("973011234", "97301"), ("213", "00213"), ("02134", "02134"),
     ("SW1A 1AA", "sw1a1aa"), ("٩٧٣٠١", "97301"), ("", "")],
)  # fmt: skip
def test_a_postal_code(text: str, code: str) -> None:
    assert parse_postal_code(text) == code


@pytest.mark.parametrize(
    ("text", "code"), [("Oregon", "or"), ("OR", "or"), ("new  york", "ny"), ("Ontario", "ontario"), ("", "")]
)
def test_a_state(text: str, code: str) -> None:
    assert state_code(text) == code


@given(st.text())
def test_any_text_gives_folded_parts(text: str) -> None:
    for part in parse_full_address(text):
        assert part.isascii()
        assert part == part.lower().strip()


@given(st.text(alphabet=" .,-#0123456789NSEWabeimnortuv"))
def test_a_street_of_a_street_is_the_same(text: str) -> None:
    assert parse_street(parse_street(text)) == parse_street(text)
    assert parse_house_number(parse_house_number(text)) == parse_house_number(text)
    assert state_code(state_code(text)) == state_code(text)
