"""Addresses as numbers of words: each distinct text is parsed once."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pyarrow.compute as pc

from eyre.normalise.address import parse_full_address, parse_house_number, parse_postal_code, parse_street
from eyre.normalise.text import fold
from eyre.normalise.us_state import state_code
from eyre.resolve.gather import gathered
from eyre.resolve.layout import Int32
from eyre.resolve.lexicon import CITY, OTHER, POSTAL, STREET, Lexicon
from eyre.resolve.said import AddressColumns
from eyre.resolve.texts.buffers import Texts, buffers_of, kept_texts, texts_from
from eyre.resolve.texts.distinct import distinct, distinct_values, listed
from eyre.resolve.texts.fold_texts import fold_texts
from eyre.resolve.texts.parse_places import parse_house_numbers, parse_postal_codes, parse_streets, parse_units

_NONE = -1
_One: TypeAlias = Callable[[str], str]
_Many: TypeAlias = Callable[[Texts], Texts]


class _Part(NamedTuple):
    """A part of addresses: its texts, how one and how many of them are parsed, its role in the lexicon, and what full
    addresses say of it."""

    texts: Any
    one: _One
    many: _Many
    role: str
    from_full: Sequence[str]


def code_addresses(said: AddressColumns, lexicon: Lexicon) -> dict[str, Int32]:
    """Each part's word of each address, -1 for none. A full address counts only for the parts that were not said."""
    full_codes, fulls = distinct(said.full)
    full = [parse_full_address(each) for each in fulls]
    parts = {
        "house": _Part(
            said.house_number, parse_house_number, parse_house_numbers, OTHER, [each.house for each in full]
        ),
        "street": _Part(said.street, parse_street, parse_streets, STREET, [each.street for each in full]),
        "unit": _Part(said.unit, _parse_unit, parse_units, OTHER, [each.unit for each in full]),
        "city": _Part(said.city, fold, fold_texts, CITY, [each.city for each in full]),
        "state": _Part(said.state, state_code, _parse_states, OTHER, [each.state for each in full]),
        "postal": _Part(
            said.postal_code, parse_postal_code, parse_postal_codes, POSTAL, [each.postal_code for each in full]
        ),
    }
    return {name: _code_part(part, full_codes, lexicon) for name, part in parts.items()}


def _code_part(part: _Part, full_codes: Int32, lexicon: Lexicon) -> Int32:
    codes, values = distinct_values(part.texts)
    if isinstance(values, list):
        numbers = _numbers(lexicon, part.role, [part.one(value) for value in values])
    else:
        parsed: Any = part.many(values)
        numbers = _numbers_of(lexicon, part.role, parsed)
    numbers = gathered(numbers, codes)
    if not any(part.from_full):
        return numbers
    return np.where(numbers >= 0, numbers, _numbers(lexicon, part.role, part.from_full)[full_codes])


def _numbers(lexicon: Lexicon, role: str, values: Sequence[str]) -> Int32:
    numbers = np.full(len(values), _NONE, dtype=np.int32)
    said = [at for at, value in enumerate(values) if value]
    numbers[said] = lexicon.numbers([f"{role}:{values[at]}" for at in said])
    return numbers


def _numbers_of(lexicon: Lexicon, role: str, values: Texts) -> Int32:
    """As `_numbers`, of many."""
    numbers = np.full(len(values), _NONE, dtype=np.int32)
    said = np.diff(buffers_of(values).begin) > 0
    mark: Any = f"{role}:"
    words = pc.binary_join_element_wise(mark, kept_texts(values, said), "")
    numbers[said] = lexicon.numbers_of(words)
    return numbers


def _parse_unit(text: str) -> str:
    return fold(text).replace(" ", "")


def _parse_states(texts: Texts) -> Texts:
    """There are few: one by one."""
    return texts_from([state_code(text) for text in listed(texts)])
