"""Why two records are, or are not, of one person: a waterfall of bits."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eyre.service.why_two import Why

_HALF = 18  # columns on either side of nought
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def show_why(console: Console, why: Why) -> None:
    """One line a comparison: what was found, the bits that it adds, and where the sum stands after it."""
    told = [part for part in why.parts if part.units]
    sums = [sum(part.units for part in told[: at + 1]) for at in range(len(told))]
    widest = max((abs(units) for units in [0, *sums]), default=1) or 1
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim")
    for title, justify in (("compared", "left"), ("found", "left"), ("bits", "right"), ("sum", "right")):
        table.add_column(title, justify=justify)  # type: ignore[arg-type]
    table.add_column("against ◂ ▸ for", no_wrap=True, justify="left")
    before = 0
    for part, after in zip(told, sums, strict=True):
        colour = "green" if part.units > 0 else "red"
        table.add_row(
            escape(part.title),
            escape(part.found),
            f"[{colour}]{part.bits:+.2f}[/]",
            f"{after / 1024:+.2f}",
            f"[{colour}]{_bar(before, after, widest)}[/]",
        )
        before = after
    console.print(table)
    console.print(f"[bold]{why.bits:+.2f} bits[/]: {_odds(why)}. {_verdict(why)}")
    for judged in why.judgements:
        console.print(f"judged [bold]{judged.verdict}[/] by {escape(judged.actor)}: {escape(judged.reason)}")


def _bar(before: int, after: int, widest: int) -> str:
    """A step from one sum to the next, on a line with nought in the middle."""
    low, high = sorted((_column(before, widest), _column(after, widest)))
    line = ["·" if at == _HALF else " " for at in range(2 * _HALF + 1)]
    for at in range(low, max(high, low + 1)):
        line[at] = "█"
    return "".join(line)


def _column(units: int, widest: int) -> int:
    return _HALF + round(units / widest * _HALF)


def _odds(why: Why) -> str:
    if why.bits >= 0:
        return f"by this pair alone one person is {_count(2.0**why.bits)} times likelier than two"
    return f"by this pair alone two persons are {_count(2.0**-why.bits)} times likelier than one"


def _count(odds: float) -> str:
    return f"{odds:.1f}" if odds < 10 else f"{odds:,.0f}" if odds < 1e9 else f"{odds:.1e}"


def _verdict(why: Why) -> str:
    if why.same_person:
        return "They are of one person." if why.tied else "They are of one person, by what other records say."
    return "They are of two persons, by what other records say." if why.tied else "They are of two persons."
