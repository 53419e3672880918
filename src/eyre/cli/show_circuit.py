"""The circuit as a table."""

from collections.abc import Callable, Sequence
from datetime import datetime

from rich.console import Group
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from eyre.errors import StoreError
from eyre.service.circuit_status import CircuitStatus, SourceStatus, Standing
from eyre.service.source_status import IssueShown, LookShown

_MOST_SHOWN = 20
_COLOURS = {
    Standing.DOWN: "red",
    Standing.SILENT: "red",
    Standing.DRIFTING: "yellow",
    Standing.LATE: "yellow",
    Standing.ON_TIME: "green",
    Standing.NEW: "dim",
}
_WORST_FIRST = list(Standing)


def circuit_table(status: CircuitStatus, most: int = _MOST_SHOWN) -> Group:
    """Counts in one line, then the sources that need looking at, the worst first and at the `most` so many; all of them
    where they are no more."""
    counts = Text("  ").join(
        Text(f"{count:,} {standing}", style=_COLOURS[Standing(standing)])
        for standing, count in status.standings.items()
        if count
    )
    events = ", ".join(f"{count:,} {kind.replace('_', ' ')}" for kind, count in status.events.items())
    lines = [counts or Text("no source is on the schedule", style="dim")]
    lines.append(Text(f"{status.rows:,} rows listed; the most overdue ride waits {status.lag_seconds:,.0f} s"))
    if events:
        lines.append(Text(events, style="dim"))
    shown = sorted(status.sources, key=lambda each: (_WORST_FIRST.index(each.standing), each.source))
    if len(shown) > most:
        shown = [each for each in shown if each.standing is not Standing.ON_TIME][:most]
    return Group(*lines, sources_table(shown, status.at)) if shown else Group(*lines)


def circuit_shown(ask: Callable[[], CircuitStatus]) -> Group | Text:
    """What is shown again and again: the table, or that the store is away, for that passes."""
    try:
        return circuit_table(ask())
    except StoreError as error:
        return Text(f"the store does not answer, it is asked again: {error.message}", style="red")


def looks_table(looks: Sequence[LookShown]) -> Table:
    """The latest looks of a source."""
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for title in ("from", "to", "looks", "rows", "whole", "why not"):
        table.add_column(title, justify="right" if title in ("looks", "rows") else "left", overflow="fold")
    for each in looks:
        first, last = (at.strftime("%Y-%m-%d %H:%M") for at in (each.first_at, each.last_at))
        whole = Text("yes", style="green") if each.complete else Text("no", style="yellow")
        table.add_row(first, last, f"{each.looks:,}", f"{each.rows:,}", whole, escape(each.reason))
    return table


def issues_table(issues: Sequence[IssueShown]) -> Table:
    """What was wrong with the latest delivery of a source."""
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for title in ("issue", "field", "places", "first at", "reason"):
        table.add_column(title, justify="right" if title == "places" else "left", overflow="fold")
    for each in issues:
        style = "red" if each.severity == "error" else "yellow"
        code = Text(each.code, style=style)
        table.add_row(code, escape(each.field), f"{each.count:,}", escape(each.place), escape(each.reason))
    return table


def sources_table(sources: Sequence[SourceStatus], now: datetime) -> Table:
    """A line for each source, at the instant `now`."""
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for title in ("source", "stands", "rows", "looked at", "seen whole", "due in", "why"):
        table.add_column(title, justify="right" if title == "rows" else "left", overflow="fold")
    for each in sources:
        table.add_row(
            each.source,
            Text(each.standing.value, style=_COLOURS[each.standing]),
            "" if each.rows is None else f"{each.rows:,}",
            _ago(each.looked_at, now),
            _ago(each.complete_at, now),
            "" if each.next_due is None else _span((each.next_due - now).total_seconds()),
            escape(each.why),
        )
    return table


def _ago(at: datetime | None, now: datetime) -> str:
    return "never" if at is None else f"{_span((now - at).total_seconds())} ago"


def _span(seconds: float) -> str:
    if seconds < 0:
        return f"-{_span(-seconds)}"
    if seconds < 120:
        return f"{seconds:.0f} s"
    if seconds < 7200:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.0f} h" if seconds < 172_800 else f"{seconds / 86_400:.0f} d"
