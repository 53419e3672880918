"""The end of the demonstration on the terminal."""

from rich.console import Console
from rich.markup import escape

from eyre.cli.demo_riding import Demonstrated
from eyre.cli.show_custody import show_custody
from eyre.cli.show_person import show_person
from eyre.cli.show_why import show_why
from eyre.service.demo import DemoStory


def show_demo(console: Console, done: Demonstrated, next_commands: list[tuple[str, str]]) -> None:
    """Counts, a person, where they were held, why, a narrower view, and what to try."""
    story = done.story
    _heading(console, "What was ridden")
    _show_ridden(console, done)
    _heading(console, "Who was found")
    console.print(
        f"{story.seen.records:,} records are [bold]{story.seen.persons:,} persons[/], "
        f"{story.seen.of_several_sources:,} of them known to several sources."
    )
    _heading(console, "One person, field by field")
    show_person(console, story.shown)
    _heading(console, "Where they are and were held")
    show_custody(console, story.custody)
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


def _show_ridden(console: Console, done: Demonstrated) -> None:
    counts = done.counts
    doors = ", ".join(f"{many} by {door}" for door, many in done.doors.items())
    events = ", ".join(f"{many:,} {kind.replace('_', ' ')}" for kind, many in done.status.events.items())
    console.print(
        f"{sum(done.doors.values())} sources ({doors}) in {done.hours} invented hours: {counts.rides:,} rides, "
        f"{counts.trouble:,} of them in trouble, {counts.sent:,} deliveries sent, {counts.rows:,} rows looked at."
    )
    console.print(f"What is believed: {events}.")
    console.print(
        f"While time ran, {counts.records:,} records said something new; of the {counts.persons:,} persons that they "
        f"are of, {counts.known:,} were known before."
    )


def _show_narrow(console: Console, story: DemoStory) -> None:
    many = sum(len(profile.records) for profile in story.narrow)
    hidden = len(story.shown.records) - many
    console.print(f"{hidden} of the {len(story.shown.records)} records are not there at all; nor do they tie others.")
    if len(story.narrow) > 1:
        console.print(f"What is left is {len(story.narrow)} persons: nothing that may be seen ties them.")
    for profile in story.narrow:
        show_person(console, profile, with_records=False)
