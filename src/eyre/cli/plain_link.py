"""`eyre link FILE... --out FILE` and the like, understood without typer.

Typer and what it loads to read a command line take a third of a second, as long as linking twenty thousand records
does. What is not as plain as this, whatever it may be, is left to typer: help, faults, short cuts, other options.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eyre.cli.link_rows import LinkOptions

_PATHS = {"--out": "out", "-o": "out", "--pairs": "pairs"}
_FLAGS = {"--keep": "keep", "--json": "as_json"}


def plain_link(arguments: Sequence[str]) -> LinkOptions | None:
    """What typer would understand; nothing where it is to be asked."""
    command, *rest = [*arguments, ""]
    files: list[Path] = []
    options: dict[str, Any] = {}
    words = iter(rest[:-1])
    for word in words:
        if word in _FLAGS:
            options[_FLAGS[word]] = True
        elif word in _PATHS:
            value = next(words, "")
            if not value or value.startswith("-"):
                return None
            options[_PATHS[word]] = Path(value)
        elif not word or word.startswith("-"):
            return None
        else:
            files.append(Path(word))
    return LinkOptions(tuple(files), **options) if command == "link" and files else None
