"""What a check of sources found, on the terminal."""

from rich.console import Console
from rich.markup import escape

from eyre.cli.show_imported import show_issues
from eyre.service.check_sources import CheckedSource


def show_checked(console: Console, reports: tuple[CheckedSource, ...]) -> None:
    """A line each, and what is to be corrected."""
    for each in reports:
        mark = "[green]sound[/]" if each.sound else "[red]not sound[/]"
        console.print(f"[bold]{escape(each.source)}[/]: {mark}")
        if each.refused:
            console.print(f"  {escape(each.refused)}")
        if each.sample is not None:
            console.print(
                f"  sample: {each.sample.rows_in:,} rows in = {each.sample.accepted:,} accepted + "
                f"{each.sample.quarantined:,} quarantined + {each.sample.ignored:,} ignored"
                + ("; as expected" if each.compared and each.sound else "")
            )
            show_issues(console, each.sample.issues)
        for difference in each.differences:
            console.print(f"  {escape(difference)}")
