"""Names as sources write them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eyre.normalise.name import NOBODY, generation_of, name_tokens, parse_full_name, parse_name_parts

FULL = {
    "SMITH, JOHN ALLEN JR": ("john allen", "smith", 2),
    "John Allen Smith Jr.": ("john allen", "smith", 2),
    "SMITH JR, JOHN": ("john", "smith", 2),
    "SMITH, JOHN, JR": ("john", "smith", 2),
    "John Smith, Jr.": ("john", "smith", 2),
    "John Smith III": ("john", "smith", 3),
    "Ludwig van der Berg": ("ludwig", "van der berg", 0),
    "Von Trapp, Maria": ("maria", "von trapp", 0),
    "De La Cruz, María José": ("maria jose", "de la cruz", 0),
    "Ian St John": ("ian", "st john", 0),
    "O'BRIEN, SEAN": ("sean", "obrien", 0),
    "Smith-Jones, Anne": ("anne", "smith jones", 0),
    "Ñúñez, Zoë": ("zoe", "nunez", 0),
    "J0HN D0VER": ("john", "dover", 0),
    "Mr. John Q. Public": ("john q", "public", 0),
    "Thomas Clifford, 1st Baron Clifford": ("thomas", "clifford", 0),
    "Madonna": ("madonna", "", 0),
    "LNU, FNU": ("", "", 0),
    "Unknown": ("", "", 0),
    "": ("", "", 0),
    ",": ("", "", 0),
}


@pytest.mark.parametrize("full", FULL)
def test_a_name_in_one_field(full: str) -> None:
    given, surname, generation = FULL[full]
    assert parse_full_name(full) == (tuple(given.split()), tuple(surname.split()), generation)


@pytest.mark.parametrize("full", ["JOHN DOE", "Doe, Jane", "doe, john allen", "Baby Boy", "INFANT FEMALE"])
def test_a_stand_in_for_somebody_unknown_is_nobody(full: str) -> None:
    assert parse_full_name(full) == NOBODY


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("John", "Q", "Smith", "III"), ("john q", "smith", 3)),
        (("John", "", "Smith Jr", ""), ("john", "smith", 2)),
        (("John Jr", "", "Smith", ""), ("john", "smith", 2)),
        (("John", "", "Smith Sr", "Jr"), ("john", "smith", 2)),
        (("John", "V", "Smith", "V"), ("john v", "smith", 5)),
        (("John", "V", "Smith", ""), ("john v", "smith", 0)),
        (("FNU", "NMN", "Okonkwo", ""), ("", "okonkwo", 0)),
        (("JANE", "A", "DOE", ""), ("", "", 0)),
        (("", "", "", ""), ("", "", 0)),
    ],
)
def test_a_name_in_parts(parts: tuple[str, str, str, str], expected: tuple[str, str, int]) -> None:
    given, surname, generation = expected
    assert parse_name_parts(*parts) == (tuple(given.split()), tuple(surname.split()), generation)


@pytest.mark.parametrize(
    ("suffix", "generation"),
    [("Jr.", 2), ("SR", 1), ("II", 2), ("the third", 0), ("3rd", 3), ("IV", 4), ("MD, Jr", 2), ("", 0), ("Esq", 0)],
)
def test_a_generation(suffix: str, generation: int) -> None:
    assert generation_of(suffix) == generation


def test_jr_and_ii_are_one_generation_and_sr_is_another() -> None:
    assert generation_of("Jr") == generation_of("II") != generation_of("Sr")


@given(st.text())
@example("\x00,\x00")
@example(",,,jr,")
@example("0,")
def test_any_text_gives_tokens_of_letters(text: str) -> None:
    name = parse_full_name(text)
    assert all(token.isascii() and token.isalpha() and token.islower() for token in name.given + name.surname)
    assert 0 <= name.generation <= 5
    assert bool(name.given) or not name.surname or "," in text  # only a comma tells that a word alone is a surname


@given(st.text(alphabet=" ,.'-0189aceijlmnortuvéß"))
def test_a_name_is_the_same_in_any_case_and_spacing(text: str) -> None:
    assert parse_full_name(f"  {text.upper()} ") == parse_full_name(text.upper().lower())


@given(st.lists(st.sampled_from(["john", "van", "der", "obrien", "jr", "mr", "q", "lopez"]), max_size=5))
def test_tokens_of_tokens_are_the_same(words: list[str]) -> None:
    tokens = name_tokens(" ".join(words))
    assert name_tokens(" ".join(tokens)) == tokens
