"""Folding, numbers, telephones, e-mail addresses, sex, sounds and nicknames."""

import time
from collections.abc import Callable

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eyre.normalise.address import parse_full_address, parse_postal_code
from eyre.normalise.birth import parse_birth_date
from eyre.normalise.email import parse_email
from eyre.normalise.identifier import parse_identifier, parse_ssn
from eyre.normalise.name import parse_full_name
from eyre.normalise.nickname import nickname_families
from eyre.normalise.phone import LONGEST, parse_phone
from eyre.normalise.sex import FEMALE, MALE, parse_sex
from eyre.normalise.sound import sound_of
from eyre.normalise.text import fold

PARSERS: list[Callable[[str], object]] = [
    fold, parse_full_name, parse_full_address, parse_postal_code, parse_birth_date, parse_phone, parse_ssn,
    parse_identifier, parse_email, parse_sex, nickname_families,
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("O'Brien-Núñez", "obrien nunez"),
        ("  A.B. ", "a b"),
        ("Straße 5", "strasse 5"),
        ("李", "li"),
        ("", ""),
        ("—", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
@example("ﬁ'`İ")
def test_folding_twice_is_folding_once(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert folded.isascii()
    assert len(folded) <= 400


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("(928) 555-0142", 19285550142),
        ("928.555.0142", 19285550142),
        ("1-928-555-0142", 19285550142),
        ("9285550142 ext 5", 19285550142),
        ("+44 20 7946 0958", 442079460958),
        ("999-999-9999", 0),
        ("(928) 999-9999", 0),
        ("000-000-0000", 0),
        ("911", 0),
        ("none", 0),
        ("", 0),
    ],
)
def test_a_telephone_number(text: str, number: int) -> None:
    assert parse_phone(text) == number


def found_by_library(text: str) -> int:
    try:
        number = phonenumbers.parse(text[:LONGEST], "US")
    except phonenumbers.NumberParseException:
        return 0
    national = str(number.national_number)
    reason = phonenumbers.is_possible_number_with_reason(number)
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE or len(set(national[-7:])) == 1:
        return 0
    return int(f"{number.country_code}{national}")


@given(st.text("0123456789()-. ", max_size=LONGEST + 5) | st.text("0123456789", min_size=7, max_size=12))
@example("20946095995" + " " * LONGEST)
@example("2" + " " * LONGEST + "0123456789")
def test_digits_that_need_no_library_are_what_it_finds(text: str) -> None:
    assert parse_phone(text) == found_by_library(text)


@pytest.mark.parametrize("text", ["412-55-7810", "412557810", "412 55 7810"])
def test_a_social_security_number(text: str) -> None:
    assert parse_ssn(text) == "412557810"


@pytest.mark.parametrize(
    "text",
    [
        "000-00-0000",
        "123-45-6789",
        "078-05-1120",
        "999-99-9999",
        "111-11-1112",
        "XXX-XX-7810",
        "7810",
        "4125578101",
        "",
    ],
)
def test_what_is_no_social_security_number(text: str) -> None:
    assert parse_ssn(text) == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [("AZ-12 34", "az1234"), ("007", "007"), ("a1", "a1"), ("0000", ""), ("a", ""), ("Unknown", ""), ("N/A", "")],
)
def test_an_identifier(text: str, value: str) -> None:
    assert parse_identifier(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A.B+x@Example.COM", "a.b@example.com"),
        (" a@b.co ", "a@b.co"),
        ("none@none.com", ""),
        ("a@b", ""),
        ("@b.co", ""),
        ("", ""),
    ],
)
def test_an_email_address(text: str, value: str) -> None:
    assert parse_email(text) == value


@pytest.mark.parametrize(
    ("text", "sex"), [("M", MALE), ("female", FEMALE), ("2", FEMALE), ("X", 0), ("unknown", 0), ("", 0)]
)
def test_sex(text: str, sex: int) -> None:
    assert parse_sex(text) == sex


@pytest.mark.parametrize(("one", "other"), [("bill", "william"), ("liz", "elizabeth"), ("bob", "robert")])
def test_a_nickname_is_of_the_family_of_the_name(one: str, other: str) -> None:
    assert nickname_families(one) & nickname_families(other)


def test_names_of_no_family_have_none() -> None:
    assert nickname_families("xiomara") == nickname_families("") == frozenset()
    assert not nickname_families("bill") & nickname_families("elizabeth")


@pytest.mark.parametrize(
    ("one", "other"), [("philips", "phillips"), ("gonzalez", "gonzales"), ("johnson", "jonson"), ("nguyen", "nguyan")]
)
def test_a_slip_of_spelling_sounds_the_same(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other) != ""


@given(st.text())
@example("²12345678")
@example("٤١٢٥٥٧٨١٠")
@example("\x00")
def test_any_text_is_read_in_ascii_or_left_out(text: str) -> None:
    for parse in (parse_ssn, parse_identifier):
        assert parse(text).isascii()
    assert parse_ssn(text) == "" or int(parse_ssn(text)) < 10**9
    assert 0 <= parse_phone(text) < 2**63
    assert "@" in parse_email(text) or parse_email(text) == ""
    assert parse_sex(text) in (0, MALE, FEMALE)
    assert len(sound_of(fold(text))) <= 6


@pytest.mark.parametrize("letter", ["a", "é", " ", "1", "'", ",", "-"])
def test_a_huge_text_is_read_in_bounded_time(letter: str) -> None:
    text = letter * 1_000_000
    started = time.thread_time()  # what this thread worked, whatever else runs
    for parse in PARSERS:
        parse(text)
    assert time.thread_time() - started < 5.0
