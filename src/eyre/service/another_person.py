"""Whether a record tells of another person than before: a number that was given to somebody else while its row stayed.

A correction changes a letter, a name's order or a birth date, hardly all of a name and the birth at once. What comes of
it is an issue alone: where a stranger's name stands in a row whose booking goes on, somebody has to look.
"""

from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

from jellyfish import jaro_winkler_similarity

from eyre.model.field_group import FieldGroup
from eyre.normalise.text import fold
from eyre.sources.read_name import PLACED, doubts

ALIKE = 0.85
"""Jaro-Winkler similarity from which on two words are spellings of one: SMYTH and SMITH, .89."""
_NAME, _BIRTH = str(int(FieldGroup.NAME)), str(int(FieldGroup.BIRTH))


def another_person(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether the parts of a record name somebody else now: no word of the names is like one of those before; or, where
    both tell a birth and it is another, no surname is. Who was booked as an unknown is named later: that is nobody
    else."""
    words, new_words = (set(_words(each.get(_NAME))) for each in (before, now))
    if not words or not new_words or PLACED in doubts(" ".join(words | new_words)):
        return False
    births, new_births = (_births(each) for each in (before, now))
    if births and new_births and births != new_births:
        surnames, new_surnames = (set(_words(_surnames(each))) for each in (before, now))
        return not _any_alike(surnames or words, new_surnames or new_words)
    return not _any_alike(words, new_words)


def _any_alike(one: Iterable[str], other: Iterable[str]) -> bool:
    return any(jaro_winkler_similarity(a, b) >= ALIKE for a, b in product(one, other))


def _surnames(parts: Mapping[str, Any]) -> list[str]:
    told = parts.get(_NAME) or {}
    return [str(each.get("surname", "")) for each in told.get("names", ())]


def _births(parts: Mapping[str, Any]) -> list[str]:
    """What was said of births: an age says the same on another day, when it means another birth."""
    told = parts.get(_BIRTH) or {}
    return [str(each.get("said") or each.get("earliest")) for each in told.get("births", ())]


def _words(said: object) -> Iterable[str]:
    """All words of what is said of a name, but for single letters."""
    if isinstance(said, Mapping):
        for key, each in said.items():
            yield from _words(each) if key != "kind" else ()
    elif isinstance(said, list):
        for each in said:
            yield from _words(each)
    elif isinstance(said, str):
        yield from (word for word in fold(said).split() if len(word) > 1)
