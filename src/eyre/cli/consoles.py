"""The two consoles: answers go to standard output, progress to standard error."""

from rich.console import Console

_NARROW = 100


def answers() -> Console:
    """Standard output. Where it is no terminal, lines are as wide as a page."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_NARROW)


def progress() -> Console:
    """Standard error."""
    return Console(stderr=True, highlight=False)
