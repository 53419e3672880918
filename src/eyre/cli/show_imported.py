"""How a delivery went, on the terminal."""

from collections import Counter

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eyre.model.issue import Issue
from eyre.service.import_delivery import Imported

_SHOWN = 20


def show_imported(console: Console, imported: Imported) -> None:
    """Counts, then what was wrong and where."""
    if imported.known:
        console.print(f"[bold]{escape(imported.source)}[/]: this delivery was taken before; nothing has changed")
    console.print(
        f"[bold]{escape(imported.source)}[/]: {imported.rows_in:,} rows in = {imported.accepted:,} accepted + "
        f"{imported.quarantined:,} quarantined + {imported.ignored:,} ignored; "
        f"{imported.changed:,} records say something new"
    )
    if imported.dropped:
        told = ", ".join(f"{many} {kind}" for kind, many in imported.dropped.items())
        console.print(f"never taken: {escape(told)}")
    if not imported.complete:
        console.print("[yellow]the delivery is not complete: that something is missing from it says nothing[/]")
    show_issues(console, imported.issues)


def show_issues(console: Console, issues: tuple[Issue, ...]) -> None:
    """What was wrong, where, and why; without a word of anybody's data."""
    if not issues:
        return
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for title in ("issue", "where", "field", "why"):
        table.add_column(title, overflow="fold")
    for each in issues[:_SHOWN]:
        colour = "red" if each.severity == "error" else "yellow"
        table.add_row(f"[{colour}]{each.code}[/]", escape(each.place), escape(each.field), escape(each.reason))
    console.print(table)
    if rest := issues[_SHOWN:]:
        counts = ", ".join(f"{many} {code}" for code, many in Counter(each.code.value for each in rest).items())
        console.print(f"[dim]and {len(rest)} more ({counts}); `--json` shows all[/]")
