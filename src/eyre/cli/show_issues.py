"""Open issues as a table."""

from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from eyre.model.source_issue import OpenIssue


def open_issues_table(issues: Sequence[OpenIssue]) -> Table:
    """A line for each issue."""
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for title in ("no.", "source", "issue", "field", "places", "first at", "since", "reason", "what to do"):
        table.add_column(title, justify="right" if title in ("no.", "places") else "left", overflow="fold")
    for each in issues:
        table.add_row(
            str(each.number),
            each.source,
            Text(each.code, style="red" if each.severity == "error" else "yellow"),
            escape(each.field),
            f"{each.places:,}",
            escape(each.place),
            each.opened_at.strftime("%Y-%m-%d %H:%M"),
            escape(each.reason),
            escape(each.remedy),
        )
    return table
