"""Texts that are parsed at once are parsed as they are one by one: the parsers of `normalise` are the definition."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import example, given
from hypothesis import strategies as st

from eyre.normalise.address import PLACELESS, STREET_WORDS, parse_house_number, parse_postal_code, parse_street
from eyre.normalise.birth import parse_birth_date
from eyre.normalise.email import parse_email
from eyre.normalise.identifier import IDENTIFIER_PLACEHOLDERS, SSN_PLACEHOLDERS, parse_identifier, parse_ssn
from eyre.normalise.name import NOBODIES, PARTICLES, SPECIAL_IN_FULL, name_tokens, parse_full_name, strip_generation
from eyre.normalise.phone import parse_phone
from eyre.normalise.text import LONGEST, fold
from eyre.resolve.texts.buffers import Texts, texts_from
from eyre.resolve.texts.distinct import listed
from eyre.resolve.texts.edges import holds, trimmed
from eyre.resolve.texts.find_words import find_words
from eyre.resolve.texts.fold_texts import fold_texts
from eyre.resolve.texts.name_words import WordLists, field_words, full_names
from eyre.resolve.texts.parse_births import birth_table, parse_births
from eyre.resolve.texts.parse_emails import hashes_of_emails, parse_emails
from eyre.resolve.texts.parse_numbers import hashes_of_numbers, parse_identifiers, parse_ssns
from eyre.resolve.texts.parse_phones import parse_phones
from eyre.resolve.texts.parse_places import parse_house_numbers, parse_postal_codes, parse_streets, parse_units
from eyre.resolve.texts.rewordings import MOST_GROWTH
from eyre.resolve.texts.word_table import word_table

MARKS = ["", " ", "  ", "-", ".", ",", ", ", "'", "/", "@", "+", "_", "\n", "\t", "\x1f", "\u00a0", "T"]
WORDS = [
    *SPECIAL_IN_FULL, *PARTICLES, *PLACELESS, *STREET_WORDS, *(name for pair in sorted(NOBODIES) for name in pair),
    *SSN_PLACEHOLDERS, *IDENTIFIER_PLACEHOLDERS, "a.k.a.", "smith", "O'Brien", "Núñez", "李", "x", "n", "a", "0",
    "00000", "99999", "12345", "6789", "312", "5550142", "1986", "02", "29", "31", "12", "2000", "none", "a@b.c",
]  # fmt: skip
CASED = st.sampled_from(sorted({cased for word in WORDS for cased in (word, word.upper(), word.title())}))
PHONES = st.from_regex(r"\A[01]?[0-9]{3}[-. ]?[0-9]{3}[-. ]?[0-9]{2,8}\Z")
DATES = st.from_regex(
    r"\A([0-2][0-9]{3}[-/.][01][0-9][-/.][0-3][0-9]|[01][0-9]/[0-3][0-9]/[12][0-9]{3})([ T].{0,4})?\Z"
)
NAMES = st.sampled_from("smith MARY O'Brien Núñez van de st jr n a V doe john of aka".split())
JOINED = st.lists(st.tuples(NAMES | CASED, st.sampled_from(MARKS)), max_size=5).map(
    lambda parts: "".join(word + mark for word, mark in parts)
)
DIGITS = st.text("0123456789-", max_size=12)
COLUMNS = st.lists(JOINED | DIGITS | PHONES | DATES | st.text(), max_size=12)
LONG = "smith" * (LONGEST // 5)
HARD = [
    "", "Ludwig van der Berg", "aka'smith", "mary o'alias", "'aka smith",
    "n a", "N/A", "smith, v", "john doe", "Doe, John", "Smith, John, Jr", "j.k. smith", "A.K.A", LONG, f"{LONG}s",
    f"{LONG} x", f"é{LONG}", "av " * 133, "412" + "0" * LONGEST, "1986-09-28 ", "1986-02-29", "1900-02-29",
    "2000-02-29", "12-31-1999T", "none@b.c", f"{'x' * 250}@b.c", f"{'x' * 249}@b.c", "a@b@c.d", "a+b@c", "²1234567",
    "9995550142", "3129999999", "13125550142", "03125550142", "12345-6789", "123456789", "00000-1234", "1234", "0012 B",
    "000",
]  # fmt: skip

MANY: list[tuple[Callable[[Texts], Any], Callable[[list[str]], Any]]] = [
    (fold_texts, lambda said: list(map(fold, said))),
    (parse_phones, lambda said: list(map(parse_phone, said))),
    (parse_house_numbers, lambda said: list(map(parse_house_number, said))),
    (parse_units, lambda said: [fold(text).replace(" ", "") for text in said]),
    (parse_streets, lambda said: list(map(parse_street, said))),
    (parse_postal_codes, lambda said: list(map(parse_postal_code, said))),
    (parse_births, lambda said: birth_table(list(map(parse_birth_date, said))).tolist()),
    (parse_emails, lambda said: hashes_of_emails(list(map(parse_email, said))).tolist()),
    (parse_identifiers, lambda said: hashes_of_numbers(list(map(parse_identifier, said))).tolist()),
    (lambda texts: parse_ssns(texts)[0], lambda said: hashes_of_numbers(list(map(parse_ssn, said))).tolist()),
    (lambda texts: parse_ssns(texts)[1], lambda said: [int(parse_ssn(text) or 0) for text in said]),
    (trimmed, lambda said: pc.utf8_trim_whitespace(texts_from(said)).tolist()),
]


def of_every_kind(test: Callable[[Sequence[str]], None]) -> Callable[[], None]:
    """A property of columns of texts of every kind."""
    return cast(Callable[[], None], given(said=COLUMNS)(example(said=HARD)(test)))


def column(said: Sequence[str]) -> Texts:
    """The texts as a part of a longer column, for kernels must look at their part only."""
    return texts_from(["before, 1", *said, "after"]).slice(1, len(said))


def lists(words: WordLists) -> list[tuple[str, ...]]:
    said = listed(words.words)
    return [tuple(said[start:end]) for start, end in zip(words.offset[:-1], words.offset[1:], strict=True)]


@of_every_kind
def test_a_column_is_parsed_as_its_texts_are(said: Sequence[str]) -> None:
    texts = column(said)
    for many, one in MANY:
        assert (one, many(texts).tolist()) == (one, one(list(said)))
    assert holds(texts, "1") == any("1" in text for text in said)


@of_every_kind
def test_names_are_found_as_their_parsers_find_them(said: Sequence[str]) -> None:
    words, generation = field_words(column(said))
    parsed = [strip_generation(name_tokens(text)) for text in said]
    assert list(zip(lists(words), generation.tolist(), strict=True)) == parsed
    names = full_names(column(said))
    found = zip(lists(names.given), lists(names.surname), names.generation.tolist(), strict=True)
    assert list(found) == list(map(parse_full_name, said))


def test_what_most_people_say_is_plain() -> None:
    """Else every text would be parsed by itself, and the properties above would prove nothing of kernels."""
    found = find_words(
        texts_from(["Mary Ann", "SMITH-JONES, JOHN", "o'brien", "de la Cruz"]), word_table([]), word_table(["de"])
    )
    assert found.plain.all()
    assert found.many.tolist() == [2, 3, 1, 3]
    assert found.before.tolist() == [-1, 2, -1, -1]
    assert found.particle.tolist() == [False, False, False, True]


def test_no_street_word_grows_beyond_its_room() -> None:
    assert all(len(told) <= MOST_GROWTH * len(said) for said, told in STREET_WORDS.items())


def test_an_empty_column_has_nothing_to_parse() -> None:
    nothing = pa.array([], type=pa.string())
    assert all(len(many(nothing)) == 0 for many, _ in MANY)
    assert lists(field_words(nothing)[0]) == []
    assert np.array_equal(full_names(nothing).generation, np.zeros(0))
