"""How the lines of one fixed-width file are laid out, learned from its first ones.

A letter that was lost or put in moves all that follows: names into the columns of others. It shows where the publisher
pads its lines to one length, and by blanks in the middle of a text that stands at the left of its column.
"""

import re
from collections import Counter
from collections.abc import Sequence

from eyre.sources.formats import FixedColumn

LEARNED_FROM = 64
"""Lines; so many are read ahead."""
_FEWEST = 6
"""What fewer lines have in common may be chance."""
_MOST_OTHERS = 0.1
"""Of the lines from which a habit is learned so many may not have it: those that are damaged."""
_PARTED = re.compile(r"\S {3,}\S")


class FixedHabits:
    """What holds of nearly all of `lines`, without their ends, headers and trailers."""

    def __init__(self, columns: Sequence[FixedColumn], lines: Sequence[str]) -> None:
        """Learns it."""
        self._length = _common_length(lines)
        most = _MOST_OTHERS * len(lines)
        self._whole = [
            (each.name, slice(each.start - 1, each.start - 1 + each.width))
            for each in columns
            if each.width > 4 and sum(_PARTED.search(line, *_ends(each)) is not None for line in lines) <= most
        ]

    def fault(self, line: str) -> str:
        """Why a line is not like the others; empty if it is."""
        if self._length is not None and len(line) != self._length:
            return f"the line has {len(line)} characters, the others have {self._length}"
        if "   " in line:
            for name, place in self._whole:
                if _PARTED.search(line[place]):
                    return f"blanks part the text in the column `{name}`"
        return ""


def _common_length(lines: Sequence[str]) -> int | None:
    """The length of lines that are padded; nothing where trailing blanks are left out: then no line ends with one."""
    if len(lines) < _FEWEST or not any(line.endswith(" ") for line in lines):
        return None
    ((length, many),) = Counter(map(len, lines)).most_common(1)
    return length if len(lines) - many <= max(1, _MOST_OTHERS * len(lines)) else None


def _ends(column: FixedColumn) -> tuple[int, int]:
    return column.start - 1, column.start - 1 + column.width
