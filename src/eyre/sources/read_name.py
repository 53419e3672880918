"""Names as sources write them: parted by a declared order, aliases taken out, dirt noticed and kept."""

import re

from eyre.model.person import NameKind, PersonName

SUFFIXES = frozenset({"JR", "SR", "II", "III", "IV", "V", "2ND", "3RD", "4TH"})
_AKA = re.compile(r"(?<![\s,;(])[\s,;(]+(?:A\.?K\.?A\.?|ALIAS)(?![A-Z])[:.\s]*", re.IGNORECASE)
PLACED = "a placeholder stands for a name"
_PLACEHOLDERS = frozenset({"LNU", "FNU", "MNU", "NLN", "NFN", "DOE", "UNKNOWN", "UNK"})
_LETTERS = re.compile(r"[A-Z]+")
_ZERO = re.compile(r"[A-Za-z]0|0[A-Za-z]")
_MOJIBAKE = re.compile("[\u00c2\u00c3][\u0080-\u00bf\u0152-\u2122]|\u00e2\u20ac|\ufffd")


def tidy(text: str) -> str:
    """White space runs to one space; nothing else is changed."""
    return text if text.isalnum() else " ".join(text.split())


def doubts(text: str) -> list[str]:
    """What is suspect about a name, in words that do not repeat it."""
    if text.isalpha() and text.isascii():  # one word, as most parts of names are
        return [PLACED] if text.upper() in _PLACEHOLDERS else []
    found = []
    if not _PLACEHOLDERS.isdisjoint(_LETTERS.findall(text.upper())):
        found.append(PLACED)
    if _ZERO.search(text):
        found.append("a zero stands among letters")
    return found


def is_mojibake(text: str) -> bool:
    """Whether the text shows the marks of bytes read in a wrong encoding."""
    return not text.isascii() and _MOJIBAKE.search(text) is not None


def take_out_aliases(text: str) -> tuple[str, list[str]]:
    """The name before `AKA`, and the names after it."""
    if text.isalnum():  # nothing that could stand before `AKA`
        return text, []
    first, *others = _AKA.split(text)
    return first.strip(" ,;("), [other.strip(" ,;()") for other in others if other.strip(" ,;()")]


def part_last_comma_first(text: str, kind: NameKind) -> PersonName | None:
    """`LAST SUFFIX, FIRST MIDDLE SUFFIX` in parts; None without exactly one comma, or with two suffixes.

    `LAST, FIRST MIDDLE, JR` is also read. A suffix alone after the comma is no given name.
    """
    pieces = [tidy(piece) for piece in text.split(",")]
    suffix = ""
    if len(pieces) == 3 and _is_suffix(pieces[2]):
        suffix = pieces.pop()
    if len(pieces) != 2 or not pieces[0]:
        return None
    surname, surname_suffix = _cut_suffix(pieces[0].split(" "))
    given, given_suffix = _cut_suffix(pieces[1].split(" "))
    suffixes = [each for each in (surname_suffix, given_suffix, suffix) if each]
    if len(suffixes) > 1 or not given or not given[0]:
        return None
    return PersonName(
        given=given[0],
        middle=" ".join(given[1:]),
        surname=" ".join(surname),
        suffix=suffixes[0] if suffixes else "",
        kind=kind,
    )


def _is_suffix(word: str) -> bool:
    return word.upper().rstrip(".") in SUFFIXES


def _cut_suffix(words: list[str]) -> tuple[list[str], str]:
    if len(words) > 1 and _is_suffix(words[-1]):
        return words[:-1], words[-1]
    return words, ""
