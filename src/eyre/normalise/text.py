"""Folding of text: what every other value starts from."""

from functools import lru_cache

from anyascii import anyascii

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_MARKS = {mark: " " for mark in range(128) if chr(mark) not in _LETTERS} | {ord("'"): "", ord("`"): ""}
LONGEST = 400
"""Characters that are folded: longer text is no name, street or city; bounding it bounds every later step."""


@lru_cache(maxsize=1 << 17)
def fold(text: str) -> str:
    """Lower-case ASCII words of letters and digits, parted by single spaces: `O'Brien-Núñez` is `obrien nunez`.

    Apostrophes join, every other mark parts. Text longer than 400 characters is cut.
    """
    ascii_text = text if text.isascii() else anyascii(text)
    return " ".join(ascii_text[:LONGEST].lower().translate(_MARKS).split())
