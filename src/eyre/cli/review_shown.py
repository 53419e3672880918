"""What `eyre review` shows: the queue as a table; and a question, with two records side by side."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from eyre.cli.show_why import show_why
from eyre.service.review_case import Foreseen, ReviewCase, Row, Side
from eyre.service.review_queue import Question, ReviewQueue

_MARKS = {"same": "=", "alike": "~", "different": "≠", "one side": " ", "told": " "}
_STYLES = {"same": "", "alike": "", "different": "bold", "one side": "", "told": "dim"}


def show_queue(console: Console, queue: ReviewQueue) -> None:
    """One line a question, those most worth asking first."""
    console.print(
        f"{queue.records:,} records are {queue.persons:,} persons, as seen for [bold]{escape(queue.purpose)}[/]; "
        f"{queue.doubts:,} decisions are in doubt"
    )
    if not queue.questions:
        return
    table = _table()
    for title, justify in (("", "right"), ("taken for", "left"), ("A", "left"), ("B", "left"), ("records", "left")):
        table.add_column(title, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    for title in ("bits", "one person", "worth"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("")
    for at, each in enumerate(queue.questions, start=queue.skipped + 1):
        table.add_row(
            str(at),
            "one" if each.together else "two",
            each.left,
            each.right,
            f"{each.left_records} + {each.right_records}",
            f"{each.bits:+.2f}",
            f"{each.probability:.0%}",
            f"{each.worth:.1f}",
            "held" if each.in_custody else "",
        )
    console.print(table)
    console.print("[dim]eyre why A B tells why; eyre judge A B decides, as eyre review does in a terminal[/]")


def show_case(console: Console, case: ReviewCase, where: str, question: Question) -> None:
    """A question: what it is about, both records, the waterfall, and what each answer would change."""
    console.rule(f"[bold]{where}[/]", align="left", characters="─")
    console.print(_asked(case, question))
    console.print(_side_by_side(case))
    console.print()
    show_why(console, case.why)
    console.print()
    for answer, effect in (("same", case.same), ("different", case.different)):
        console.print(f"if [bold]{answer}[/]: ", end="")
        show_effect(console, effect, done=False)
    if case.cut:
        console.print("[yellow]too many records lie around these to follow them all: it may change more[/]")


def show_effect(console: Console, effect: Foreseen, *, done: bool) -> None:
    """One line: persons by how many records they have."""
    if not effect.before:
        console.print("nobody changes" + ("" if done else "; it is not asked again"))
        return
    several = len(effect.before) > 1
    become = "became" if done else "become" if several else "becomes"
    console.print(f"{_persons(effect.before)} {become} {_persons(effect.after)}")


def _persons(persons: Sequence[Sequence[str]]) -> str:
    many = [len(each) for each in persons]
    one = len(many) == 1
    records = " + ".join(str(each) for each in sorted(many, reverse=True))
    return f"{len(many)} person{'s' * (not one)} of {records} record{'s' * (sum(many) != 1)}"


def _asked(case: ReviewCase, question: Question) -> str:
    now = "one person" if case.why.same_person else "two persons"
    held = " A record of theirs says that somebody is held." if question.in_custody else ""
    pairs = question.left_records * question.right_records
    between = (
        f" The {pairs} pairs between them weigh from {question.least_bits:+.1f} to {question.most_bits:+.1f} bits."
        if pairs > 1
        else ""
    )
    return (
        f"Taken for [bold]{now}[/] now. {question.left_records} and {question.right_records} records hang on "
        f"[bold]{question.bits:+.2f} bits[/]: {question.probability:.0%} that they are one.{between}{held}"
    )


def _side_by_side(case: ReviewCase) -> Table:
    table = _table()
    table.add_column("", no_wrap=True)
    table.add_column("", no_wrap=True, style="dim")
    for name, side in (("A", case.left), ("B", case.right)):
        table.add_column(f"{name}  {side.record}", overflow="fold", ratio=1)
    table.add_row("", "source", *(_source(side) for side in (case.left, case.right)), style="dim")
    table.add_row("", "said", *(_said(side) for side in (case.left, case.right)), style="dim")
    field = ""
    for row in case.rows:
        table.add_row(*_cells(row, shown=row.field != field), style=_STYLES[row.agreement])
        field = row.field
    return table


def _cells(row: Row, *, shown: bool) -> tuple[str, str, str, str]:
    return _MARKS[row.agreement], row.field if shown else "", escape(row.left), escape(row.right)


def _source(side: Side) -> str:
    others = f"one of {side.records} records of {side.person}" if side.records > 1 else "the only record of its person"
    return escape(f"{side.source} ({side.record_class}); {others}")


def _said(side: Side) -> str:
    return f"{side.first_said_at:%Y-%m-%d} to {side.as_of:%Y-%m-%d}"


def _table() -> Table:
    return Table(box=None, pad_edge=False, show_edge=False, header_style="dim", padding=(0, 2, 0, 0))
