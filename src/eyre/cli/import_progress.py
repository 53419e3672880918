"""Progress of a delivery, on standard error while that is a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from eyre.cli.consoles import progress as progress_console


@contextmanager
def import_progress(source: str) -> Iterator[Callable[[int], None]]:
    """A function to be told how many records were read so far."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=progress_console(), transient=True, disable=not sys.stderr.isatty()) as shown:
        task = shown.add_task(f"Reading {source}", total=None)
        yield lambda taken: shown.update(task, description=f"Reading {source}: {taken:,} records")
