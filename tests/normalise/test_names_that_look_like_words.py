"""Words that are a title, a filler or a mark in one place and a name in another."""

import pytest

from eyre.normalise.name import name_tokens, parse_full_name
from eyre.normalise.nickname import nickname_families
from eyre.normalise.phone import parse_phone


@pytest.mark.parametrize(
    ("full", "given", "surname", "generation"),
    [
        ("Duke Ellington", ("duke",), ("ellington",), 0),
        ("Judge Judy Lord", ("judy",), ("lord",), 0),
        ("Thomas Clifford, 1st Baron Clifford of Chudleigh", ("thomas",), ("clifford",), 0),
        ("SMITH, FNU", (), ("smith",), 0),
        ("Smith,", (), ("smith",), 0),
        ("SMITH, JR, JOHN", ("john",), ("smith",), 2),
        ("SMITH, JOHN AKA JACK SMITH", ("john",), ("smith",), 0),
        ("John Smith a.k.a. Jack", ("john",), ("smith",), 0),
        ("N/A", (), (), 0),
    ],
)
def test_a_full_name(full: str, given: tuple[str, ...], surname: tuple[str, ...], generation: int) -> None:
    assert parse_full_name(full) == (given, surname, generation)


@pytest.mark.parametrize("name", ["Earl", "Duke", "Lady", "Judge", "Hon"])
def test_a_title_that_is_all_there_is_is_a_name(name: str) -> None:
    assert name_tokens(name) == (name.lower(),)


@pytest.mark.parametrize("filler", ["N/A", "UNKN0WN", "unknown", "LNU", "none"])
def test_a_filler_is_no_name(filler: str) -> None:
    assert name_tokens(filler) == ()


@pytest.mark.parametrize(("one", "other"), [("robert", "william"), ("patrick", "henry"), ("harold", "henry")])
def test_formal_names_do_not_meet_in_a_nickname_of_both(one: str, other: str) -> None:
    assert not nickname_families(one) & nickname_families(other)


@pytest.mark.parametrize(
    ("one", "other"), [("bill", "william"), ("bob", "robert"), ("liz", "beth"), ("peggy", "margaret")]
)
def test_nicknames_meet_in_their_formal_name(one: str, other: str) -> None:
    assert nickname_families(one) & nickname_families(other)


def test_a_number_without_its_area_code_is_none() -> None:
    assert parse_phone("555-0142") == 0
    assert parse_phone("(312) 555-0142") == 13125550142
