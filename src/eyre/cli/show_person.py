"""A person on the terminal: field by field with everybody who says it, then what happened, then how fresh it is."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eyre.service.show_person import PersonProfile
from eyre.service.timeline import TimelineLine

_DAY = 10  # letters of an ISO day


def show_person(console: Console, profile: PersonProfile, *, with_records: bool = True) -> None:
    """The whole profile; without `with_records` only its fields and what happened."""
    many = len(profile.records)
    sources = len({each.source for each in profile.records})
    console.print(
        f"[bold]{profile.person}[/]  {many} record{'s' * (many != 1)} of {sources} source{'s' * (sources != 1)}, "
        f"as seen for [bold]{profile.purpose}[/]"
    )
    console.print(_fields(profile))
    if profile.timeline:
        console.print(_timeline(profile.timeline))
    if with_records:
        console.print(_records(profile))
    if profile.cut:
        console.print("[yellow]too many records lie around this one to follow them all[/]")


def _fields(profile: PersonProfile) -> Table:
    table = _table("field", "said", "by")
    for field in profile.fields:
        for at, value in enumerate(field.values):
            sources = ", ".join(sorted({saying.source for saying in value.said_by}))
            table.add_row(field.field if at == 0 else "", escape(value.text), f"[dim]{escape(sources)}[/]")
    return table


def _timeline(lines: tuple[TimelineLine, ...]) -> Table:
    table = _table("from", "to", "what", "by")
    for line in lines:
        what = "; ".join([part for part in (line.text, *line.charges) if part])
        table.add_row(
            line.begins[:_DAY], line.ends[:_DAY], f"{line.kind}: {escape(what)}", f"[dim]{escape(line.source)}[/]"
        )
    return table


def _records(profile: PersonProfile) -> Table:
    complete = {each.source: each.complete_as_of for each in profile.freshness}
    table = _table("record", "source", "first said", "source last complete")
    for each in profile.records:
        last = complete.get(each.source)
        table.add_row(
            each.record,
            escape(each.source),
            f"{each.first_said_at:%Y-%m-%d %H:%M}Z",
            f"{last:%Y-%m-%d %H:%M}Z" if last else "never",
        )
    return table


def _table(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for title in titles:
        table.add_column(title, overflow="fold")
    return table
