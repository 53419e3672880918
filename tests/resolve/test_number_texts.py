"""Texts in columns against Python's own: numbers, sounds, shares."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from eyre.normalise.sound import sound_of
from eyre.resolve.count_numbers import count_numbers, order_of_numbers, rows_of_many
from eyre.resolve.frequency import bits_of, bits_of_column, us_name_frequencies
from eyre.resolve.gather import gathered
from eyre.resolve.lexicon import Lexicon, name_words, place_words
from eyre.resolve.share_column import ShareColumn, in_columns, shares_of
from eyre.resolve.texts.buffers import texts_from
from eyre.resolve.texts.distinct import listed
from eyre.resolve.texts.number_texts import number_texts, places_among
from eyre.resolve.texts.sounds import sounds_of

_TEXTS = st.lists(st.text(st.sampled_from("abé ß1"), max_size=3), max_size=40)
_SOUNDING = st.text(st.sampled_from("aeioukcshpfnmvwyzdrtqgxé1A"), max_size=9)


@given(_TEXTS)
def test_equal_texts_have_one_number_in_the_order_of_first_sight(texts: list[str]) -> None:
    once = list(dict.fromkeys(texts))
    numbered = number_texts(texts_from(texts))
    assert numbered.number.tolist() == [once.index(text) for text in texts]
    assert numbered.first.tolist() == [texts.index(text) for text in once]


@given(_TEXTS, st.sets(st.text(st.sampled_from("abé ß1"), max_size=3)))
def test_texts_are_found_among_others(texts: list[str], others: set[str]) -> None:
    among = sorted(others)
    places = places_among(texts_from(texts), texts_from(among))
    assert places.tolist() == [among.index(text) if text in others else -1 for text in texts]


@given(st.lists(_SOUNDING, max_size=20))
def test_a_column_sounds_as_each_of_its_words_does(words: list[str]) -> None:
    assert listed(sounds_of(texts_from(words))) == [sound_of(word) for word in words]


def test_the_names_of_the_census_sound_in_a_column_as_one_by_one() -> None:
    names = in_columns(us_name_frequencies().surname).texts
    assert listed(sounds_of(names)) == [sound_of(name) for name in listed(names)]


@given(_TEXTS, st.dictionaries(st.text(st.sampled_from("abé ß1"), max_size=3), st.floats(1e-9, 1.0)))
def test_shares_in_columns_are_those_of_a_mapping(texts: list[str], shares: dict[str, float]) -> None:
    column = in_columns(shares)
    assert dict(column) == shares
    assert [column.get(text) for text in texts] == [shares.get(text) for text in texts]
    found = shares_of(texts_from(texts), shares)
    assert [None if np.isnan(share) else share for share in found] == [shares.get(text) for text in texts]
    assert np.allclose(bits_of_column(texts_from(texts), column, 9.0, 14.0), bits_of(texts, shares, 9.0, 14.0))


@given(st.lists(_TEXTS, max_size=4))
def test_a_lexicon_of_columns_numbers_as_one_of_lists_does(lots: list[list[str]]) -> None:
    few, many = Lexicon(), Lexicon()
    for at, lot in enumerate(lots):
        numbers = many.numbers_of(texts_from(lot)).tolist() if at % 2 == 0 else many.numbers(lot)
        assert few.numbers(lot) == numbers
        assert few.said(np.array(numbers, dtype=np.int32)) == lot == many.said(np.array(numbers, dtype=np.int32))
    assert few.words == listed(many.words)


def test_tables_of_words_are_the_same_of_a_column_and_of_a_list() -> None:
    known = us_name_frequencies()
    names = ["bill", "smith", "zzyzx", "j", "a" * 40, "", "müller", "o1"]
    places = ["street:main st", "postal:02119", "city:boston", "other:7", "city:a:b", "street:nördlich"]
    for make, words in ((name_words, names), (place_words, places)):
        of_list: list[Any] = [*make(words, known)]
        of_column: list[Any] = [*make(texts_from(words), known)]
        assert [each.dtype for each in of_list] == [each.dtype for each in of_column]
        assert [each.tolist() for each in of_list] == [each.tolist() for each in of_column]


@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 3)), max_size=60), st.integers(1, 5))
def test_rows_of_pairs_that_many_rows_have_are_found(pairs: list[tuple[int, int]], most: int) -> None:
    one, other = np.array(pairs, dtype=np.int32).reshape(-1, 2).T.copy()
    found = set(rows_of_many(one, other, most).tolist())
    assert found >= {row for row, pair in enumerate(pairs) if pairs.count(pair) > most and min(pair) >= 0}
    assert not any(min(pairs[row]) < 0 for row in found)
    assert count_numbers(one, 4).tolist() == [one.tolist().count(number) for number in range(4)]


def test_a_share_column_is_equal_to_its_mapping() -> None:
    assert ShareColumn(texts_from(["a"]), np.array([0.5])) == {"a": 0.5}


@given(st.lists(st.integers(0, 9), max_size=40))
def test_rows_stand_by_their_numbers_equal_ones_as_they_stood(numbers: list[int]) -> None:
    order = order_of_numbers(np.array(numbers, dtype=np.int32))
    assert order.tolist() == sorted(range(len(numbers)), key=numbers.__getitem__)


@given(st.integers(0, 2), st.sampled_from([np.int8, np.int32, np.int64, np.uint64]))
def test_values_are_gathered_as_numpy_does(lots: int, kind: type) -> None:
    values: Any = np.arange(100).astype(kind)
    rows = np.random.default_rng(lots).integers(0, 100, lots * 5000).astype(np.int32)
    found = gathered(values, rows)
    assert found.tolist() == values[rows].tolist()
    assert found.dtype == values.dtype
