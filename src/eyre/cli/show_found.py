"""The persons that were found, one line each."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eyre.service.find_person import Found


def show_found(console: Console, found: Found) -> None:
    """Best match first."""
    if not found.persons:
        console.print(f"nobody, as seen for [bold]{found.purpose}[/]")
        return
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for title, justify in (("record", "left"), ("bits", "right"), ("name", "left"), ("birth", "left")):
        table.add_column(title, justify=justify, overflow="fold")  # type: ignore[arg-type]
    table.add_column("records", justify="right")
    table.add_column("sources", overflow="fold")
    for person in found.persons:
        table.add_row(
            person.record,
            f"{person.bits:+.1f}",
            escape(_first(person.names)),
            escape(_first(person.births)),
            str(len(person.records)),
            f"[dim]{escape(', '.join(person.sources))}[/]",
        )
    console.print(table)
    if found.more:
        console.print("[dim]and others that match less: add what you know, or raise --limit[/]")


def _first(values: tuple[str, ...]) -> str:
    more = f" (+{len(values) - 1})" if len(values) > 1 else ""
    return f"{values[0]}{more}" if values else ""
