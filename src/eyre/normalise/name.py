"""Names of people: tokens of given names, surname and generation."""

import re
from functools import lru_cache
from typing import NamedTuple

from eyre.normalise.text import fold

GENERATIONS = {"sr": 1, "snr": 1, "senior": 1, "i": 1, "jr": 2, "jnr": 2, "junior": 2, "ii": 2, "2nd": 2, "iii": 3}
GENERATIONS |= {"3rd": 3, "iv": 4, "4th": 4, "v": 5, "5th": 5}
"""Generation suffixes; `Jr` and `II` are the same generation, for records use them for each other."""

_BARE_ROMAN = {"i", "v"}  # as often an initial as a generation: read as one only in a field that holds suffixes
_TITLES = frozenset(
    "mr mrs ms miss mx dr prof rev fr hon sir dame capt col maj gen lt sgt cpl pvt det ofc officer judge esq md phd "
    "dds rn the".split()
)
_PEERAGE = frozenset(
    "lord lady baron baronet bart bt viscount earl duke marquess count countess duchess baroness of".split()
)
"""Words of a title with a place or a number (`1st Baron Clifford of Chudleigh`); alone they are names (Earl, Duke)."""
_ORDINAL = re.compile(r"\d+(st|nd|rd|th)")
_UNKNOWN = frozenset("unknown unk lnu fnu mnu nmn nmi nfn nln na none null void test anonymous unnamed blank".split())
_ALIAS = re.compile(r"\b(?:a\.?k\.?a\.?|alias)\b", re.IGNORECASE)
PARTICLES = frozenset("de del la las los da das dos di du van von der den ter ten le el al bin ibn mac mc st".split())
NOBODIES = {
    ("john", "doe"),
    ("jane", "doe"),
    ("baby", "boy"),
    ("baby", "girl"),
    ("infant", "male"),
    ("infant", "female"),
}

SPECIAL_IN_FIELD = _TITLES | _PEERAGE | _UNKNOWN | (GENERATIONS.keys() - _BARE_ROMAN)
"""Words that are not always taken for names in a field of given names or surnames."""
SPECIAL_IN_FULL = SPECIAL_IN_FIELD | GENERATIONS.keys() | {"aka", "alias"} | {last for _, last in NOBODIES}
"""Words that are not always taken for names in a full name; particles come besides where no comma parts it."""


class NameTokens(NamedTuple):
    """`given` holds given and middle names in order, `surname` its parts, `generation` 0 where none was said."""

    given: tuple[str, ...]
    surname: tuple[str, ...]
    generation: int


NOBODY = NameTokens((), (), 0)


@lru_cache(maxsize=1 << 17)
def name_tokens(text: str) -> tuple[str, ...]:
    """The words of one name field: folded, without titles, ordinals and words for *unknown*; `0` read as `o`.

    A title that is all there is, is a name: the given name `Earl`, the surname `Judge`.
    """
    said = fold(text).split()
    if said == ["n", "a"]:
        return ()
    ordinal = any(_ORDINAL.fullmatch(word) for word in said)
    titled = _TITLES | _PEERAGE if ordinal or "of" in said else _TITLES
    words = [_letters(word) for word in said if not _ORDINAL.fullmatch(word)]
    known = tuple(word for word in words if word and word not in _UNKNOWN)
    return tuple(word for word in known if word not in titled) or (known if not ordinal else ())


def generation_of(text: str) -> int:
    """The generation that a suffix field says, 0 for none: `Jr.` is 2, `III` is 3."""
    for word in fold(text).split():
        if word in GENERATIONS:
            return GENERATIONS[word]
    return 0


def parse_name_parts(given: str, middle: str, surname: str, suffix: str) -> NameTokens:
    """Tokens of a name that its source parts. A generation at the end of the surname or of the given names counts."""
    given_words, first = strip_generation(name_tokens(given) + name_tokens(middle))
    surname_words, second = strip_generation(name_tokens(surname))
    generation = generation_of(suffix) or second or first
    return _known(NameTokens(given_words, surname_words, generation))


@lru_cache(maxsize=1 << 16)
def parse_full_name(full: str) -> NameTokens:
    """Tokens of a name in one field: `LAST, FIRST MIDDLE SUFFIX` with a comma, else `FIRST MIDDLE LAST SUFFIX`.

    Particles stay with the surname: `Ludwig van der Berg` has the surname `van der berg`. `LAST,` is a surname alone.
    What follows `AKA` is another name and is not read here.
    """
    before, comma, after = _ALIAS.split(full, maxsplit=1)[0].partition(",")
    if comma and _only_titles(after):
        return parse_full_name(before)
    if comma and not _only_generation(after):
        surname, first = strip_generation(name_tokens(before))
        given, second = strip_generation(_without_first_generation(name_tokens(after.replace(",", " "))))
        return _known(NameTokens(given, surname, first or second or _first_generation(after)))
    full = f"{before} {after}"
    words, generation = strip_generation(name_tokens(full.replace(",", " ")))
    start = max(len(words) - 1, 1)
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return _known(NameTokens(words[:start], words[start:], generation))


def _letters(word: str) -> str:
    if word.isalpha():
        return word
    return "".join(letter for letter in word.replace("0", "o").replace("1", "l") if letter.isalpha())


def _first_generation(text: str) -> int:
    """The generation that stands between surname and given name: `SMITH, JR, JOHN`."""
    words = fold(text).split()
    return GENERATIONS[words[0]] if len(words) > 1 and words[0] in GENERATIONS and words[0] not in _BARE_ROMAN else 0


def _without_first_generation(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if len(words) > 1 and words[0] in GENERATIONS and words[0] not in _BARE_ROMAN else words


def _only_titles(text: str) -> bool:
    """Whether what stands after the comma is a title (`Thomas Clifford, 1st Baron Clifford`), not a given name."""
    words = fold(text).split()
    if not words:
        return False
    return words[0] in _TITLES or bool(_ORDINAL.fullmatch(words[0])) or (words[0] in _PEERAGE and "of" in words)


def _only_generation(text: str) -> bool:
    words = fold(text).split()
    return bool(words) and all(word in GENERATIONS for word in words)


def strip_generation(words: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    """Words without a generation at their end, and the generation; a bare `I` or `V` is left: it may be an initial."""
    if len(words) > 1 and words[-1] in GENERATIONS and words[-1] not in _BARE_ROMAN:
        return words[:-1], GENERATIONS[words[-1]]
    return words, 0


def _known(name: NameTokens) -> NameTokens:
    if len(name.given) > 0 and len(name.surname) == 1 and (name.given[0], name.surname[0]) in NOBODIES:
        return NOBODY
    return name
