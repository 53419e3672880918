"""What came of the two runs, as tables and as JSON."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.same_end import Compared

_NUMBERS = ("steps", "claims", "events", "withdrawn", "noted_twice", "raw_pages", "raw_broken", "seconds")


@dataclass(frozen=True)
class Run:
    """What a run came to: `kills` by what the killed were at, the other disturbances `done` and `felt`, and what the
    workers `said`."""

    name: str
    steps: int
    claims: int
    events: int
    withdrawn: int
    noted_twice: int
    raw_pages: int
    raw_broken: int
    seconds: float
    said: dict[str, int]
    kills: dict[str, int] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)
    felt: dict[str, int] = field(default_factory=dict)


def is_well(runs: Sequence[Run], compared: Mapping[str, Compared], *, kills: int) -> bool:
    """Whether all that was promised holds, and as many were killed as were to be."""
    whole = not any(run.noted_twice or run.raw_broken for run in runs)
    same = not any(found.missing or found.more for found in compared.values())
    return whole and same and max(sum(run.kills.values()) for run in runs) >= kills


def as_json(runs: Sequence[Run], compared: Mapping[str, Compared], *, small_disks: bool) -> dict[str, Any]:
    """All of it."""
    return {
        "runs": [asdict(run) for run in runs],
        "tables": {name: asdict(found) for name, found in compared.items()},
        "same": not any(found.missing or found.more for found in compared.values()),
        "full_disks": "made" if small_disks else "left out: small disks can be made by root alone",
    }


def show(runs: Sequence[Run], compared: Mapping[str, Compared], *, small_disks: bool) -> None:
    """Prints it."""
    console = Console(width=None if sys.stdout.isatty() else 120)
    console.print(_disturbances(runs[0], small_disks=small_disks), _numbers(runs), _tables(compared))
    same = not any(found.missing or found.more for found in compared.values())
    console.print("the same events, and the same of everything" if same else "[red]the runs differ[/]")


def _disturbances(run: Run, *, small_disks: bool) -> Table:
    table = Table(title="What was done to the disturbed run", title_justify="left")
    table.add_column("disturbance")
    table.add_column("times", justify="right")
    table.add_column("told by workers", justify="right")
    for what, count in sorted(run.kills.items()):
        table.add_row(f"worker killed with signal 9, {what}", f"{count:,}", "")
    table.add_row("all kills", f"{sum(run.kills.values()):,}", "", style="bold")
    for what, count in run.done.items():
        table.add_row(what, f"{count:,}", f"{run.felt[what]:,}" if what in run.felt else "not asked")
    if not small_disks:
        table.add_row("full disks", "left out", "small disks can be made by root alone")
    return table


def _numbers(runs: Sequence[Run]) -> Table:
    table = Table(title="What the runs came to", title_justify="left")
    table.add_column("run")
    for each in _NUMBERS:
        table.add_column(each.replace("_", " "), justify="right")
    for run in runs:
        table.add_row(run.name, *(f"{getattr(run, each):,}" for each in _NUMBERS))
    return table


def _tables(compared: Mapping[str, Compared]) -> Table:
    table = Table(title="Rows of the undisturbed run, and how the disturbed one differs", title_justify="left")
    for title in ("table", "rows", "missing", "more"):
        table.add_column(title, justify="left" if title == "table" else "right")
    for name, found in compared.items():
        table.add_row(name, f"{found.rows:,}", f"{found.missing:,}", f"{found.more:,}")
    return table
