"""A person's custody on a terminal."""

from datetime import datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from eyre.model.custody_event import Interval
from eyre.service.custody_person import PersonCustody, StayShown

_MOST_EVENTS = 30
_COLOURS = {"in_custody": "bold yellow", "released": "green", "disappeared": "magenta", "unknown": "dim"}


def show_custody(console: Console, told: PersonCustody) -> None:
    """Stays, then events, then how fresh each source is."""
    console.print(f"[bold]{told.person}[/] [dim]under {escape(told.purpose)}; instants in UTC[/]")
    if not told.stays:
        console.print("no stay is known")
    for stay in told.stays:
        _show_stay(console, stay)
    if told.events:
        console.print(_events(told))
    table = _table("source", "last told whole")
    for each in told.freshness:
        table.add_row(each.source, "never" if each.complete_as_of is None else _at(each.complete_as_of))
    console.print()
    console.print(table)


def _show_stay(console: Console, stay: StayShown) -> None:
    as_of = "" if stay.as_of is None else f" as of {_at(stay.as_of)}"
    head = Text.assemble("\n", (stay.state.replace("_", " "), _COLOURS[stay.state]), (as_of, "dim"))
    if stay.disagree:
        head.append("  the sources disagree", style="red")
    console.print(head)
    console.print(f"  {escape(' → '.join(stay.facilities) or 'no facility is named')}")
    table = _table("  told by", "booked", "how known", "left", "how known", "sure")
    for each in stay.told:
        left = "" if each.ended is None else _during(each.ended)
        table.add_row(
            f"  {each.source}",
            _during(each.began),
            each.began_basis.replace("_", " "),
            left,
            f"{each.ended_kind} {each.ended_basis}".replace("_", " ").strip(),
            f"{each.confidence:.0%}" if each.ended else "",
        )
    console.print(table)


def _events(told: PersonCustody) -> Table:
    table = _table("\nevent", "\nwhen", "\nhow known", "\nwhat", "\nsource")
    for each in told.events[:_MOST_EVENTS]:
        kind, basis = each.kind.replace("_", " "), each.basis.replace("_", " ")
        table.add_row(kind, _during(each.during), basis, escape(each.detail), each.source)
    return table


def _table(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for title in titles:
        table.add_column(title, overflow="fold")
    return table


def _during(during: Interval) -> str:
    if during.earliest == during.latest:
        return _at(during.latest)
    return f"{_at(during.earliest)} to {_at(during.latest)}"


def _at(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%d %H:%M")
