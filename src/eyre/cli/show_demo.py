"""The demonstration on the terminal."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eyre.cli.show_person import show_person
from eyre.cli.show_why import show_why
from eyre.service.demo import DemoStory


def show_demo(console: Console, story: DemoStory, next_commands: list[tuple[str, str]]) -> None:
    """Counts, a person, why, a narrower view, and what to try."""
    _heading(console, "What was read")
    console.print(_sources(story))
    seen = story.seen
    _heading(console, "Who was found")
    console.print(
        f"{seen.records:,} records are [bold]{seen.persons:,} persons[/], "
        f"{seen.of_several_sources:,} of them known to several sources."
    )
    _heading(console, "One person, field by field")
    show_person(console, story.shown)
    _heading(console, f"Why {story.why.left} and {story.why.right} belong together")
    show_why(console, story.why)
    _heading(console, f"The same person, for the narrower purpose {story.narrow_purpose}")
    _show_narrow(console, story)
    _heading(console, "What to try next")
    for command, about in next_commands:
        console.print(f"  [bold]{escape(command)}[/]", soft_wrap=True)
        console.print(f"    [dim]{escape(about)}[/]", soft_wrap=True)


def _heading(console: Console, text: str) -> None:
    console.print()
    console.rule(f"[bold]{escape(text)}[/]", align="left", style="dim")


def _sources(story: DemoStory) -> Table:
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    table.add_column("source")
    for title in ("rows in", "accepted", "quarantined", "ignored"):
        table.add_column(title, justify="right")
    table.add_column("never taken")
    for each in story.sources:
        counts = (each.rows_in, each.accepted, each.quarantined, each.ignored)
        dropped = ", ".join(f"{many} {kind}" for kind, many in each.dropped.items())
        note = "read before, nothing changed" if each.known else dropped
        table.add_row(escape(each.source), *(f"{count:,}" for count in counts), f"[dim]{note}[/]")
    return table


def _show_narrow(console: Console, story: DemoStory) -> None:
    many = sum(len(profile.records) for profile in story.narrow)
    hidden = len(story.shown.records) - many
    console.print(f"{hidden} of the {len(story.shown.records)} records are not there at all; nor do they tie others.")
    if len(story.narrow) > 1:
        console.print(f"What is left is {len(story.narrow)} persons: nothing that may be seen ties them.")
    for profile in story.narrow:
        show_person(console, profile, with_records=False)
