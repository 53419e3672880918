"""Dates and times by declared formats: strict, the same under every locale, never guessing day from month.

The directives are those of `strptime` (`%Y %m %d %y %b %B %H %I %M %S %p`). White space in a format stands for one
or more spaces. What the standard library's `strptime` cannot give is kept: the numbers of a date that no calendar has.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_DIRECTIVES = {
    "Y": r"\d{4}",
    "m": r"\d{1,2}",
    "d": r"\d{1,2}",
    "y": r"\d{2}",
    "b": r"[A-Za-z]{3}",
    "B": r"[A-Za-z]{3,9}",
    "H": r"\d{1,2}",
    "I": r"\d{1,2}",
    "M": r"\d{2}",
    "S": r"\d{2}",
    "p": r"[AaPp]\.?[Mm]\.?",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_CENTURY_PIVOT = 69  # POSIX: two-digit years 69 to 99 are of the 1900s


@dataclass(frozen=True, slots=True)
class ReadDate:
    """The numbers of a date as written; they need not be in any calendar. Without a time, `hour` is -1."""

    year: int
    month: int
    day: int
    hour: int = -1
    minute: int = 0
    second: int = 0


def check_format(text: str) -> None:
    """Raises `ValueError` when `text` is not a format that gives a whole date."""
    _pattern(text)


@lru_cache(maxsize=512)
def _pattern(text: str) -> re.Pattern[str]:
    seen: list[str] = []
    pattern = ""
    for piece in re.findall(r"%.?|\s+|[^%\s]", text):
        if piece.startswith("%"):
            letter = piece[1:]
            if letter not in _DIRECTIVES or letter in seen:
                raise ValueError(
                    f"`{piece}` in `{text}` is not a directive, or stands twice: use {' '.join(_DIRECTIVES)}"
                )
            seen.append(letter)
            packed = re.search(rf"%[a-zA-Z]%{letter}|%{letter}%[a-zA-Z]", text) is not None
            body = r"\d{2}" if packed and letter in "mdHI" else _DIRECTIVES[letter]
            pattern += f"(?P<{letter}>{body})"
        else:
            pattern += r"\s+" if piece.isspace() else re.escape(piece)
    if not (set(seen) & {"Y", "y"}) or not {"m", "b", "B"} & set(seen) or "d" not in seen:
        raise ValueError(f"`{text}` does not give year, month and day")
    return re.compile(pattern + r"\Z", re.ASCII)


def _month(found: dict[str, str]) -> int:
    if "m" in found:
        return int(found["m"])
    names = _MONTHS if "b" in found else _LONG_MONTHS
    word = found.get("b", found.get("B", "")).lower()
    return names.index(word) + 1 if word in names else 0


def _hour(found: dict[str, str]) -> int:
    if "H" in found:
        return int(found["H"])
    if "I" not in found:
        return -1
    hour = int(found["I"])
    if not 1 <= hour <= 12:
        return 99  # no clock shows it
    return hour % 12 + (12 if found.get("p", "a")[0] in "Pp" else 0)


def _year(found: dict[str, str]) -> int:
    if "Y" in found:
        return int(found["Y"])
    year = int(found["y"])
    return year + (1900 if year >= _CENTURY_PIVOT else 2000)


@lru_cache(maxsize=65_536)
def read_date(text: str, formats: tuple[str, ...]) -> ReadDate | None:
    """The numbers of `text` by the first of `formats` that it has the shape of, or None."""
    for each in formats:
        match = _pattern(each).match(text)
        if match is None:
            continue
        found = match.groupdict()
        return ReadDate(
            _year(found), _month(found), int(found["d"]), _hour(found), int(found.get("M", 0)), int(found.get("S", 0))
        )
    return None
