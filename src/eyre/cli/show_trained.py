"""What `eyre train` says in a terminal."""

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eyre.cli.consoles import answers

if TYPE_CHECKING:
    from eyre.service.train import Trained


def show_trained(found: "Trained", written: str | None) -> None:
    """Each weight before and after with the pairs behind it, then what was held out says."""
    console = answers()
    _show_weights(console, found)
    _show_held_out(console, found)
    console.print(f"\n{found.records:,} records, fitted to {found.fitted_to}.")
    if found.held_out.worse:
        console.print(
            f"[bold red]Worse than {escape(found.begun.label)}[/bold red]: {'; '.join(found.held_out.worse)}."
        )
    if written is not None:
        console.print(f"Written as [bold]{escape(written)}[/bold].")


def _show_weights(console: Console, found: "Trained") -> None:
    table = Table(title="Weights in bits", title_justify="left")
    table.add_column("")
    for heading in ("before", "after", "one person", "two"):
        table.add_column(heading, justify="right", no_wrap=True)
    for each in found.weights:
        moved = abs(each.after - each.before) >= 1.0
        table.add_row(
            each.name,
            f"{each.before:.2f}",
            f"[bold]{each.after:.2f}[/bold]" if moved else f"{each.after:.2f}",
            f"{each.matched:,} of {each.matched_of:,}",
            f"{each.unmatched:,} of {each.unmatched_of:,}",
        )
    console.print(table)


def _show_held_out(console: Console, found: "Trained") -> None:
    from eyre.service.trained_model import figure

    table = Table(title="By what was held out", title_justify="left")
    table.add_column("")
    for heading in (found.begun.label, "fitted"):
        table.add_column(escape(heading), justify="right", no_wrap=True)
    for each in found.held_out.measures:
        table.add_row(each.name, figure(each.before), figure(each.after))
    console.print(table)
    console.print(f"Held out: {found.held_out.what}.")
