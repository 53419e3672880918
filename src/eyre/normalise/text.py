"""Folding of text: what every other value starts from."""

from functools import lru_cache

from anyascii import anyascii

_KEEP = {letter: letter for letter in "abcdefghijklmnopqrstuvwxyz0123456789"}
_LONGEST = 400  # longer text is no name, street or city; bounding it bounds every later step


@lru_cache(maxsize=1 << 17)
def fold(text: str) -> str:
    """Lower-case ASCII words of letters and digits, parted by single spaces: `O'Brien-Núñez` is `obrien nunez`.

    Apostrophes join, every other mark parts. Text longer than 400 characters is cut.
    """
    ascii_text = text if text.isascii() else anyascii(text)
    lowered = ascii_text[:_LONGEST].lower().replace("'", "").replace("`", "")
    return " ".join("".join(_KEEP.get(letter, " ") for letter in lowered).split())
